import { type Features, squaredDistance } from "./features.ts";

/**
 * The share of `real` pictures that are like some sample: improved recall (Kynkäänniemi et al. 2019, arXiv 1904.06991). A
 * picture counts if it lies as near to a sample as that sample's own `neighbors`-th nearest neighbor among the samples. Samples
 * that all look alike are near each other and reach few pictures. From 0 to 1; it depends on the number of samples, so
 * compare only equal numbers. 0 where there are no more than `neighbors` samples.
 */
export function recall(real: Features, samples: Features, neighbors = 3): number {
  if (samples.length <= neighbors) return 0;
  const reach = samples.map((sample, i) => {
    const nearest: number[] = [];
    for (const [j, other] of samples.entries()) {
      if (i !== j) insert(nearest, squaredDistance(sample, other), neighbors);
    }
    return nearest[neighbors - 1]!; // there are more samples than neighbors
  });
  const reached = real.filter((picture) =>
    samples.some((sample, i) => squaredDistance(picture, sample) <= reach[i]!),
  );
  return reached.length / real.length;
}

/** Keeps the `most` smallest values in rising order. */
export function insert(smallest: number[], value: number, most: number): void {
  if (smallest.length === most && value >= smallest[most - 1]!) return;
  let at = smallest.length;
  while (at > 0 && smallest[at - 1]! > value) at--;
  smallest.splice(at, 0, value);
  if (smallest.length > most) smallest.pop();
}

/** Mean distance of two pictures of one class, or of any two where no class has more than one. */
export function spread(points: Features, labels: ArrayLike<number>): number {
  const sums = { same: 0, other: 0 };
  const pairs = { same: 0, other: 0 };
  for (let i = 0; i < points.length; i++) {
    for (let j = 0; j < i; j++) {
      const which = labels[i] === labels[j] ? "same" : "other";
      sums[which] += Math.sqrt(squaredDistance(points[i]!, points[j]!)); // i and j are points
      pairs[which]++;
    }
  }
  return pairs.same > 0 ? sums.same / pairs.same : sums.other / pairs.other;
}
