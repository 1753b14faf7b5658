import { replayTokens } from "../codec/decode.ts";
import type { TokenStream } from "../codec/encode.ts";
import { contextOf, legalIn } from "../codec/entropy/context.ts";
import { costsOf } from "../codec/entropy/contextCoder.ts";
import type { TokenLanguage } from "../codec/tokenLanguage.ts";
import { tokenLimit } from "../codec/tokens.ts";

/** What streams cost with the static coder that is fitted to these very streams, and where. */
export interface StaticBits {
  readonly bits: number;
  /** By level, from the scaling band on; streams of several depths are counted from the scaling band. */
  readonly byLevel: Readonly<Record<string, number>>;
  /** By plane, log2 of the threshold. */
  readonly byPlane: Readonly<Record<string, number>>;
}

/** Collects {@link StaticBits} stream by stream, without keeping the streams. */
export function staticBitsCounter(): {
  add(stream: TokenStream, language: TokenLanguage): void;
  result(): StaticBits;
} {
  interface Context {
    readonly level: number;
    readonly plane: number;
    readonly counts: Float64Array;
  }
  const contexts = new Map<number, Context>();
  return {
    add(stream, language) {
      replayTokens(stream, language, (site, token) => {
        const number = contextOf(site);
        let context = contexts.get(number);
        if (!context) {
          const { level, plane } = site;
          context = { level, plane, counts: new Float64Array(tokenLimit) };
          contexts.set(number, context);
        }
        context.counts[token]!++;
      });
    },
    result() {
      const byLevel = new Map<number, number>();
      const byPlane = new Map<number, number>();
      let bits = 0;
      for (const [number, { level, plane, counts }] of contexts) {
        const costs = costsOf(counts, legalIn(number));
        const own = counts.reduce((sum, n, token) => sum + n * costs[token]!, 0); // a cost each
        bits += own;
        byLevel.set(level, (byLevel.get(level) ?? 0) + own);
        byPlane.set(plane, (byPlane.get(plane) ?? 0) + own);
      }
      const sorted = (map: ReadonlyMap<number, number>) =>
        Object.fromEntries([...map].sort(([a], [b]) => a - b));
      return { bits, byLevel: sorted(byLevel), byPlane: sorted(byPlane) };
    },
  };
}
