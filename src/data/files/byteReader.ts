import { joinBytes } from "./joinBytes.ts";

/** Reads a stream of bytes in portions of any size. */
export interface ByteReader {
  /** The next `count` bytes; fewer only where the stream ends. */
  take(count: number): Promise<Uint8Array>;
  /** Skips the next `count` bytes and returns how many there were. */
  skip(count: number): Promise<number>;
  /** Closes the source, whether it was read to its end or not. */
  close(): Promise<void>;
}

/** A reader of bytes that come in pieces of any length. It holds at most a piece and a portion. */
export function byteReader(pieces: AsyncIterable<Uint8Array>): ByteReader {
  const source = pieces[Symbol.asyncIterator]();
  let piece: Uint8Array = new Uint8Array(0);

  /** At least one and at most `count` bytes; undefined at the end. */
  async function some(count: number): Promise<Uint8Array | undefined> {
    while (piece.length === 0) {
      const next = await source.next();
      if (next.done) return undefined;
      piece = next.value;
    }
    const part = piece.subarray(0, count);
    piece = piece.subarray(part.length);
    return part;
  }

  return {
    async take(count) {
      const parts: Uint8Array[] = [];
      let missing = count;
      while (missing > 0) {
        const part = await some(missing);
        if (part === undefined) break;
        parts.push(part);
        missing -= part.length;
      }
      return parts.length === 1 ? parts[0]! : joinBytes(parts); // length 1
    },
    async skip(count) {
      let missing = count;
      while (missing > 0) {
        const part = await some(missing);
        if (part === undefined) break;
        missing -= part.length;
      }
      return count - missing;
    },
    async close() {
      await source.return?.();
    },
  };
}
