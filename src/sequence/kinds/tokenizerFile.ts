import { readFile } from "node:fs/promises";
import { missingPackage } from "../../errors/optionalPackage.ts";
import { UserError } from "../../errors/userError.ts";
import { type Normalization, normalizations } from "./normalization.ts";

/** A byte-level BPE tokenizer. A token is a string whose characters 0 … 255 are its bytes. */
export interface Tokenizer {
  /** Source of a regular expression (flag `u`) whose matches are words; no token crosses a word. */
  readonly pattern: string;
  /** All single bytes, then the tokens that two others make; of two possible joins, the one that makes the earlier token is done. */
  readonly tokens: readonly string[];
  /** Unicode normalization of the text before it is cut. */
  readonly normalize?: Normalization;
}

const allBytes = Array.from({ length: 256 }, (_, byte) => String.fromCharCode(byte));

/** The words of GPT-2, and of any byte-level tokenizer without a pattern of its own. */
const gpt2Pattern =
  "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";

/** GPT-2's tokenizer, without the token that ends a text. */
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
 * line a token in base64 and its rank). Used are merges, the pattern that cuts words and Unicode normalization; special
 * tokens are not. Throws UserError that names what cannot be followed, so that no text is cut otherwise than the file says.
 */
export async function readTokenizer(path: string): Promise<Tokenizer> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new UserError(`the tokenizer ${path} cannot be read (${error.code})`, "not-found");
  });
  const tokenizer = text.trimStart().startsWith("{") ? parseJson(text) : parseRanks(text);
  if (tokenizer === undefined) {
    throw new UserError(
      `${path} is neither a tokenizer.json with byte-level BPE nor a list of tiktoken's ranks`,
      "unsupported-file",
    );
  }
  if (typeof tokenizer === "string") {
    throw new UserError(`${path} is not supported: ${tokenizer}`, "unsupported-file");
  }
  if (!isUsable(tokenizer.pattern)) {
    throw new UserError(
      `${path} is not supported: JavaScript cannot follow the pattern that cuts its words`,
      "unsupported-file",
    );
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
  // Such a file does not say how words are cut.
  return { pattern: gpt2Pattern, tokens: withAllBytes(tokens.map(({ token }) => token)) };
}

/** What is read of a `tokenizer.json`; any of it may be missing or something else. */
interface TokenizerJson {
  readonly model?: {
    readonly type?: unknown;
    readonly merges?: unknown;
    readonly continuing_subword_prefix?: unknown;
    readonly end_of_word_suffix?: unknown;
    readonly dropout?: unknown;
    readonly byte_fallback?: unknown;
  };
  readonly normalizer?: Step | null;
  readonly pre_tokenizer?: PreTokenizer | null;
}
interface Step {
  readonly type?: string;
  readonly normalizers?: readonly Step[];
}
interface PreTokenizer {
  readonly type?: string;
  readonly use_regex?: boolean;
  readonly add_prefix_space?: boolean;
  readonly behavior?: string;
  readonly invert?: boolean;
  readonly pattern?: { readonly Regex?: unknown };
  readonly pretokenizers?: readonly PreTokenizer[];
}

/** The tokenizer; a sentence on what of it cannot be followed; `undefined` where it is something else. */
function parseJson(text: string): Tokenizer | string | undefined {
  let json: TokenizerJson;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  const steps = json.pre_tokenizer?.pretokenizers ?? [json.pre_tokenizer ?? {}];
  const merges = json.model?.merges;
  if (!Array.isArray(steps) || json.model?.type !== "BPE" || !Array.isArray(merges)) return;
  const byteLevel = steps.find((step: PreTokenizer) => step?.type === "ByteLevel");
  if (byteLevel === undefined) return undefined;
  const tokens = merges.map(joined);
  if (tokens.includes(undefined)) return undefined;

  const normalize = normalizationOf(json.normalizer);
  const pattern = patternOf(steps);
  if (normalize && !isNormalization(normalize)) return normalize.unsupported;
  if (typeof pattern !== "string") return pattern.unsupported;
  return (
    unsupportedModel(json.model) ?? {
      pattern,
      tokens: withAllBytes(tokens.filter((token) => token !== undefined)),
      ...(normalize && { normalize }),
    }
  );
}

/** What cannot be followed, as the end of a sentence. */
interface Unsupported {
  readonly unsupported: string;
}

/** What of a model cannot be followed: all that changes where merges apply. */
function unsupportedModel(model: NonNullable<TokenizerJson["model"]>): string | undefined {
  const { continuing_subword_prefix, end_of_word_suffix, dropout, byte_fallback } = model;
  if (continuing_subword_prefix) return "its model has a continuing_subword_prefix";
  if (end_of_word_suffix) return "its model has an end_of_word_suffix";
  if (dropout) return "its model has dropout";
  if (byte_fallback) return "its model has byte_fallback";
  return undefined;
}

function normalizationOf(step: Step | null | undefined): Normalization | Unsupported | undefined {
  const steps = step?.type === "Sequence" ? (step.normalizers ?? []) : step ? [step] : [];
  const [first, ...others] = steps;
  if (first === undefined) return undefined;
  const form = normalizations.find((known) => known === first.type);
  if (form !== undefined && others.length === 0) return form;
  const types = steps.map(({ type }) => type).join(", ");
  return { unsupported: `it changes text by ${types} before it cuts words` };
}

const isNormalization = (form: Normalization | Unsupported): form is Normalization =>
  typeof form === "string";

/** The pattern that cuts words: the only split's, or the byte level's own. */
function patternOf(steps: readonly PreTokenizer[]): string | Unsupported {
  const patterns: unknown[] = [];
  for (const step of steps) {
    const { type, use_regex, add_prefix_space, behavior, invert, pattern } = step ?? {};
    if (type === "ByteLevel") {
      if (add_prefix_space) return { unsupported: "it puts a space before every text" };
      if (use_regex !== false) patterns.push(gpt2Pattern);
    } else if (type === "Split") {
      // To remove what does not match is to keep the words, as patterns match all of a text.
      if (behavior !== "Isolated" && !(behavior === "Removed" && invert === true)) {
        return { unsupported: `it splits words with the behavior ${behavior}` };
      }
      patterns.push(pattern?.Regex);
    } else return { unsupported: `it cuts words by ${type}` };
  }
  const [pattern] = patterns;
  if (patterns.length !== 1) return { unsupported: `it cuts words by ${patterns.length} patterns` };
  return typeof pattern === "string"
    ? pattern
    : { unsupported: "the pattern that cuts its words is not a regular expression" };
}

/** The token that a merge makes. A merge is "a b" or ["a", "b"], each byte a visible character. */
function joined(merge: unknown): string | undefined {
  const text = Array.isArray(merge) ? merge.join(" ") : merge;
  const visible = typeof text === "string" ? text.replace(" ", "") : "";
  const bytes = Array.from(visible, (character) => byteOf.get(character));
  return visible === "" || bytes.includes(undefined) ? undefined : bytes.join("");
}

/** The byte that a character stands for in `tokenizer.json`: bytes that are not visible in Latin-1 are moved past 255. */
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

/** Whether JavaScript can follow the pattern; one that matches the empty string would not advance. */
function isUsable(pattern: string): boolean {
  // A group would have another number where the encoder uses the pattern twice.
  if (/\\[1-9k]/.test(pattern)) return false;
  try {
    return !new RegExp(`^(?:${pattern})$`, "u").test("");
  } catch {
    return false;
  }
}
