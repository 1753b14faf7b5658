import type { Initializer } from "../../nn/initializers.ts";
import { zeros } from "../../nn/initializers.ts";
import { causalConvolution } from "../../nn/layers/convolution.ts";
import type { Scope } from "../../nn/parameters.ts";
import { between, type Mixing, type MixingSite } from "./mixing.ts";

/**
 * Between blocks, a depthwise causal convolution over `taps` positions, each feature with its own kernel. It starts as the
 * identity.
 */
export const convolutionMixing = (taps: number): Mixing =>
  between((p, x, past) => causalConvolution(p, x, { taps, past, initialize: identity }));

/**
 * Primer's convolution (So et al. 2021): three taps over queries, keys and values of every block, each feature with its own
 * kernel. It starts as the identity.
 */
export const primerMixing: Mixing = ({ p, past }) => ({
  queryKeyValue: (x, layer) =>
    causalConvolution(p.in(`block${layer}`), x, { taps: 3, past, initialize: identity }),
});

/** Taps of a Canon layer. */
const canonTaps = 4;

/**
 * Canon layers (Allen-Zhu 2025), `x(t) + Σ_{k<4} c(k) x(t - k)` with a kernel for each feature, at all four places of every
 * block: A before attention, B on queries, keys and values, C before the feed-forward layers, D inside them. The kernels
 * start at zero.
 */
export const canonMixing: Mixing = (site) => ({
  attention: canonAt(site, "a"),
  queryKeyValue: canonAt(site, "b"),
  mlp: canonAt(site, "c"),
  hidden: canonAt(site, "d"),
});

const canonAt =
  ({ p, past }: MixingSite, place: string): ResidualHook =>
  (x, layer) =>
    x.add(
      causalConvolution(canonScope(p, layer, place), x, {
        ...{ taps: canonTaps, past, initialize: zeros },
      }),
    );

type ResidualHook = NonNullable<ReturnType<Mixing>["residual"]>;

const canonScope = (p: Scope, layer: number, place: string): Scope =>
  p.in(`block${layer}`).in(place);

/** A kernel of `[taps, width]` that takes the present position alone. */
const identity: Initializer = (values, [, width = 0]) => {
  values.fill(0);
  values.fill(1, 0, width);
};
