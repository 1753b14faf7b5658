import type { OperationName } from "./operations.ts";
import type { Tensor } from "./tensor.ts";
import { topological } from "./topological.ts";
import { type Shape, sizeOf } from "./types.ts";

/**
 * Floating-point operations of all matrix products and convolutions that `outputs` need, 2 for each product of two numbers;
 * element-wise work is not counted.
 */
export function matmulFlops(outputs: readonly Tensor[]): number {
  let products = 0;
  for (const source of topological(outputs)) {
    if (source.kind !== "operation") continue;
    const [a, b] = source.inputs.map(({ shape }) => shape);
    const y = source.outputs[0]!.shape; // every operation has an output
    const convolution = convolutions[source.name]?.(a!, b!, y); // of two inputs
    if (convolution) products += sizeOf(convolution[0]) * sizeOf(convolution[1].slice(1));
    if (source.name !== "matmul") continue;
    const { transA } = source.attributes as { readonly transA: boolean };
    products += sizeOf(y) * a!.at(transA ? -2 : -1)!; // rank ≥ 2
  }
  return 2 * products;
}

/** The result and the kernel of a convolution among inputs and output: each place of the one takes a row of the other. */
const convolutions: Partial<
  Record<OperationName, (a: Shape, b: Shape, y: Shape) => readonly [result: Shape, kernel: Shape]>
> = {
  conv2d: (_, kernel, result) => [result, kernel],
  convTranspose2d: (result, kernel) => [result, kernel],
  convKernel2d: (_, result, kernel) => [result, kernel],
};
