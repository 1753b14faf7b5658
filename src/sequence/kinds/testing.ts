import { createReadStream } from "node:fs";
import type { Alphabet, Document, Kind } from "../kind.ts";
import { joinTokens } from "./joinTokens.ts";

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
  return joinTokens(kind.encode(alphabet, document));
}

/** The text of a file. */
export function textOfFile(bytes: Uint8Array): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
}
