import type { Tensor } from "../graph/index.ts";
import type { ParameterLayout } from "./parameters.ts";

/** What an optimiser sees at one step; arenas are flat tensors of `layout.size` elements. */
export interface Update {
  readonly layout: ParameterLayout;
  readonly parameters: Tensor;
  /** The gradient of the loss, already clipped. */
  readonly gradient: Tensor;
  /** State arenas, as many as `Optimiser.slots`, zero before the first step. */
  readonly slots: readonly Tensor[];
  readonly learningRate: Tensor;
  /** Number of this step, from 1, as a float scalar. */
  readonly step: Tensor;
}

/** A rule for the next parameters and state, as graph. */
export interface Optimiser {
  /** Names of its state arenas. */
  readonly slots: readonly string[];
  update(step: Update): { readonly parameters: Tensor; readonly slots: readonly Tensor[] };
}

/** Scales a gradient so that its Euclidean norm is at most `limit` (Pascanu et al. 2013); also the norm before. */
export function clipByGlobalNorm(
  gradient: Tensor,
  limit: number,
): { clipped: Tensor; norm: Tensor } {
  const norm = gradient.square().sum().sqrt();
  const scale = norm.add(1e-6).pow(-1).mul(limit).minimum(1);
  return { clipped: gradient.mul(scale), norm };
}
