import type { Tensor } from "../../graph/index.ts";
import { never } from "./causalAttention.ts";
import { widthOf } from "./layers.ts";

export interface CrossEntropyOptions {
  /** Classes that may occur, bool of the shape of the logits; the softmax is over these alone. */
  readonly legal?: Tensor;
}

/** Scalars, in nats. */
export interface CrossEntropy {
  /** Mean over the positions that count. */
  readonly mean: Tensor;
  /** Sum over the positions that count. */
  readonly sum: Tensor;
  /** How many positions count. */
  readonly count: Tensor;
}

/**
 * -log softmax(logits)[target]: logits `[…, classes]`, integer targets `[…]`. A position whose target is no class (-1,
 * say) is ignored. Where nothing counts the mean is 0.
 */
export function crossEntropy(
  logits: Tensor,
  targets: Tensor,
  options: CrossEntropyOptions = {},
): CrossEntropy {
  const possible = options.legal ? options.legal.where(logits, never) : logits;
  const chosen = targets.oneHot(widthOf(logits), logits.dtype);
  const sum = possible.logSoftmax().mul(chosen).sum().neg();
  const count = chosen.sum();
  return { mean: sum.div(count.maximum(1)), sum, count };
}
