import type { Tensor } from "../../graph/index.ts";
import type { ParameterLayout } from "../parameters.ts";
import { longSum } from "./longSum.ts";

/** What an optimizer sees at one step; arenas are flat tensors of `layout.size` elements. */
export interface Update {
  readonly layout: ParameterLayout;
  readonly parameters: Tensor;
  readonly gradient: Tensor;
  /** What the gradient is to be multiplied with (clipping); a scalar, so that it joins other scalars first. */
  readonly scale: Tensor;
  /** State arenas, as many as `Optimizer.slots`, zero before the first step. */
  readonly slots: readonly Tensor[];
  readonly learningRate: Tensor;
  /** Number of this step, from 1, as a float scalar. */
  readonly step: Tensor;
}

/** A rule for the next parameters and state, as graph. */
export interface Optimizer {
  /** Names of its state arenas. */
  readonly slots: readonly string[];
  update(step: Update): { readonly parameters: Tensor; readonly slots: readonly Tensor[] };
}

/** The Euclidean norm of a gradient, and what brings it to at most `limit` when multiplied (Pascanu et al. 2013). */
export function clipByGlobalNorm(gradient: Tensor, limit: number): { scale: Tensor; norm: Tensor } {
  const norm = longSum(gradient.reshape([-1]).square()).sqrt();
  return { scale: norm.add(1e-6).pow(-1).mul(limit).minimum(1), norm };
}
