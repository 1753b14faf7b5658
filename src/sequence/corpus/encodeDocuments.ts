import { UserError } from "../../errors/userError.ts";
import type { Document, Notice } from "../kind.ts";
import type { Encoder } from "./parts.ts";

/** Longest document, in tokens, that is held in memory (128 MB) until it is known to be whole. */
const longestHeld = 2 ** 26;

/** The tokens of each document; of one that cannot be read none, and a notice. */
export function* encodeDocuments(
  kind: Encoder,
  documents: readonly Document[],
  notice: Notice | undefined,
): Generator<AsyncIterable<Uint16Array>> {
  let whole = 0;
  let fault: UserError | undefined;
  async function* tokensOf(document: Document, isLast: boolean) {
    try {
      // With one document there is nothing to go on with.
      yield* notice && documents.length > 1
        ? heldBack(kind.encode(document, notice))
        : kind.encode(document, notice);
      whole += 1;
    } catch (error) {
      if (!(error instanceof UserError) || !notice || documents.length === 1) throw error;
      fault ??= error;
      notice(`${error.message}; it was left out`);
    }
    if (isLast && whole === 0 && fault) throw fault;
  }
  for (const [i, document] of documents.entries()) {
    yield tokensOf(document, i === documents.length - 1);
  }
}

/** The pieces of a document, handed on once all of them have been read, so that none is if it is damaged. */
async function* heldBack(pieces: AsyncIterable<Uint16Array>): AsyncGenerator<Uint16Array> {
  let held: Uint16Array[] = [];
  let length = 0;
  for await (const piece of pieces) {
    held.push(piece.slice());
    length += piece.length;
    if (length <= longestHeld) continue;
    yield* held;
    held = [];
  }
  yield* held;
}
