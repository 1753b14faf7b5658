import type { MatmulOptions } from "../operations/matmul.ts";
import type { Tensor } from "../tensor.ts";
import { sizeOf } from "../types.ts";
import { type GradientRule, sumTo } from "./gradientRule.ts";

/** `[…, M, K]` as `[… M, K]`: one matrix of all rows. */
function rows(x: Tensor): Tensor {
  const width = x.shape.at(-1) ?? 1;
  return x.shape.length === 2 ? x : x.reshape([sizeOf(x.shape) / width, width]);
}

/** Gradient rule of the matrix product: two more products, with transpose flags instead of transposes. */
export const matmul: GradientRule<MatmulOptions> = (
  [g],
  { inputs, attributes: { transA, transB, alpha } },
) => {
  const [a, b] = inputs as readonly [Tensor, Tensor];
  if (!g) return [];
  const da = transA
    ? b.matmul(g, { transA: transB, transB: true, alpha })
    : g.matmul(b, { transB: !transB, alpha });
  // A matrix shared by a whole batch: one product over all rows instead of a batch of products and their sum.
  const shared = b.shape.length === 2 && a.shape.length > 2 && !transA;
  const [x, dy] = shared ? [rows(a), rows(g)] : [a, g];
  const db = transB
    ? dy.matmul(x, { transA: true, transB: transA, alpha })
    : x.matmul(dy, { transA: !transA, alpha });
  return [sumTo(da, a.shape), sumTo(db, b.shape)];
};
