import { replayTokens } from "./decode.ts";
import type { TokenStream } from "./encode.ts";
import { adaptiveContexts, count } from "./entropy/adaptiveContexts.ts";
import { checkContexts } from "./entropy/context.ts";
import { rangeDecoder, rangeEncoder } from "./entropy/rangeCoder.ts";
import type { TokenLanguage } from "./tokenLanguage.ts";
import { coefficientCount } from "./walk/geometry.ts";
import { walk } from "./walk/walk.ts";

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
