import type { Initializer } from "../../nn/initializers.ts";
import { causalConvolution } from "../../nn/layers/convolution.ts";
import { fromDelays, type Mixing } from "./mixing.ts";

/**
 * A depthwise causal convolution over `taps` positions, each feature with its own kernel (Primer, So et al. 2021; Canon
 * layers, Allen-Zhu 2025). It starts as the identity.
 */
export function convolutionMixing(taps: number): Mixing {
  return fromDelays((p, x, past) => causalConvolution(p, x, { taps, past, initialize: identity }));
}

/** A kernel of `[taps, width]` that takes the present position alone. */
const identity: Initializer = (values, [, width = 0]) => {
  values.fill(0);
  values.fill(1, 0, width);
};
