import type { TokenStore } from "../../data/formats/tokenStore.ts";
import type { Document, Parts } from "../kind.ts";
import { encodeDocuments } from "./encodeDocuments.ts";
import { type Corpus, type Encoder, type PrepareOptions, partsOf } from "./parts.ts";

/** A document of a corpus that is in memory: text, or the bytes of a file. */
export function memoryDocument(name: string, content: string | Uint8Array): Document {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  return {
    name,
    async *bytes() {
      yield bytes;
    },
  };
}

/**
 * A corpus of documents whose tokens stay in memory: what `prepareCorpus` keeps in a folder. Throws UserError as that does.
 *
 * @example
 * ```ts
 * const parts = { train: [memoryDocument("the text", text)], valid: [] };
 * const kind = openKind(await fitKind("chars", parts.train, {}));
 * const corpus = await memoryCorpus(kind, parts);
 * ```
 */
export async function memoryCorpus(
  kind: Encoder,
  parts: Parts<readonly Document[]>,
  { name = "the text", strict = false, notice, onProgress, signal }: PrepareOptions = {},
): Promise<Corpus> {
  const documents = [...parts.train, ...parts.valid];
  const notices: string[] = [];
  const say = (sentence: string) => notices.push(sentence);
  const starts = [0];
  let tokens = new Uint16Array(0);
  let count = 0;
  for (const pieces of encodeDocuments(kind, documents, strict ? undefined : say)) {
    for await (const piece of pieces) {
      signal?.throwIfAborted();
      tokens = withRoom(tokens, count + piece.length);
      tokens.set(piece, count);
      count += piece.length;
      onProgress?.(count);
    }
    starts.push(count);
  }
  for (const sentence of notices) notice?.(sentence);
  const nothing = async () => {};
  const store: TokenStore = {
    symbols: kind.size,
    starts: Float64Array.from(starts),
    note: {},
    read: async (start, length) => tokens.slice(start, start + length),
    [Symbol.asyncDispose]: nothing,
  };
  return {
    ...partsOf(store, parts.train.length, name),
    notices,
    [Symbol.asyncDispose]: nothing,
  };
}

/** The array, or a longer one that begins with it. */
function withRoom(tokens: Uint16Array<ArrayBuffer>, length: number): Uint16Array<ArrayBuffer> {
  if (length <= tokens.length) return tokens;
  const longer = new Uint16Array(Math.max(length, 2 * tokens.length));
  longer.set(tokens);
  return longer;
}
