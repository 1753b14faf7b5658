import { type Token, tokenLimit } from "../tokens.ts";
import type { Site } from "../walk/site.ts";
import { contextOf } from "./context.ts";

/**
 * Frequencies of the tokens in one context: the adaptive version of the static context coder, which counts the tokens of
 * this stream so far. Frequencies are doubled counts plus one, which is the add-½ rule in whole numbers.
 */
export interface Frequencies {
  readonly of: Uint16Array;
  total: number;
}

/** Above this the counts of a context are halved: the coder needs totals ≤ 2^16, and old tokens fade. */
const totalLimit = 4096;

/** The frequencies of a site's context, which are new where nothing was counted in it. */
export function adaptiveContexts(): (site: Site) => Frequencies {
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

/** Counts a token. */
export function count(frequencies: Frequencies, token: Token): void {
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
