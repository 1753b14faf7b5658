import type { Notice } from "../kind.ts";
import type { OpenKind } from "../kinds/alphabets.ts";
import { openDocuments } from "./documents.ts";

/** The tokens of one file, as a corpus of it would have them. Throws UserError where it is not of the kind. */
export async function fileTokens(
  kind: OpenKind,
  path: string,
  notice?: Notice,
): Promise<Uint16Array> {
  const { train } = await openDocuments(path, []);
  const pieces: Uint16Array[] = [];
  for (const document of train) {
    for await (const piece of kind.encode(document, notice)) pieces.push(piece);
  }
  const tokens = new Uint16Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    tokens.set(piece, at);
    at += piece.length;
  }
  return tokens;
}
