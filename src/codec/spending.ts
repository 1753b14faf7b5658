import { compressTokens } from "./compress.ts";
import { replayTokens } from "./decode.ts";
import type { TokenStream } from "./encode.ts";
import { adaptiveContexts, count } from "./entropy/adaptiveContexts.ts";
import { rangeDecoder } from "./entropy/rangeCoder.ts";
import type { TokenLanguage } from "./tokenLanguage.ts";

/** What each token of a stream takes in its code, in order. */
export interface Spending {
  /** −log2 of the probability that the coder gives the token: what it costs, up to the rounding of the range coder. */
  readonly bits: Float32Array;
  /** How many of the code's first bytes determine the stream up to and with the token. */
  readonly bytes: Uint32Array;
}

/** What the tokens of a stream take in the code of {@link compressTokens}; throws as that does. */
export function spending(stream: TokenStream, language: TokenLanguage): Spending {
  const code = compressTokens(stream, language);
  const contexts = adaptiveContexts();
  const decoder = rangeDecoder(code, true);
  const bits = new Float32Array(stream.tokens.length);
  const bytes = new Uint32Array(stream.tokens.length);
  let position = 0;
  let reached = 0;
  replayTokens(stream, language, (site, token) => {
    const frequencies = contexts(site);
    bits[position] = -Math.log2(frequencies.of[token]! / frequencies.total);
    decoder.decode(frequencies.of, frequencies.total); // the token itself
    reached = Math.max(reached, decoder.needed());
    bytes[position++] = reached;
    count(frequencies, token);
  });
  return { bits, bytes };
}
