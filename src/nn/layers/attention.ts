import { ShapeError, type Tensor } from "../../graph/index.ts";
import { type Initializer, normal } from "../initializers.ts";
import type { Scope } from "../parameters.ts";
import { causal, never } from "./causalAttention.ts";
import { gptDeviation, linear } from "./layers.ts";

/** How queries read keys and values, all of `[batch, heads, length, depth]`; the result has the shape of `q`. */
export type Attend = (q: Tensor, k: Tensor, v: Tensor) => Tensor;

export interface AttentionOptions {
  readonly heads: number;
  /** Causal by default. */
  readonly attend?: Attend;
  /** How the projection back onto the residual stream starts. */
  readonly initializeOutput?: Initializer;
  /** Whether the projections have biases; true by default. */
  readonly bias?: boolean;
  /** What happens to queries, keys and values, `[batch, length, 3 width]`, before they are shared among the heads. */
  readonly projected?: (x: Tensor) => Tensor;
}

/** Multi-head attention of `x`, `[batch, length, width]`, to itself (Vaswani et al. 2017). */
export function attention(p: Scope, x: Tensor, options: AttentionOptions): Tensor {
  const { heads, attend = causal(), initializeOutput = normal(gptDeviation) } = options;
  const { bias = true, projected = (y: Tensor) => y } = options;
  const [batch, length, width] = x.shape as readonly [number, number, number];
  if (x.shape.length !== 3 || width % heads !== 0) {
    throw new ShapeError(
      `attention: ${heads} heads do not divide [batch, length, width] = [${x.shape.join(", ")}]`,
    );
  }
  const depth = width / heads;
  // The reshape between keeps ONNX Runtime from moving the transpose behind the split, where it takes twice as long.
  const [q, k, v] = projected(linear(p.in("queryKeyValue"), x, 3 * width, { bias }))
    .reshape([batch, length, 3, heads, depth])
    .transpose([2, 0, 3, 1, 4])
    .reshape([3 * batch, heads, length, depth])
    .split(0, [batch, batch, batch]) as [Tensor, Tensor, Tensor];
  const y = attend(q, k, v).transpose([0, 2, 1, 3]).reshape([batch, length, width]);
  return linear(p.in("output"), y, width, { bias, initialize: initializeOutput });
}

/**
 * softmax(Q Kᵀ / √depth) V where every position sees all. `valid`, bool `[batch, length]` of the keys, tells which positions
 * exist; the others are seen by none (their own results mean nothing). An example needs at least one.
 */
export function twoWay(valid?: Tensor): Attend {
  return (q, k, v) => {
    const scores = q.matmul(k, { transB: true, alpha: 1 / Math.sqrt(q.shape.at(-1) ?? 1) });
    if (!valid) return scores.softmax().matmul(v);
    const [batch, length] = valid.shape as readonly [number, number];
    return valid.reshape([batch, 1, 1, length]).where(scores, never).softmax().matmul(v);
  };
}
