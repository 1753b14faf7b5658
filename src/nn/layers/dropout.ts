import type { Random } from "../../data/random/random.ts";
import { type Shape, sizeOf, type Tensor } from "../../graph/index.ts";

/**
 * Dropout (Srivastava et al. 2014): `x` times a mask that the batch feeds, see {@link dropoutMask}. The mask broadcasts: one
 * of `[batch, channels, 1, 1]` drops whole channels. A model that is used is built without it.
 *
 * The mask is an input, made of the step's own random numbers, and not drawn in the graph: ONNX Runtime's random operators
 * keep a state that no checkpoint holds, and integer arithmetic on step and index takes six passes over 64-bit integers, one of
 * them a division, where drawing takes one. So a resumed training sees the same masks, bit for bit.
 *
 * @example
 * ```ts
 * const keep = input("keep", [32, 128]);
 * const model = trainable({
 *   loss: (p) => loss(dropout(features(p), keep)),
 *   batch: (step, random) => ({ ...data(step), keep: dropoutMask([32, 128], 0.1, random.fork("keep")) }),
 * });
 * ```
 */
export const dropout = (x: Tensor, mask: Tensor): Tensor => x.mul(mask);

/** 0 with probability `rate`, else `1 / (1 - rate)`, so that the mean is 1: a pure function of the state of `random`. */
export function dropoutMask(shape: Shape, rate: number, random: Random): Float32Array {
  if (!(rate >= 0 && rate < 1)) {
    throw new RangeError(`dropout needs a rate from 0 to below 1, not ${rate}`);
  }
  const kept = 1 / (1 - rate);
  return Float32Array.from({ length: sizeOf(shape) }, () => (random.uniform() < rate ? 0 : kept));
}
