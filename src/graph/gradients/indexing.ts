import type { IndexingAttributes } from "../operations/indexing.ts";
import type { Tensor } from "../tensor.ts";
import type { Differentiation } from "./gradientRule.ts";

/** Gradient rules of the operations that use indices. */
export const indexing: {
  readonly [K in keyof IndexingAttributes]: Differentiation<IndexingAttributes[K]>;
} = {
  gather: ([g], { inputs }) => {
    const [x, indices] = inputs as readonly [Tensor, Tensor];
    return g ? [g.scatterAdd(indices, x.shape[0]!)] : []; // a table has at least one axis
  },
  scatterAdd: ([g], { inputs: [, indices] }) => (g ? [g.gather(indices!)] : []),
  oneHot: "not differentiable",
};
