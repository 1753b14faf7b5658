import { UserError } from "../../errors/userError.ts";

/** An array of unsigned bytes, as IDX files hold it. */
export interface Idx {
  readonly shape: readonly number[];
  /** Row-major. */
  readonly data: Uint8Array;
}

/** Parses the bytes of an IDX file without gzip; `name` is for messages. */
export function parseIdx(bytes: Uint8Array, name: string): Idx {
  const [zero, zeroToo, type = 0, rank = 0] = bytes;
  if (zero !== 0 || zeroToo !== 0 || type < 0x08 || type > 0x0e || rank === 0) {
    throw new UserError(
      `${name} is not an IDX file: its first four bytes are not an IDX magic number`,
      "unsupported-file",
    );
  }
  if (type !== 0x08)
    throw new UserError(`${name} holds numbers that are not unsigned bytes`, "unsupported-file");
  const start = 4 + 4 * rank;
  if (bytes.length < start)
    throw new UserError(`${name} is cut short: its header is incomplete`, "damaged-file");
  const header = new DataView(bytes.buffer, bytes.byteOffset, start);
  const shape = Array.from({ length: rank }, (_, i) => header.getUint32(4 + 4 * i));
  const expected = shape.reduce((product, size) => product * size, 1);
  const found = bytes.length - start;
  if (found !== expected) {
    const reason = found < expected ? "is cut short" : "is longer than its header says";
    throw new UserError(
      `${name} ${reason}: ${shape.join("×")} makes ${expected} bytes, but ${found} follow the header`,
      "damaged-file",
    );
  }
  return { shape, data: new Uint8Array(bytes.buffer, bytes.byteOffset + start, found) };
}

/** The bytes of an IDX file of an array, uncompressed. */
export function encodeIdx({ shape, data }: Idx): Uint8Array {
  const bytes = new Uint8Array(4 + 4 * shape.length + data.length);
  const header = new DataView(bytes.buffer);
  header.setUint16(2, 0x0800 + shape.length);
  shape.forEach((size, i) => {
    header.setUint32(4 + 4 * i, size);
  });
  bytes.set(data, 4 + 4 * shape.length);
  return bytes;
}
