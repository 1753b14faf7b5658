import { UserError } from "../../errors/userError.ts";
import type { Document } from "../kind.ts";

/**
 * A document's text, in pieces that split no character. A byte order mark at its start is left out: it belongs to the
 * file, not to the text. Throws UserError where the document is not UTF-8, or holds a NUL, which does not occur in text.
 */
export async function* textOf(document: Document): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const decode = (bytes?: Uint8Array): string => {
    try {
      const text = bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode();
      if (!text.includes("\0")) return text;
    } catch {
      // The decoder's own message names neither file nor reason.
    }
    throw new UserError(
      `${document.name} is not text in UTF-8 (the kind “bytes” reads any file)`,
      "unsupported-file",
    );
  };
  for await (const bytes of document.bytes()) yield decode(bytes);
  yield decode();
}
