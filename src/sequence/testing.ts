import type { Encoder } from "./corpus.ts";
import type { Document } from "./kind.ts";

/** The simplest kind there is, a byte is a token; `size` says how many symbols it claims to have. */
export const byteKind = (size = 256): Encoder => ({
  name: "bytes",
  size,
  alphabet: { size },
  async *encode(document) {
    for await (const bytes of document.bytes()) yield new Uint16Array(bytes);
  },
});

/** A document of these bytes, in two pieces. */
export function documentOf(bytes: readonly number[], name = "document"): Document {
  const half = bytes.length >> 1;
  return {
    name,
    version: bytes.join(),
    async *bytes() {
      yield Uint8Array.from(bytes.slice(0, half));
      yield Uint8Array.from(bytes.slice(half));
    },
  };
}

/** All of a document's contents. */
export async function contentsOf(document: Document): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of document.bytes()) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}
