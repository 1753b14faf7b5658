import { replayTokens } from "../decode.ts";
import type { TokenStream } from "../encode.ts";
import type { TokenLanguage } from "../tokenLanguage.ts";
import { type Token, tokenCount, tokenLimit } from "../tokens.ts";
import { checkContexts, contextOf, legalIn } from "./context.ts";

/**
 * The static coder on the contexts of `contextOf`: the baseline that a trained model should beat. See "Contexts and
 * coder" in docs/image-language.md.
 */
export interface ContextCoder {
  /** Σ −log2 p of a stream's tokens, in bits; the starting plane is not counted. */
  bits(stream: TokenStream, language: TokenLanguage): number;
}

/** How often each token occurred in each context, by the numbers of `contextOf`. */
export type ContextCounts = ReadonlyMap<number, Float64Array>;

/** Counts the tokens of streams by context. Throws RangeError where contexts cannot tell their planes apart. */
export function countContexts(
  streams: Iterable<TokenStream>,
  language: TokenLanguage,
): ContextCounts {
  const counts = new Map<number, Float64Array>();
  for (const stream of streams) {
    checkContexts(stream.startingPlane, language);
    replayTokens(stream, language, (site, token) => {
      const context = contextOf(site);
      const row = counts.get(context) ?? new Float64Array(tokenLimit);
      row[token]!++;
      counts.set(context, row);
    });
  }
  return counts;
}

/** Fits the coder to streams; see `contextCoder`. */
export function fitContextCoder(
  streams: Iterable<TokenStream>,
  language: TokenLanguage,
): ContextCoder {
  return contextCoder(countContexts(streams, language));
}

/**
 * The coder of counts: p(token | context) = (n_token + ½) / (n + ½ · legal tokens); a context that never
 * occurred is uniform over its legal tokens. It may be used on languages of the vocabulary it was counted in.
 */
export function contextCoder(counts: ContextCounts): ContextCoder {
  const costs = new Map(
    Array.from(counts, ([context, row]) => [context, costsOf(row, legalIn(context))] as const),
  );
  const cost = (context: number, token: Token) =>
    costs.get(context)?.[token] ?? Math.log2(tokenCount(legalIn(context)));
  return {
    bits(stream, language) {
      let total = 0;
      replayTokens(stream, language, (site, token) => {
        total += cost(contextOf(site), token);
      });
      return total;
    },
  };
}

/** −log2 p of every token of a context: what each costs whose context was counted so. `legal` are the tokens of the context. */
export function costsOf(row: Float64Array, legal: number): Float64Array {
  const total = row.reduce((sum, n) => sum + n, 0) + tokenCount(legal) / 2;
  return row.map((n) => -Math.log2((n + 0.5) / total));
}
