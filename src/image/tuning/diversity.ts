import type { FeatureMatrix } from "../fidelity/featureMatrix.ts";

/** Mean distance of two pictures of one class, or of any two where no class has more than one. */
export function spread(
  { count, dimension, data }: FeatureMatrix,
  labels: ArrayLike<number>,
): number {
  const sums = { same: 0, other: 0 };
  const pairs = { same: 0, other: 0 };
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < i; j++) {
      const which = labels[i] === labels[j] ? "same" : "other";
      let square = 0;
      for (let n = 0; n < dimension; n++)
        square += (data[i * dimension + n]! - data[j * dimension + n]!) ** 2;
      sums[which] += Math.sqrt(square);
      pairs[which]++;
    }
  }
  return pairs.same > 0 ? sums.same / pairs.same : sums.other / pairs.other;
}
