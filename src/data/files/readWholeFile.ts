import { createReadStream, type Stats } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { UserError } from "../../errors/userError.ts";

/**
 * The bytes of a regular file. Throws UserError where `path` is missing, a folder, or a pipe or device, which is never
 * opened: reading it might not end.
 */
export async function readWholeFile(path: string): Promise<Buffer> {
  await checkRegularFile(path);
  return readFile(path);
}

/** The same in pieces, for files that need not fit into memory. */
export async function* streamFile(path: string): AsyncGenerator<Buffer> {
  await checkRegularFile(path);
  yield* createReadStream(path);
}

/** Throws UserError, naming `path`, unless it is a regular file or a link to one. */
export async function checkRegularFile(path: string): Promise<void> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
    throw new UserError(`${path} does not exist`, "not-found");
  });
  if (found.isFile()) return;
  throw new UserError(`${path} is ${kindOf(found)} where a file is expected`, "wrong-kind");
}

/** What an entry of the file system is, for messages. */
export function kindOf(found: Stats): string {
  if (found.isDirectory()) return "a folder";
  if (found.isFIFO()) return "a named pipe";
  if (found.isSocket()) return "a socket";
  return found.isFile() ? "a file" : "a device";
}
