import type { Notice } from "../kind.ts";
import type { OpenKind } from "../kinds/alphabets.ts";
import { joinTokens } from "../kinds/joinTokens.ts";
import { openDocuments } from "./documents.ts";

/** The tokens of one file, as a corpus of it would have them. Throws UserError where it is not of the kind. */
export async function fileTokens(
  kind: OpenKind,
  path: string,
  notice?: Notice,
): Promise<Uint16Array> {
  const { train } = await openDocuments(path, []);
  async function* pieces() {
    for (const document of train) yield* kind.encode(document, notice);
  }
  return joinTokens(pieces());
}
