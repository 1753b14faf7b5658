import { UserError } from "../../errors/userError.ts";
import type { Kind } from "../kind.ts";
import { textOf } from "./text.ts";

/** The characters of a corpus of text. */
export interface CharsAlphabet {
  readonly kind: "chars";
  /** Every character once, by code point; a token is a place in it. */
  readonly characters: string;
}

/** Most symbols of an alphabet. */
const limit = 65535;

/** Text: a token is a Unicode character (a code point), and the alphabet is those of the training documents. */
export const chars: Kind<CharsAlphabet> = {
  unit: "character",
  ending: ".txt",
  reads: [],

  async fit(documents) {
    const found = new Set<string>();
    for (const document of documents) {
      for await (const text of textOf(document)) for (const character of text) found.add(character);
      if (found.size > limit) {
        throw new UserError(
          `${document.name} and the documents before it have more than ${limit} different characters; --kind bytes has 256 symbols whatever the text`,
        );
      }
    }
    if (found.size === 0) throw new UserError("there is no text to train on: all is empty");
    const codePoint = (character: string) => character.codePointAt(0)!; // No character is an empty string.
    const sorted = [...found].sort((a, b) => codePoint(a) - codePoint(b));
    return { kind: "chars", characters: sorted.join("") };
  },

  size: ({ characters }) => [...characters].length,

  async *encode(alphabet, document) {
    const tokens = tokenTable(alphabet);
    for await (const text of textOf(document)) yield encodeText(text, tokens, document.name);
  },

  decode({ characters }, tokens) {
    const table = [...characters];
    return new TextEncoder().encode(Array.from(tokens, (token) => table[token]).join(""));
  },

  prompt: (alphabet, text) => encodeText(text, tokenTable(alphabet), "the prompt"),
};

function tokenTable({ characters }: CharsAlphabet): ReadonlyMap<string, number> {
  return new Map([...characters].map((character, token) => [character, token]));
}

function encodeText(text: string, table: ReadonlyMap<string, number>, name: string): Uint16Array {
  const tokens = new Uint16Array(text.length);
  let count = 0;
  for (const character of text) {
    const token = table.get(character);
    if (token === undefined) throw unknown(character, name);
    tokens[count++] = token;
  }
  return tokens.subarray(0, count);
}

function unknown(character: string, name: string): UserError {
  const code = character.codePointAt(0)!; // No character is an empty string.
  const shown = `“${character}” (U+${code.toString(16).toUpperCase().padStart(4, "0")})`;
  return new UserError(`${name} has the character ${shown}, which is not in the training text`);
}
