import type { Tensor } from "../graph/index.ts";
import type { Piece } from "./parameters.ts";

/** What an optimiser sees of one piece of the parameters at one step; all tensors that are no scalars are of its shape. */
export interface Update {
  readonly piece: Piece;
  readonly value: Tensor;
  readonly gradient: Tensor;
  /** What the gradient is to be multiplied with (clipping); a scalar, so that it joins other scalars first. */
  readonly scale: Tensor;
  /** State, as many tensors as `Optimiser.slots`, zero before the first step. */
  readonly slots: readonly Tensor[];
  readonly learningRate: Tensor;
  /** Number of this step, from 1, as a float scalar. */
  readonly step: Tensor;
}

/** A rule for the next values and state of a piece, as graph. */
export interface Optimiser {
  /** Names of its state arenas. */
  readonly slots: readonly string[];
  update(step: Update): { readonly value: Tensor; readonly slots: readonly Tensor[] };
}

/** The Euclidean norm of a gradient in pieces, and what brings it to at most `limit` when multiplied (Pascanu et al. 2013). */
export function clipByGlobalNorm(
  gradients: readonly Tensor[],
  limit: number,
): { scale: Tensor; norm: Tensor } {
  const squares = gradients.map((g) => g.square().sum());
  const norm = squares.reduce((a, b) => a.add(b)).sqrt();
  return { scale: norm.add(1e-6).pow(-1).mul(limit).minimum(1), norm };
}
