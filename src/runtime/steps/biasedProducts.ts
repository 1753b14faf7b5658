import { type Source, sizeOf, type Tensor } from "../../graph/index.ts";
import type { MatmulOptions } from "../../graph/operations/matmul.ts";
import type { Held } from "./held.ts";
import { isKnownMatrix } from "./lowerMatmul.ts";
import type { Cell, Operation } from "./stepGraph.ts";

/** A product with a known matrix to which a known bias is added, and to nothing else. */
export interface Biased {
  readonly product: Operation;
  readonly bias: ArrayLike<number>;
}

/** Sums that a product can do on its way, and those products. */
export function findBiased(
  order: readonly (Source | Cell)[],
  uses: ReadonlyMap<Tensor, number>,
  heldOf: (x: Tensor) => Held | undefined,
): { readonly sums: ReadonlyMap<Source, Biased>; readonly products: ReadonlySet<Source> } {
  const sums = new Map<Source, Biased>();
  const products = new Set<Source>();
  for (const step of order) {
    if (step.kind !== "operation" || step.name !== "add") continue;
    const [a, b] = step.inputs as readonly [Tensor, Tensor];
    for (const [x, other] of [
      [a, b],
      [b, a],
    ] as const) {
      const product = x.source;
      if (product.kind !== "operation" || product.name !== "matmul" || uses.get(x) !== 1) continue;
      const matrix = product.inputs[1]!; // a product has two operands
      const bias = heldOf(other)?.values;
      const known = isKnownMatrix(heldOf(matrix), product.attributes as MatmulOptions);
      const fits = bias?.length === x.shape.at(-1) && sizeOf(other.shape) === other.shape.at(-1);
      if (!bias || !known || !fits || sizeOf(step.outputs[0]!.shape) !== sizeOf(x.shape)) continue; // one output
      sums.set(step, { product, bias });
      products.add(product);
      break;
    }
  }
  return { sums, products };
}
