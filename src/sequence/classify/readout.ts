import { constant, type Tensor } from "../../graph/index.ts";

/**
 * How features of all positions become those of a whole sequence: `[batch, length, width]` and true lengths, int32 `[batch]`,
 * to `[batch, width]`. What fills rows up must not tell on it.
 */
export type Readout = (features: Tensor, lengths: Tensor) => Tensor;

/** Sums of features with weights `[batch, length]`: a product, whose gradient is a product too, and no scattering. */
function weighted(features: Tensor, weights: Tensor): Tensor {
  const [batch, length, width] = features.shape as readonly [number, number, number];
  return weights.reshape([batch, 1, length]).matmul(features).reshape([batch, width]);
}

/** The readouts by name. */
export const readouts = {
  /** The last true token, which alone has seen all of the sequence, for answers that need all of it in order. */
  last: (features, lengths) =>
    weighted(features, lengths.sub(1).oneHot(features.shape[1] ?? 0, features.dtype)),
  /** The mean over the true tokens: what stands anywhere tells at once, so that long texts are learned sooner. */
  mean: (features, lengths) => {
    const [batch, length] = features.shape as readonly [number, number, number];
    const place = constant([...Array(length).keys()], [1, length], "int32");
    const isTrue = place.less(lengths.reshape([batch, 1])).cast(features.dtype);
    return weighted(features, isTrue.div(lengths.cast(features.dtype).reshape([batch, 1])));
  },
} as const satisfies Record<string, Readout>;

export type ReadoutName = keyof typeof readouts;
export const readoutNames = Object.keys(readouts) as readonly ReadoutName[];
