import type { Kind } from "../kind.ts";

/** The alphabet of `bytes` is the same for every corpus. */
export interface BytesAlphabet {
  readonly kind: "bytes";
}

/** Any file: a token is a byte. A prompt is text in UTF-8. */
export const bytes: Kind<BytesAlphabet> = {
  unit: "byte",
  // Most often chosen for text in several languages or encodings.
  ending: ".txt",
  reads: [],
  fit: async () => ({ kind: "bytes" }),
  size: () => 256,
  async *encode(_, document) {
    for await (const piece of document.bytes()) yield Uint16Array.from(piece);
  },
  decode: (_, tokens) => Uint8Array.from(tokens),
  extent: (_, tokens) => ({ bytes: tokens.length }),
  prompt: (_, text) => Uint16Array.from(new TextEncoder().encode(text)),
};
