import { createReadStream } from "node:fs";
import type { Alphabet, Document, Kind } from "../kind.ts";

/** A document that is not a file; it comes in pieces of `piece` bytes. */
export function documentOf(contents: string | Uint8Array, name = "a.file", piece = 7): Document {
  const bytes = typeof contents === "string" ? new TextEncoder().encode(contents) : contents;
  return {
    name,
    async *bytes() {
      for (let i = 0; i < bytes.length; i += piece) yield bytes.subarray(i, i + piece);
    },
  };
}

/** A document that is a file. */
export function fileDocument(path: string): Document {
  return { name: path, bytes: () => createReadStream(path) };
}

/** All tokens of a document. */
export function tokensOf<A extends Alphabet>(
  kind: Kind<A>,
  alphabet: A,
  document: Document,
): Promise<Uint16Array> {
  return joined(kind.encode(alphabet, document));
}

/** The pieces as one array. */
export async function joined(source: AsyncIterable<Uint16Array>): Promise<Uint16Array> {
  const pieces: Uint16Array[] = [];
  for await (const piece of source) pieces.push(piece);
  const tokens = new Uint16Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    tokens.set(piece, at);
    at += piece.length;
  }
  return tokens;
}

/** The text of a file. */
export function textOfFile(bytes: Uint8Array): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
}
