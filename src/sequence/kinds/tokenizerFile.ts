import { readFile } from "node:fs/promises";
import { missingPackage } from "../../errors/optionalPackage.ts";
import { UserError } from "../../errors/userError.ts";

/** A byte-level BPE tokenizer. A token is a string whose characters 0 … 255 are its bytes. */
export interface Tokenizer {
  /** Cuts text into words, which no token crosses; source of a regular expression with the flag `u`. */
  readonly pattern: string;
  /** All single bytes, and the tokens that two others make; a pair that makes an earlier one is joined first. */
  readonly tokens: readonly string[];
}

const allBytes = Array.from({ length: 256 }, (_, byte) => String.fromCharCode(byte));

/** The words of GPT-2; also of a byte-level tokenizer that brings no pattern of its own. */
const gpt2Pattern =
  "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";

/** GPT-2's, without the token that ends a text. */
export async function gpt2Tokenizer(): Promise<Tokenizer> {
  // A megabyte that is needed only here.
  const { default: gpt2 } = await import("js-tiktoken/ranks/gpt2").catch((error) => {
    throw missingPackage({ name: "js-tiktoken", feature: "tokens of byte pair encoding" }, error);
  });
  const tokens = gpt2.bpe_ranks.split(/\s+/).slice(2); // after "! 0": from rank 0 on
  return { pattern: gpt2Pattern, tokens: withAllBytes(tokens.map(fromBase64)) };
}

/**
 * Reads a tokenizer from a `tokenizer.json` (Hugging Face) with byte-level BPE, or a file of tiktoken's ranks (each
 * line a token in base64 and its rank). Only what says how text is cut is used: no special tokens, no change of the
 * text before. Throws UserError where the file says something else.
 */
export async function readTokenizer(path: string): Promise<Tokenizer> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new UserError(`the tokenizer ${path} cannot be read (${error.code})`);
  });
  const tokenizer = text.trimStart().startsWith("{") ? parseJson(text) : parseRanks(text);
  if (tokenizer === undefined) {
    throw new UserError(
      `${path} is neither a tokenizer.json with byte-level BPE nor a list of tiktoken's ranks`,
    );
  }
  if (!isUsable(tokenizer.pattern)) {
    throw new UserError(`${path} cuts words by a pattern that JavaScript cannot follow`);
  }
  return tokenizer;
}

function parseRanks(text: string): Tokenizer | undefined {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const ranked = lines.map((line) => /^([A-Za-z0-9+/]+=*) (\d+)\r?$/.exec(line));
  if (ranked.length === 0 || ranked.includes(null)) return undefined;
  const tokens = ranked
    .map((match) => ({ token: fromBase64(match?.[1] ?? ""), rank: Number(match?.[2]) }))
    .sort((a, b) => a.rank - b.rank);
  // Such a file says nothing of words.
  return { pattern: gpt2Pattern, tokens: withAllBytes(tokens.map(({ token }) => token)) };
}

/** What is read of a `tokenizer.json`; any of it may be missing or something else. */
interface TokenizerJson {
  readonly model?: { readonly type?: unknown; readonly merges?: unknown };
  readonly pre_tokenizer?: PreTokenizer | null;
}
interface PreTokenizer {
  readonly type?: string;
  readonly use_regex?: boolean;
  readonly pattern?: { readonly Regex?: unknown };
  readonly pretokenizers?: readonly PreTokenizer[];
}

function parseJson(text: string): Tokenizer | undefined {
  let json: TokenizerJson;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  const steps = json.pre_tokenizer?.pretokenizers ?? [json.pre_tokenizer ?? {}];
  if (!Array.isArray(steps)) return undefined;
  const byteLevel = steps.find((step: PreTokenizer) => step?.type === "ByteLevel");
  const splits = steps.filter((step: PreTokenizer) => step?.type === "Split");
  // One pattern cuts, and nothing else does: the splits' or the byte level's own.
  const patterns = [
    ...splits.map((split: PreTokenizer) => split.pattern?.Regex),
    ...(byteLevel?.use_regex === false ? [] : [gpt2Pattern]),
  ];
  const [pattern] = patterns;
  const merges = json.model?.merges;
  if (json.model?.type !== "BPE" || byteLevel === undefined || !Array.isArray(merges)) return;
  if (typeof pattern !== "string" || patterns.length !== 1) return;
  if (steps.length !== splits.length + 1) return;
  const tokens = merges.map(joined);
  return tokens.includes(undefined)
    ? undefined
    : { pattern, tokens: withAllBytes(tokens.filter((token) => token !== undefined)) };
}

/** What a merge makes: it is written as "a b" or as ["a", "b"], each byte as a visible character. */
function joined(merge: unknown): string | undefined {
  const text = Array.isArray(merge) ? merge.join(" ") : merge;
  const visible = typeof text === "string" ? text.replace(" ", "") : "";
  const bytes = Array.from(visible, (character) => byteOf.get(character));
  return visible === "" || bytes.includes(undefined) ? undefined : bytes.join("");
}

/** The byte that a character stands for in `tokenizer.json`: those that are no visible Latin-1 are moved past 255. */
const byteOf: ReadonlyMap<string, string> = (() => {
  const isVisible = (byte: string) => /[!-~¡-¬®-ÿ]/.test(byte);
  const hidden = allBytes.filter((byte) => !isVisible(byte));
  const moved = hidden.map((byte, i) => [String.fromCharCode(256 + i), byte] as const);
  return new Map([...allBytes.filter(isVisible).map((byte) => [byte, byte] as const), ...moved]);
})();

function withAllBytes(tokens: readonly string[]): string[] {
  return [...new Set([...allBytes, ...tokens])];
}

function fromBase64(text: string): string {
  return Buffer.from(text, "base64").toString("latin1");
}

/** A pattern that matches nothing at all would pass over text. */
function isUsable(pattern: string): boolean {
  try {
    return !new RegExp(`^(?:${pattern})$`, "u").test("");
  } catch {
    return false;
  }
}
