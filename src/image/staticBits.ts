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

/** How often each token came in a context of the static coder: plain data. */
export interface ContextCount {
  readonly context: number;
  readonly level: number;
  readonly plane: number;
  /** By token. */
  readonly counts: Float64Array;
}

/** Collects {@link StaticBits} stream by stream, without keeping the streams. */
export interface StaticBitsCounter {
  add(stream: TokenStream, language: TokenLanguage): void;
  /** The counts so far, in the order in which contexts came first. */
  counts(): ContextCount[];
  /** Counts what another counter counted, as if its streams had been added here. */
  include(counts: readonly ContextCount[]): void;
  result(): StaticBits;
}

export function staticBitsCounter(): StaticBitsCounter {
  const contexts = new Map<number, ContextCount>();
  const countsOf = (context: number, { level, plane }: Pick<ContextCount, "level" | "plane">) => {
    const known = contexts.get(context);
    if (known) return known.counts;
    const counts = new Float64Array(tokenLimit);
    contexts.set(context, { context, level, plane, counts });
    return counts;
  };
  return {
    add(stream, language) {
      replayTokens(stream, language, (site, token) => {
        countsOf(contextOf(site), site)[token]!++;
      });
    },
    counts: () => [...contexts.values()].map((one) => ({ ...one, counts: one.counts.slice() })),
    include(others) {
      for (const other of others) {
        const own = countsOf(other.context, other);
        for (const [token, n] of other.counts.entries()) own[token]! += n;
      }
    },
    result() {
      const byLevel = new Map<number, number>();
      const byPlane = new Map<number, number>();
      let bits = 0;
      for (const { context, level, plane, counts } of contexts.values()) {
        const costs = costsOf(counts, legalIn(context));
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
