import type { CustomAttributes } from "../operations/custom.ts";
import { describe, ShapeError, sameShape } from "../types.ts";
import type { GradientRule } from "./gradientRule.ts";

/** The rule that `customGradient` was given; nothing flows through how the results were computed. */
export const custom: GradientRule<CustomAttributes["custom"]> = (
  incoming,
  { inputs, outputs, attributes: { results, rule } },
) => {
  const own = rule as GradientRule<Record<never, never>>; // customGradient alone makes the operation
  const operands = inputs.slice(results);
  const gradients = own(incoming, { inputs: operands, outputs, attributes: {} });
  for (const [i, g] of gradients.entries()) {
    const x = operands[i];
    if (g && !(x && x.dtype === g.dtype && sameShape(x.shape, g.shape))) {
      throw new ShapeError(
        `customGradient: the gradient of operand ${i}, ${x ? describe(x) : "which does not exist"}, came as ${describe(g)}`,
      );
    }
  }
  return [...Array<undefined>(results).fill(undefined), ...gradients];
};
