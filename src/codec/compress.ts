import { replayTokens } from "./decode.ts";
import type { TokenStream } from "./encode.ts";
import { checkContexts, contextOf } from "./entropy/context.ts";
import { rangeDecoder, rangeEncoder } from "./entropy/rangeCoder.ts";
import type { TokenLanguage } from "./tokenLanguage.ts";
import { type Token, tokenLimit } from "./tokens.ts";
import { coefficientCount } from "./walk/geometry.ts";
import type { Site } from "./walk/site.ts";
import { walk } from "./walk/walk.ts";

/**
 * Frequencies of the tokens in one context: the adaptive version of the static context coder, which counts the tokens of
 * this stream so far. Frequencies are doubled counts plus one, which is the add-½ rule in whole numbers.
 */
interface Frequencies {
  readonly of: Uint16Array;
  total: number;
}

/** Above this the counts of a context are halved: the coder needs totals ≤ 2^16, and old tokens fade. */
const totalLimit = 4096;

function adaptiveContexts(): (site: Site) => Frequencies {
  const contexts = new Map<number, Frequencies>();
  return (site) => {
    const context = contextOf(site);
    const known = contexts.get(context);
    if (known !== undefined) return known;
    const of = Uint16Array.from({ length: tokenLimit }, (_, t) => (site.legal >> t) & 1);
    const fresh = { of, total: of.reduce((sum, n) => sum + n, 0) };
    contexts.set(context, fresh);
    return fresh;
  };
}

function count(frequencies: Frequencies, token: Token): void {
  const { of } = frequencies;
  of[token]! += 2;
  frequencies.total += 2;
  if (frequencies.total <= totalLimit) return;
  frequencies.total = 0;
  for (let t = 0; t < of.length; t++) {
    of[t] = (of[t]! + 1) >> 1;
    frequencies.total += of[t]!;
  }
}

/**
 * Range-codes the tokens of a stream. Throws UserError if one of them is not legal, and RangeError if the stream has more
 * planes or levels than its contexts can tell apart (256 planes of several channels, 15 levels).
 */
export function compressTokens(stream: TokenStream, language: TokenLanguage): Uint8Array {
  checkContexts(stream.startingPlane, language);
  const contexts = adaptiveContexts();
  const encoder = rangeEncoder();
  replayTokens(stream, language, (site, token) => {
    const frequencies = contexts(site);
    let below = 0;
    for (let t = 0; t < token; t++) below += frequencies.of[t]!;
    encoder.encode(below, frequencies.of[token]!, frequencies.total);
    count(frequencies, token);
  });
  return encoder.finish();
}

/** What {@link decompressTokens} needs beside the bytes. */
export interface DecompressOptions {
  readonly startingPlane: number;
  /** Whether the bytes are the whole code; otherwise decoding ends at the first uncertain token. */
  readonly complete: boolean;
  /** The most tokens to decode; all by default. */
  readonly limit?: number;
}

/** The outcome of {@link decompressTokens}. */
export interface Decompression {
  /** Number of tokens decoded; all of them are what the encoder wrote, if the bytes are intact. */
  readonly tokenCount: number;
  /** Whether these are all the tokens of the stream. */
  readonly finished: boolean;
  /** α̃ after the decoded tokens, channels × height × width. */
  readonly approximation: Float64Array;
}

/**
 * Decodes the code of {@link compressTokens}, or the beginning of one. Damaged bytes end it early. Throws RangeError as
 * `compressTokens` does.
 */
export function decompressTokens(
  bytes: Uint8Array,
  language: TokenLanguage,
  { startingPlane, complete, limit = Number.POSITIVE_INFINITY }: DecompressOptions,
): Decompression {
  checkContexts(startingPlane, language);
  const contexts = adaptiveContexts();
  const decoder = rangeDecoder(bytes, complete);
  const approximation = new Float64Array(coefficientCount(language.geometry));
  const steps = walk(language, startingPlane, approximation);
  let tokenCount = 0;
  let step = steps.next();
  while (!step.done && tokenCount < limit) {
    const frequencies = contexts(step.value);
    const token = decoder.decode(frequencies.of, frequencies.total);
    if (token < 0) break;
    count(frequencies, token);
    tokenCount++;
    step = steps.next(token);
  }
  return { tokenCount, finished: step.done === true, approximation };
}
