import { type FileHandle, open } from "node:fs/promises";
import { crc32 } from "node:zlib";
import { writeFileAtomically } from "../data/files/atomicWrite.ts";
import { UserError } from "../errors/userError.ts";
import type { Share } from "./share.ts";
import type { Settings } from "./work.ts";

/** The beginning of a part file. */
export interface PartHead {
  /** The command line that made it, without the program's name. */
  readonly words: readonly string[];
  readonly share: Share;
  /** Pieces of the whole work. */
  readonly pieces: number;
  /** See `Work.settings`. */
  readonly settings: Settings;
}

/** Where the result of a piece lies in a file, and how much was counted for it. */
export interface Entry {
  readonly offset: number;
  readonly length: number;
  readonly amount: number;
}

/** What a part file holds. */
export interface PartFile {
  readonly path: string;
  readonly head: PartHead;
  /** By piece; of a piece that comes twice the first, since both are the same. */
  readonly entries: ReadonlyMap<number, Entry>;
  /** Bytes up to the end of the last sound record. */
  readonly end: number;
  /** Whether something lies behind them: a record that was cut short or damaged. */
  readonly isCut: boolean;
}

const magic = "ondelette parts 1\n";
const recordHead = 20; // piece u32, amount f64, length u32, checksum u32

/** The name of the file of a share, in a folder of parts. */
export const partName = ({ index, count }: Share): string => `${index + 1}-of-${count}.shard`;

/** Whether a file's name is that of a part, perhaps of a copy. */
export const isPartName = (name: string): boolean => name.endsWith(".shard");

/** Whether a file was named by {@link partName}, or is what a process left that was killed while it made such a file. */
export const isOwnName = (name: string): boolean =>
  /^(\d+-of-\d+\.shard|\.\d+-of-\d+\.shard\.\w+\.tmp)$/.test(name);

/**
 * Reads what a part file holds, up to the first record that is cut short or damaged, as the file of a process that was killed
 * may end. Throws UserError (`damaged-file`) where it is no part file, or already its head is damaged.
 */
export async function scanPartFile(path: string): Promise<PartFile> {
  const file = await open(path, "r");
  try {
    const { size } = await file.stat();
    const begin = await bytesAt(file, 0, magic.length + 8);
    const isPart =
      begin.length === magic.length + 8 && begin.toString("latin1", 0, magic.length) === magic;
    const length = isPart ? begin.readUInt32LE(magic.length) : 0;
    const text = await bytesAt(file, begin.length, Math.min(length, size));
    if (!isPart || text.length < length || crc32(text) !== begin.readUInt32LE(magic.length + 4)) {
      throw new UserError(`${path} is no shard of a work, or is damaged`, "damaged-file");
    }
    const entries = new Map<number, Entry>();
    let at = begin.length + length;
    while (at < size) {
      const head = await bytesAt(file, at, recordHead);
      if (head.length < recordHead) break;
      const [piece, amount] = [head.readUInt32LE(0), head.readDoubleLE(4)];
      const entry = { offset: at + recordHead, length: head.readUInt32LE(12), amount };
      if (entry.offset + entry.length > size) break;
      const content = await bytesAt(file, entry.offset, entry.length);
      if (checksum(head, content) !== head.readUInt32LE(16)) break;
      if (!entries.has(piece)) entries.set(piece, entry);
      at = entry.offset + entry.length;
    }
    const head: PartHead = JSON.parse(text.toString("utf8"));
    return { path, head, entries, end: at, isCut: at < size };
  } finally {
    await file.close();
  }
}

/** Reads the result of a piece. */
export async function readEntry({ path }: PartFile, { offset, length }: Entry): Promise<Buffer> {
  const file = await open(path, "r");
  try {
    return await bytesAt(file, offset, length);
  } finally {
    await file.close();
  }
}

/** Writes a part file with no pieces. */
export function createPartFile(path: string, head: PartHead): Promise<void> {
  const text = Buffer.from(JSON.stringify(head));
  const sizes = Buffer.alloc(8);
  sizes.writeUInt32LE(text.length, 0);
  sizes.writeUInt32LE(crc32(text), 4);
  return writeFileAtomically(path, [Buffer.from(magic, "latin1"), sizes, text]);
}

/** The end of a part file, to which records are added. */
export interface PartWriter extends AsyncDisposable {
  /** Adds the result of a piece in one write, so that a killed process leaves all of it or an end that is seen to be cut. */
  add(piece: number, amount: number, content: Uint8Array): Promise<void>;
}

/** Opens a part file to add to it; what a killed process left half-written is cut off. */
export async function openPartWriter({ path, end, isCut }: PartFile): Promise<PartWriter> {
  if (isCut) {
    const whole = await open(path, "r+");
    try {
      await whole.truncate(end);
    } finally {
      await whole.close();
    }
  }
  const file = await open(path, "a");
  return {
    async add(piece, amount, content) {
      const head = Buffer.alloc(recordHead);
      head.writeUInt32LE(piece, 0);
      head.writeDoubleLE(amount, 4);
      head.writeUInt32LE(content.length, 12);
      head.writeUInt32LE(checksum(head, content), 16);
      await file.writeFile(Buffer.concat([head, content]));
    },
    [Symbol.asyncDispose]: () => file.close(),
  };
}

const checksum = (head: Buffer, content: Uint8Array): number =>
  crc32(content, crc32(head.subarray(0, recordHead - 4)));

async function bytesAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  let read = 0;
  while (read < length) {
    const { bytesRead } = await file.read(bytes, read, length - read, position + read);
    if (bytesRead === 0) break;
    read += bytesRead;
  }
  return bytes.subarray(0, read);
}
