import { symmetricEigenvalues } from "./eigenvalues.ts";
import type { FeatureMatrix } from "./featureMatrix.ts";

/** The mean and the covariance of features: all that a Fréchet distance knows of them. */
export interface FeatureStatistics {
  readonly count: number;
  readonly dimension: number;
  readonly mean: Float64Array;
  /** Row by row, with the divisor n − 1. */
  readonly covariance: Float64Array;
}

/** Mean and covariance over the rows of a matrix. Throws RangeError for fewer than two rows. */
export function featureStatistics({ count, dimension, data }: FeatureMatrix): FeatureStatistics {
  if (count < 2) throw new RangeError(`a covariance needs at least two rows, not ${count}`);
  const mean = new Float64Array(dimension);
  for (let row = 0, at = 0; row < count; row++)
    for (let i = 0; i < dimension; i++, at++) mean[i]! += data[at]! / count;
  const covariance = new Float64Array(dimension * dimension);
  const centered = new Float64Array(dimension);
  for (let row = 0; row < count; row++) {
    for (let i = 0; i < dimension; i++) centered[i] = data[row * dimension + i]! - mean[i]!;
    for (let i = 0; i < dimension; i++) {
      const one = centered[i]! / (count - 1);
      for (let j = 0, at = i * dimension; j <= i; j++, at++) covariance[at]! += one * centered[j]!;
    }
  }
  for (let i = 0; i < dimension; i++)
    for (let j = 0; j < i; j++) covariance[j * dimension + i] = covariance[i * dimension + j]!;
  return { count, dimension, mean, covariance };
}

/** Smaller deviations than this share of the largest are raised to it: dividing by them would amplify rounding errors. */
const leastDeviation = 1e-3;

/**
 * Features in units of their deviations among others, whose statistics are given: distances then count each feature alike. The
 * mean stays where it is, since no distance depends on it.
 */
export function inDeviations(
  { count, dimension, data }: FeatureMatrix,
  { covariance }: FeatureStatistics,
): FeatureMatrix {
  const deviations = Float64Array.from({ length: dimension }, (_, i) =>
    Math.sqrt(covariance[i * dimension + i]!),
  );
  const least = leastDeviation * deviations.reduce((most, value) => Math.max(most, value), 0);
  const divisors = deviations.map((value) => Math.max(value, least) || 1);
  return { count, dimension, data: data.map((value, at) => value / divisors[at % dimension]!) };
}

/**
 * The squared Fréchet distance of two normal distributions (Dowson and Landau 1982), the form in which the Fréchet inception
 * distance is published (Heusel et al. 2017): `|μ₁ − μ₂|² + tr(Σ₁ + Σ₂ − 2 (Σ₁Σ₂)^½)`. Covariances without full rank are no
 * problem. Of equal statistics the result is 0 up to about 1e-7 of the trace. Throws RangeError where the dimensions differ.
 *
 * @example
 * const distance = frechetDistance(featureStatistics(real), featureStatistics(samples));
 */
export function frechetDistance(one: FeatureStatistics, other: FeatureStatistics): number {
  const n = one.dimension;
  if (other.dimension !== n)
    throw new RangeError(`the features differ: ${n} and ${other.dimension} numbers`);
  let sum = 0;
  for (let i = 0; i < n; i++) {
    sum += (one.mean[i]! - other.mean[i]!) ** 2;
    sum += one.covariance[i * n + i]! + other.covariance[i * n + i]!;
  }
  // With Σ₁ = L Lᵀ, the eigenvalues of Σ₁Σ₂ are those of Lᵀ Σ₂ L, which is symmetric.
  const eigenvalues = symmetricEigenvalues(
    sandwich(factor(one.covariance, n), other.covariance, n),
    n,
  );
  for (const value of eigenvalues) sum -= 2 * Math.sqrt(Math.max(0, value));
  return Math.max(0, sum);
}

/** A pivot below this share of the largest variance is taken for zero: that direction has no variance. */
const least = 1e-13;

/** Cholesky's L of a covariance, with zero columns for directions without variance. */
function factor(covariance: Float64Array, n: number): Float64Array {
  const lower = new Float64Array(n * n);
  let most = 0;
  for (let i = 0; i < n; i++) most = Math.max(most, covariance[i * n + i]!);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = covariance[i * n + j]!;
      for (let k = 0, a = i * n, b = j * n; k < j; k++, a++, b++) sum -= lower[a]! * lower[b]!;
      if (j === i) lower[i * n + i] = sum > least * most ? Math.sqrt(sum) : 0;
      else {
        const pivot = lower[j * n + j]!;
        lower[i * n + j] = pivot === 0 ? 0 : sum / pivot;
      }
    }
  }
  return lower;
}

/** `Lᵀ S L` of a lower triangular and a symmetric matrix. */
function sandwich(lower: Float64Array, symmetric: Float64Array, n: number): Float64Array {
  const product = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    const row = product.subarray(i * n, (i + 1) * n);
    for (let k = 0; k < n; k++) {
      const value = symmetric[i * n + k]!;
      for (let j = 0, at = k * n; j <= k; j++, at++) row[j]! += value * lower[at]!;
    }
  }
  const result = new Float64Array(n * n);
  for (let k = 0; k < n; k++) {
    const row = product.subarray(k * n, (k + 1) * n);
    for (let i = 0; i <= k; i++) {
      const value = lower[k * n + i]!;
      for (let j = 0, at = i * n; j < n; j++, at++) result[at]! += value * row[j]!;
    }
  }
  return result;
}
