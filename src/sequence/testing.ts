import type { Document, Kind } from "./kind.ts";

/** The simplest kind there is: a byte is a token. */
export const byteKind: Kind<{ readonly size: number }> = {
  unit: "byte",
  ending: ".bin",
  reads: [],
  fit: async () => ({ size: 256 }),
  size: ({ size }) => size,
  async *encode(_, document) {
    for await (const bytes of document.bytes()) yield new Uint16Array(bytes);
  },
  decode: (_, tokens) => Uint8Array.from(tokens),
};

/** The alphabet of `byteKind`. */
export const byteAlphabet = { size: 256 };

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
