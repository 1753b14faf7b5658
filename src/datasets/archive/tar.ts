import { safePath } from "../../data/files/safePath.ts";
import { UserError } from "../../errors/userError.ts";

/** A file in a tar archive, with all its bytes. */
export interface TarFile {
  /** Inside the archive, checked by `safePath`. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** A file of an archive is held in memory as a whole; one that claims to be larger than this is refused. */
const largestFile = 2 ** 30;

const blockSize = 512;

/**
 * The regular files of a tar archive, one after the other, in the forms that tar programs write today: POSIX ustar and pax,
 * GNU long names. Folders, links and devices are passed over, so nothing but plain files can come of an archive. Throws
 * UserError, with `name` for the archive, where it is damaged or cut short or a path leads out of it.
 *
 * Source: POSIX.1-2017, pax, "ustar Interchange Format" and "pax Interchange Format".
 */
export async function* readTar(
  chunks: AsyncIterable<Uint8Array>,
  name: string,
): AsyncGenerator<TarFile> {
  const { take, close } = byteQueue(chunks);
  const damaged = (reason: string) =>
    new UserError(`${name} is a damaged archive: ${reason}`, "damaged-file");
  try {
    /** What a pax or a GNU entry says of the next one. */
    let next: { path?: string; size?: number } = {};
    for (;;) {
      const header = await take(blockSize);
      // Two empty blocks end an archive; some programs leave them out.
      if (header.length === 0 || header.every((byte) => byte === 0)) return;
      if (header.length < blockSize) throw damaged("it is cut short");
      if (!hasChecksum(header)) throw damaged("the checksum of an entry is wrong");
      const type = String.fromCharCode(header[156]!); // a header has 512 bytes
      const size = next.size ?? numberField(header, 124, 12);
      if (!Number.isSafeInteger(size) || size < 0) throw damaged("an entry has no size");
      if (size > largestFile) throw damaged(`an entry of ${size} bytes is too large`);
      const padded = Math.ceil(size / blockSize) * blockSize;
      const content = await take(padded);
      if (content.length < size) throw damaged("it is cut short");
      const bytes = content.subarray(0, size);
      if (type === "x") {
        next = { ...next, ...paxRecords(bytes) };
        continue;
      }
      if (type === "L") {
        next = { ...next, path: textField(bytes, 0, bytes.length) };
        continue;
      }
      if (type === "g" || type === "K") continue;
      if (type === "0" || type === "\0") {
        yield { path: safePath(next.path ?? headerPath(header), name), bytes };
      }
      next = {};
    }
  } finally {
    await close();
  }
}

/** The sum of the header's bytes, its own field counted as spaces. */
function hasChecksum(header: Uint8Array): boolean {
  const sum = header.reduce((total, byte, i) => total + (i >= 148 && i < 156 ? 0x20 : byte), 0);
  return sum === numberField(header, 148, 8);
}

function headerPath(header: Uint8Array): string {
  const path = textField(header, 0, 100);
  const isUstar = textField(header, 257, 5) === "ustar";
  const prefix = isUstar ? textField(header, 345, 155) : "";
  return prefix === "" ? path : `${prefix}/${path}`;
}

/** Text up to the first NUL. */
function textField(bytes: Uint8Array, start: number, length: number): string {
  const field = bytes.subarray(start, start + length);
  const end = field.indexOf(0);
  return new TextDecoder().decode(end < 0 ? field : field.subarray(0, end));
}

/** A number in octal digits, or in binary where the first bit is set (GNU's form for sizes of 8 GB and more). */
function numberField(bytes: Uint8Array, start: number, length: number): number {
  const field = bytes.subarray(start, start + length);
  if (field[0]! >= 0x80) {
    return field.reduce((value, byte, i) => value * 256 + (i === 0 ? byte & 0x7f : byte), 0);
  }
  const digits = textField(bytes, start, length).trim();
  return /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : Number.NaN;
}

/** The two records of a pax header that concern a reader of plain files. Each is `length key=value\n`. */
function paxRecords(bytes: Uint8Array): { path?: string; size?: number } {
  const records: { path?: string; size?: number } = {};
  let rest = bytes;
  while (rest.length > 0) {
    const length = Number.parseInt(new TextDecoder().decode(rest.subarray(0, 20)), 10);
    if (!(length > 0 && length <= rest.length)) break;
    const line = new TextDecoder().decode(rest.subarray(0, length - 1));
    const [, key, value] = /^\d+ ([^=]+)=(.*)$/s.exec(line) ?? [];
    if (key === "path" && value !== undefined) records.path = value;
    if (key === "size" && value !== undefined) records.size = Number(value);
    rest = rest.subarray(length);
  }
  return records;
}

/** Bytes of a stream, asked for by number; fewer come only where the stream has ended. */
function byteQueue(chunks: AsyncIterable<Uint8Array>) {
  const source = chunks[Symbol.asyncIterator]();
  let held: Uint8Array[] = [];
  let length = 0;
  return {
    async take(count: number): Promise<Uint8Array> {
      while (length < count) {
        const { done, value } = await source.next();
        if (done === true) break;
        held.push(value);
        length += value.length;
      }
      // One piece is the usual case: it is cut, not copied.
      const all = held.length === 1 ? held[0]! : Buffer.concat(held, length);
      const taken = all.subarray(0, count);
      held = [all.subarray(count)];
      length = all.length - taken.length;
      return taken;
    },
    async close(): Promise<void> {
      await source.return?.();
    },
  };
}
