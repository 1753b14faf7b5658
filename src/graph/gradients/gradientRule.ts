import type { Tensor } from "../tensor.ts";
import { type Shape, sameShape } from "../types.ts";

/** One application of an operation, as its gradient rule sees it. */
export interface Application<Attributes> {
  readonly inputs: readonly Tensor[];
  readonly outputs: readonly Tensor[];
  readonly attributes: Attributes;
}

/**
 * From the gradients of the outputs (undefined where an output does not reach the loss) to those of the inputs
 * (undefined or left out where an input has none). Rules build graph, so a gradient can be differentiated again.
 */
export type GradientRule<Attributes> = (
  gradients: readonly (Tensor | undefined)[],
  application: Application<Attributes>,
) => readonly (Tensor | undefined)[];

/** A gradient rule, or the statement that the operation passes no gradient on. */
export type Differentiation<Attributes> = GradientRule<Attributes> | "not differentiable";

/** Sums a gradient over the axes along which its operand was broadcast. */
export function sumTo(gradient: Tensor, shape: Shape): Tensor {
  if (sameShape(gradient.shape, shape)) return gradient;
  const lead = gradient.shape.length - shape.length;
  const axes = gradient.shape
    .map((_, axis) => axis)
    .filter((axis) => axis < lead || (shape[axis - lead] === 1 && gradient.shape[axis] !== 1));
  return gradient.sum(axes).reshape(shape);
}

/** The sum of those gradients that exist; undefined where none does. */
export function total(...terms: readonly (Tensor | undefined)[]): Tensor | undefined {
  return terms.reduce((sum, term) => (sum && term ? sum.add(term) : (sum ?? term)), undefined);
}
