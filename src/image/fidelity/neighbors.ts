import { checkAlike, type FeatureMatrix } from "./featureMatrix.ts";

/** The nearest rows of another matrix, for each row of one: `k` indices and distances each, nearest first. */
export interface Neighbors {
  readonly k: number;
  readonly indices: Int32Array;
  readonly distances: Float64Array;
}

/**
 * The `k` nearest rows of `among` for each row of `of`, by Euclidean distance; of equally near ones the earlier. With `others`, row
 * i of `among` is left out for row i: the two matrices are the same. Throws RangeError where fewer than `k` rows are left.
 */
export function nearestNeighbors(
  of: FeatureMatrix,
  among: FeatureMatrix,
  k: number,
  { others = false }: { readonly others?: boolean } = {},
): Neighbors {
  checkAlike(of, among);
  if (among.count - (others ? 1 : 0) < k)
    throw new RangeError(`${among.count} rows have no ${k} nearest${others ? " others" : ""}`);
  const { dimension } = of;
  return nearestBy(of.count, among.count, k, (row, other, limit) =>
    others && other === row
      ? limit
      : squared(of.data, row * dimension, among.data, other * dimension, dimension, limit),
  );
}

/**
 * The `k` nearest of `among` things for each of `count`, by a squared distance, which may be any number from `limit` up where it
 * is not below `limit`.
 */
export function nearestBy(
  count: number,
  among: number,
  k: number,
  square: (row: number, other: number, limit: number) => number,
): Neighbors {
  const indices = new Int32Array(count * k);
  const distances = new Float64Array(count * k);
  for (let row = 0; row < count; row++) {
    const best = distances.subarray(row * k, (row + 1) * k).fill(Infinity);
    const at = indices.subarray(row * k, (row + 1) * k);
    for (let other = 0; other < among; other++) {
      const limit = best[k - 1]!;
      const found = square(row, other, limit);
      if (found >= limit) continue;
      let place = k - 1;
      for (; place > 0 && best[place - 1]! > found; place--) {
        best[place] = best[place - 1]!;
        at[place] = at[place - 1]!;
      }
      best[place] = found;
      at[place] = other;
    }
  }
  return { k, indices, distances: distances.map(Math.sqrt) };
}

/** Shares of pictures that two sets have in common. */
export interface PrecisionRecall {
  /** Samples that lie within the real pictures: how many are good. */
  readonly precision: number;
  /** Real pictures that lie within the samples: how much of the variety is there. */
  readonly recall: number;
}

/**
 * Improved precision and recall (Kynkäänniemi et al. 2019): a set's region is the union of balls around its members, each as
 * large as the distance to its `k`th nearest other member. Both depend on the number of members, so give both sets equally many.
 * Throws RangeError for sets of at most `k`.
 */
export function precisionRecall(
  real: FeatureMatrix,
  samples: FeatureMatrix,
  k = 3,
): PrecisionRecall {
  return { precision: shareWithin(samples, real, k), recall: shareWithin(real, samples, k) };
}

/** The share of points that lie in the region of a set. */
function shareWithin(points: FeatureMatrix, set: FeatureMatrix, k: number): number {
  checkAlike(points, set);
  const { distances } = nearestNeighbors(set, set, k, { others: true });
  const radii = Float64Array.from(
    { length: set.count },
    (_, i) => distances[(i + 1) * k - 1]! ** 2,
  );
  const { dimension } = set;
  let within = 0;
  for (let row = 0; row < points.count; row++) {
    for (let i = 0; i < set.count; i++) {
      const radius = radii[i]!;
      // Just above it, so that a point at the radius is within.
      const limit = radius * (1 + 1e-12) + Number.MIN_VALUE;
      if (squared(points.data, row * dimension, set.data, i * dimension, dimension, limit) >= limit)
        continue;
      within++;
      break;
    }
  }
  return within / points.count;
}

/** Numbers that are added up between two looks at the limit. */
const stretch = 16;

/** The squared distance of two rows, or some number from `limit` up where it is not below. */
function squared(
  a: Float64Array,
  i: number,
  b: Float64Array,
  j: number,
  dimension: number,
  limit: number,
): number {
  let sum = 0;
  for (let n = 0; n < dimension && sum < limit; ) {
    for (const end = Math.min(dimension, n + stretch); n < end; n++) {
      const difference = a[i + n]! - b[j + n]!;
      sum += difference * difference;
    }
  }
  return sum;
}

/** The share of points whose nearest neighbor among others has the same label. */
export function shareOfSameLabel(
  points: FeatureMatrix,
  labels: ArrayLike<number>,
  others: FeatureMatrix,
  otherLabels: ArrayLike<number>,
): number {
  const { indices } = nearestNeighbors(points, others, 1);
  const same = indices.reduce((sum, i, row) => sum + (otherLabels[i] === labels[row] ? 1 : 0), 0);
  return same / points.count;
}
