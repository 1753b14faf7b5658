import type { Tensor } from "./tensor.ts";
import { topological } from "./topological.ts";
import { sizeOf } from "./types.ts";

/** Floating-point operations of all matrix products that `outputs` need: 2 M N K each; element-wise work is not counted. */
export function matmulFlops(outputs: readonly Tensor[]): number {
  let flops = 0;
  for (const source of topological(outputs)) {
    if (source.kind !== "operation" || source.name !== "matmul") continue;
    const [a] = source.inputs as readonly [Tensor, Tensor];
    const [y] = source.outputs as readonly [Tensor];
    const { transA } = source.attributes as { readonly transA: boolean };
    const inner = a.shape.at(transA ? -2 : -1)!; // rank ≥ 2
    flops += 2 * sizeOf(y.shape) * inner;
  }
  return flops;
}
