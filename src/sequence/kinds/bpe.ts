import { createRequire } from "node:module";
import { missingPackage } from "../../errors/optionalPackage.ts";
import { UserError } from "../../errors/userError.ts";
import type { Document, Kind } from "../kind.ts";
import type { BpeAlphabet } from "./bpeAlphabet.ts";
import type { Normalization } from "./normalization.ts";
import { visitReadable } from "./readable.ts";
import { textOf } from "./text.ts";
import { gpt2Tokenizer, readTokenizer, type Tokenizer } from "./tokenizerFile.ts";

/**
 * Text by byte pair encoding, with GPT-2's tokenizer or one from a file. Of its tokens the alphabet keeps those that
 * occur in the training documents, those that these are joined from, and all single bytes: the training documents have
 * the same tokens as with all of them, and any other text has some.
 */
export const bpe: Kind<BpeAlphabet> = {
  unit: "token",
  ending: ".txt",
  reads: [],

  async fit(documents, { tokenizer: path }) {
    const whole = path === undefined ? await gpt2Tokenizer() : await readTokenizer(path);
    const encode = encoder(toAlphabet(whole));
    const used = new Set<number>();
    await visitReadable(documents, async (document) => {
      const own = new Set<number>();
      for await (const words of wordsOf(document, whole.normalize)) {
        for (const token of encode(words)) own.add(token);
      }
      for (const token of own) used.add(token);
    });
    if (used.size === 0) throw new UserError("there is no text to train on: all is empty");
    const alphabet = toAlphabet(restrict(whole, used));
    if (bpe.size(alphabet) <= limit) return alphabet;
    throw new UserError(
      `the training documents use ${bpe.size(alphabet)} tokens, and at most ${limit} are possible; a smaller tokenizer is needed`,
    );
  },

  size: ({ tokens }) => tokens.split(" ").length,

  async *encode(alphabet, document) {
    const encode = encoder(alphabet);
    for await (const words of wordsOf(document, alphabet.normalize)) {
      yield Uint16Array.from(encode(words));
    }
  },

  decode({ tokens: list }, tokens) {
    const table = list.split(" ").map((token) => Buffer.from(token, "base64"));
    return Buffer.concat(Array.from(tokens, (token) => table[token]!)); // Tokens are below the size.
  },

  extent(alphabet, tokens) {
    const bytes = bpe.decode(alphabet, tokens);
    // Of a character's bytes in UTF-8, all but the first begin with the bits 10.
    const characters = bytes.reduce((sum, byte) => sum + Number((byte & 0xc0) !== 0x80), 0);
    return { bytes: bytes.length, characters };
  },

  prompt: (alphabet, text) =>
    Uint16Array.from(shortWords(normalized(text, alphabet.normalize)).flatMap(encoder(alphabet))),
};

/** Most symbols of an alphabet. */
const limit = 65535;

function toAlphabet({ pattern, tokens, normalize }: Tokenizer): BpeAlphabet {
  const base64 = tokens.map((token) => Buffer.from(token, "latin1").toString("base64"));
  return { kind: "bpe", pattern, tokens: base64.join(" "), ...(normalize && { normalize }) };
}

const normalized = (text: string, form: Normalization | undefined): string =>
  form ? text.normalize(form) : text;

const encoders = new WeakMap<BpeAlphabet, (text: string) => number[]>();

/** The function from text to tokens; made once for an alphabet, as that takes a while. */
function encoder(alphabet: BpeAlphabet): (text: string) => number[] {
  const known = encoders.get(alphabet);
  if (known !== undefined) return known;
  const { Tiktoken } = loadTiktoken();
  const library = new Tiktoken({
    // What the pattern does not match, up to its next match, is a word too.
    pat_str: `${alphabet.pattern}|(?:(?!${alphabet.pattern})[^])+`,
    special_tokens: {},
    bpe_ranks: `! 0 ${alphabet.tokens}`,
  });
  const encode = (text: string) => library.encode(text, [], []);
  encoders.set(alphabet, encode);
  return encode;
}

/** The optional package js-tiktoken; throws UserError where it is not installed. */
function loadTiktoken(): typeof import("js-tiktoken/lite") {
  try {
    // Prompts are encoded synchronously, so it cannot be imported on first use.
    return createRequire(import.meta.url)("js-tiktoken/lite");
  } catch (error) {
    throw missingPackage({ name: "js-tiktoken", feature: "tokens of byte pair encoding" }, error);
  }
}

/** The tokenizer with only the tokens of given ranks, all they are joined from, and all single bytes. */
function restrict({ tokens, ...others }: Tokenizer, used: ReadonlySet<number>): Tokenizer {
  const rankOf = new Map(tokens.map((token, rank) => [token, rank]));
  const kept = new Set(used);
  // A Set also visits what is added on the way.
  for (const rank of kept) {
    for (const part of partsOf(tokens[rank]!, rankOf)) kept.add(rankOf.get(part)!); // Parts and kept ones are tokens.
  }
  return {
    ...others,
    tokens: tokens.filter((token, rank) => token.length === 1 || kept.has(rank)),
  };
}

/** The two tokens that a token is joined from, last of all its joins; none of a single byte. */
function partsOf(token: string, rankOf: ReadonlyMap<string, number>): string[] {
  let parts = [...token];
  while (parts.length > 2) {
    const ranks = parts.slice(1).map((part, i) => rankOf.get(parts[i] + part) ?? Infinity);
    const lowest = Math.min(...ranks);
    if (lowest === Infinity) break;
    const at = ranks.indexOf(lowest);
    parts = [...parts.slice(0, at), `${parts[at]}${parts[at + 1]}`, ...parts.slice(at + 2)];
  }
  return parts.length > 1 ? parts : [];
}

/** About how many characters are tokenized at a time. */
const stretch = 4096;

/**
 * A document's text in stretches that do not cut a word: each begins with a space that follows a visible character. (No
 * pattern of a known tokenizer joins these two; some join a line break to what is before it.)
 */
async function* wordsOf(
  document: Document,
  normalize: Normalization | undefined,
): AsyncGenerator<string> {
  let held = "";
  for await (const text of textOf(document)) {
    held += text;
    if (held.length < stretch) continue;
    const cut = lastGap(held);
    // Text without spaces need not be kept whole.
    if (cut === 0 && held.length < 16 * stretch) continue;
    yield* shortWords(normalized(held.slice(0, cut || held.length), normalize));
    held = held.slice(cut || held.length);
  }
  yield* shortWords(normalized(held, normalize));
}

/** Index of the last space after a visible character; 0 if there is none. */
function lastGap(text: string): number {
  let at = text.lastIndexOf(" ");
  while (at > 0 && /\s/.test(text.charAt(at - 1))) at = text.lastIndexOf(" ", at - 1);
  return Math.max(at, 0);
}

/** Cuts text after 128 characters without a space, or of spaces alone: the time of a word grows with its square. */
function shortWords(text: string): string[] {
  return text.match(/.*?(?:\S{128}|\s{128})|.+/gsu) ?? [];
}
