import { type FileHandle, open } from "node:fs/promises";
import { checkRegularFile } from "./readWholeFile.ts";

/** A file that is read in parts, and closed by `await using`. */
export interface FileRanges extends AsyncDisposable {
  /** Bytes of the file. */
  readonly length: number;
  /** Its bytes from `from` up to `to`, or fewer where it ends before. */
  read(from: number, to: number): Promise<Uint8Array>;
}

/** Opens a file to read parts of it. Throws UserError where `path` is missing or no regular file. */
export async function openFileRanges(path: string): Promise<FileRanges> {
  await checkRegularFile(path);
  const handle = await open(path);
  const { size } = await handle.stat();
  return {
    length: size,
    read: (from, to) => readFrom(handle, from, Math.min(to, size)),
    [Symbol.asyncDispose]: () => handle.close(),
  };
}

async function readFrom(handle: FileHandle, from: number, to: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(Math.max(to - from, 0));
  for (let at = 0; at < bytes.length; ) {
    const { bytesRead } = await handle.read(bytes, at, bytes.length - at, from + at);
    if (bytesRead === 0) return bytes.subarray(0, at); // it became shorter
    at += bytesRead;
  }
  return bytes;
}
