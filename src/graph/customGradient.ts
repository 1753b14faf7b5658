import type { GradientRule } from "./gradients/gradientRule.ts";
import { applyAll, type Tensor } from "./tensor.ts";

/** A function of some tensors, and its gradient. */
export interface CustomGradient {
  /** The results. What the rule needs of the computation is a result too. */
  readonly forward: (...operands: Tensor[]) => readonly Tensor[];
  /**
   * From the gradients of the results (undefined where one does not reach the loss) to those of the operands. A result that the
   * rule reads has a gradient too where the gradient is differentiated again, so the rule must answer for each result that it
   * reads. It builds graph from operands and results. What it computes in the very same way as `forward` is computed once and kept; what it writes in another
   * way is computed anew, and memory need not hold it in between.
   */
  readonly backward: GradientRule<Record<never, never>>;
}

/**
 * Applies a function whose gradient is not that of the operations it is made of, but by a rule of its own (as `jax.custom_vjp`):
 * one that is faster or steadier, keeps less in memory, or is wanted otherwise. Returns the results. `gradient` throws a
 * ShapeError where the rule gives an operand a gradient of another type.
 *
 * @example
 * ```ts
 * const x = input("x", [3]);
 * // The identity, whose gradient is kept within -1…1.
 * const [y] = customGradient([x], {
 *   forward: (x) => [x],
 *   backward: ([g]) => [g?.minimum(1).maximum(-1)],
 * });
 * ```
 */
export function customGradient(
  operands: readonly Tensor[],
  { forward, backward }: CustomGradient,
): Tensor[] {
  const results = forward(...operands);
  return applyAll("custom", [...results, ...operands], { results: results.length, rule: backward });
}
