import { type ReductionAttributes, reducedShape } from "../operations/reductions.ts";
import type { Differentiation } from "./gradientRule.ts";

/** Gradient rules of the reductions and of the running sum. */
export const reductions: {
  readonly [K in keyof ReductionAttributes]: Differentiation<ReductionAttributes[K]>;
} = {
  sum: ([g], { inputs: [x], attributes: { axes } }) => {
    const kept = reducedShape(x!.shape, { axes, keepDims: true });
    return g ? [g.reshape(kept).expand(x!.shape)] : [];
  },
  max: ([g], { inputs: [x], outputs: [y], attributes: { axes } }) => {
    if (!g || !x || !y) return [];
    const kept = reducedShape(x.shape, { axes, keepDims: true });
    const hit = x.equal(y.reshape(kept)).cast(x.dtype);
    return [hit.div(hit.sum(axes, { keepDims: true })).mul(g.reshape(kept))];
  },
  argMax: "not differentiable",
  cumsum: ([g], { attributes: { axis, exclusive, reverse } }) =>
    g ? [g.cumsum(axis, { exclusive, reverse: !reverse })] : [],
};
