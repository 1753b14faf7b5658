import { UserError } from "../../errors/userError.ts";
import type { Document, Kind } from "../kind.ts";
import { visitReadable } from "./readable.ts";
import { textOf } from "./text.ts";

/** The characters of a corpus of text. */
export interface CharsAlphabet {
  readonly kind: "chars";
  /** Every character once, by code point; a token is an index into it. */
  readonly characters: string;
}

/** Most symbols of an alphabet. */
const limit = 65535;

/** Text: a token is a Unicode character (a code point); the alphabet is the characters of the whole corpus. */
export const chars: Kind<CharsAlphabet> = {
  unit: "character",
  ending: ".txt",
  reads: [],

  async fit(documents, _, validation = []) {
    const found = new Set<string>();
    const collect = async (document: Document) => {
      const own = new Set<string>();
      for await (const text of textOf(document)) for (const character of text) own.add(character);
      for (const character of own) found.add(character);
    };
    await visitReadable(documents, collect);
    if (found.size === 0) throw new UserError("there is no text to train on: all is empty");
    await visitReadable(validation, collect, { mayAllFail: true });
    if (found.size > limit) {
      throw new UserError(
        `the text has more than ${limit} different characters, which is too many for one token each (the kind “bytes” has 256 symbols for any text)`,
      );
    }
    const codePoint = (character: string) => character.codePointAt(0)!; // a character is not empty
    const sorted = [...found].sort((a, b) => codePoint(a) - codePoint(b));
    return { kind: "chars", characters: sorted.join("") };
  },

  size: ({ characters }) => [...characters].length,

  async *encode(alphabet, document, notice) {
    const tokens = tokenTable(alphabet);
    const missing = new Map<string, number>();
    const skip = (character: string) => missing.set(character, (missing.get(character) ?? 0) + 1);
    for await (const text of textOf(document)) {
      yield encodeText(text, tokens, document.name, notice && skip);
    }
    if (missing.size > 0) notice?.(leftOut(document.name, missing));
  },

  decode({ characters }, tokens) {
    const table = [...characters];
    return new TextEncoder().encode(Array.from(tokens, (token) => table[token]).join(""));
  },

  extent: ({ characters }, tokens) => {
    const sizes = Array.from(characters, bytesOf);
    return {
      bytes: tokens.reduce((sum, token) => sum + sizes[token]!, 0), // tokens are indices
      characters: tokens.length,
    };
  },

  prompt: (alphabet, text) => encodeText(text, tokenTable(alphabet), "the prompt"),
};

/** Bytes of a character in UTF-8. */
function bytesOf(character: string): number {
  const code = character.codePointAt(0)!; // a character is not empty
  return 1 + Number(code > 0x7f) + Number(code > 0x7ff) + Number(code > 0xffff);
}

function tokenTable({ characters }: CharsAlphabet): ReadonlyMap<string, number> {
  return new Map([...characters].map((character, token) => [character, token]));
}

/** Tokens of the text; `skip` receives a character that has none, which without it is a UserError. */
function encodeText(
  text: string,
  table: ReadonlyMap<string, number>,
  name: string,
  skip?: (character: string) => void,
): Uint16Array {
  const tokens = new Uint16Array(text.length);
  let count = 0;
  for (const character of text) {
    const token = table.get(character);
    if (token !== undefined) tokens[count++] = token;
    else if (skip) skip(character);
    else throw unknown(character, name);
  }
  return tokens.subarray(0, count);
}

function unknown(character: string, name: string): UserError {
  return new UserError(
    `${name} has the character ${shown(character)}, which is not in the training text`,
  );
}

/** A sentence on the characters of a document that the alphabet lacks; `missing` counts each. */
function leftOut(name: string, missing: ReadonlyMap<string, number>): string {
  const total = [...missing.values()].reduce((sum, count) => sum + count, 0);
  const some = [...missing.keys()].slice(0, 5).map(shown);
  const list = `${some.join(", ")}${missing.size > some.length ? ", …" : ""}`;
  const what = total === 1 ? "1 character that is" : `${total} characters that are`;
  return `${name} has ${what} not in the training text and left out: ${list}`;
}

/** A character for messages; one that is not visible is shown by its number alone. */
function shown(character: string): string {
  const code = character.codePointAt(0)!; // a character is not empty
  const number = `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
  return /[\p{C}\p{Z}]/u.test(character) ? number : `“${character}” (${number})`;
}
