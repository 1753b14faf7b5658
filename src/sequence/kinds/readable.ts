import { UserError } from "../../errors/userError.ts";
import type { Document } from "../kind.ts";

/**
 * Visits documents one after another and passes over those where `visit` throws a UserError: a single damaged file must
 * not stop a corpus of thousands. Throws the first such error where no document is left, unless `mayAllFail`.
 */
export async function visitReadable(
  documents: readonly Document[],
  visit: (document: Document) => Promise<void>,
  { mayAllFail = false }: { readonly mayAllFail?: boolean } = {},
): Promise<void> {
  let fault: UserError | undefined;
  let visited = 0;
  for (const document of documents) {
    try {
      await visit(document);
      visited += 1;
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      fault ??= error;
    }
  }
  if (visited === 0 && fault && !mayAllFail) throw fault;
}
