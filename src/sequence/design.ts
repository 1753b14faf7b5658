import type { Tensor } from "../graph/index.ts";
import { normedKeys, rotary, valueResidual } from "../nn/layers/attend.ts";
import type { Attend } from "../nn/layers/attention.ts";
import { type BlockParts, gpt2Parts, leanParts } from "../nn/layers/gpt.ts";
import { embedding } from "../nn/layers/layers.ts";
import type { Scope } from "../nn/parameters.ts";

/** What a design knows of the model that it is used in. */
export interface DesignSite {
  readonly p: Scope;
  /** Tokens, int32 `[batch, length]`, below `symbols + 1`. */
  readonly tokens: Tensor;
  readonly symbols: number;
  readonly width: number;
  readonly context: number;
  /** Number of each position, int32 `[length]`. */
  readonly place: Tensor;
}

/** How a transformer is built, apart from its sizes and its mixing. */
export interface Design {
  readonly parts: BlockParts;
  /** What enters the first block, `[batch, length, width]`. */
  readonly embed: (site: DesignSite) => Tensor;
  /** How layers read keys and values; as they would by default. */
  readonly attend?: (site: DesignSite) => (attend: Attend, layer: number) => Attend;
}

const tokenVectors = ({ p, tokens, symbols, width }: DesignSite): Tensor =>
  embedding(p.in("token"), tokens, symbols + 1, width);

/** The designs by name. */
export const designs = {
  /** GPT-2 (Radford et al. 2019): learned positions, layer norms, GELU. */
  gpt2: {
    parts: gpt2Parts,
    embed: (site) =>
      tokenVectors(site).add(
        embedding(site.p.in("position"), site.place, site.context, site.width),
      ),
  },
  /** Rotary positions, norms of queries and keys, value residuals, RMS norms, squared ReLU, no biases. */
  rotary: {
    parts: leanParts,
    embed: tokenVectors,
    attend: ({ p, place, context }) => {
      const residual = valueResidual();
      const turned = rotary(place, context);
      return (attend, layer) => {
        const q = p.in(`block${layer}`).in("attention");
        return residual(q.in("value"), normedKeys(q, turned(attend)), layer);
      };
    },
  },
} as const satisfies Record<string, Design>;

export type DesignName = keyof typeof designs;
export const designNames = Object.keys(designs) as readonly DesignName[];
