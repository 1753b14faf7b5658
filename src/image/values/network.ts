import type { Tensor } from "../../graph/index.ts";
import { fanIn } from "../../nn/initializers.ts";
import { linear } from "../../nn/layers/layers.ts";
import type { Scope } from "../../nn/parameters.ts";
import { type MixtureSize, mixtureWidth, startOfMixture } from "./mixture.ts";

/** Sizes of the network. */
export interface ValueNetworkSize {
  readonly width: number;
  readonly depth: number;
  readonly mixture: MixtureSize;
}

/** Keeps the scale of activations through layers that halve them (He et al. 2015). */
const initialize = fanIn(Math.SQRT2);

/** What is said of the distributions of n coefficients, `[n, mixtureWidth]`, from their descriptions `[n, width]`. */
export function sayMixture(
  p: Scope,
  sites: Tensor,
  { width, depth, mixture }: ValueNetworkSize,
): Tensor {
  let h = linear(p.in("site"), sites, width, { initialize }).silu();
  for (let layer = 1; layer < depth; layer++) {
    h = linear(p.in(`layer${layer}`), h, width, { initialize }).silu();
  }
  return linear(p.in("mixture"), h, mixtureWidth(mixture), {
    ...{ role: "head", initialize: fanIn(0.1), initializeBias: startOfMixture(mixture) },
  });
}
