import type { Gaussian } from "./neighborPrior.ts";

/** The distribution of linear functions of Gaussian numbers: rows · numbers + offsets. */
export function linearGaussian(
  { mean, covariance }: Gaussian,
  rows: readonly Float64Array[],
  offsets: ArrayLike<number>,
): Gaussian {
  const n = mean.length;
  const m = rows.length;
  const means = Float64Array.from(rows, (row, i) =>
    row.reduce((sum, weight, k) => sum + weight * mean[k]!, offsets[i]!),
  );
  const result = new Float64Array(m * m);
  for (const [i, row] of rows.entries()) {
    const image = new Float64Array(n);
    for (let k = 0; k < n; k++) {
      if (row[k] === 0) continue;
      for (let l = 0; l < n; l++) image[l]! += row[k]! * covariance[k * n + l]!;
    }
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let l = 0; l < n; l++) sum += image[l]! * rows[j]![l]!;
      result[i * m + j] = sum;
      result[j * m + i] = sum;
    }
  }
  return { mean: means, covariance: result };
}

/** Probabilities are at least this, since no picture is quite Gaussian. */
const least = 1e-6;
/** Standard deviation that is added for the same reason. */
const blur = 0.03;
/** Variances below this tell nothing more. */
const settled = 2e-4;

/** An interval that was this probable before teaches nothing. */
const expected = 0.98;

/** The probability that number `i` lies between two values. */
export function chanceBetween(
  { mean, covariance }: Gaussian,
  i: number,
  low: number,
  high: number,
): number {
  const deviation = Math.sqrt(Math.max(0, covariance[i * mean.length + i]!)) + blur;
  const from = (low - mean[i]!) / deviation;
  const to = (high - mean[i]!) / deviation;
  return Math.max(normal(to) - normal(from), least);
}

/**
 * Learns that number `i` lies between two values, and what follows for all others: the moments of the truncated distribution
 * take the place of its own (assumed density filtering). Changes `gaussian`.
 */
export function learnBetween(
  { mean, covariance }: Gaussian,
  i: number,
  low: number,
  high: number,
): void {
  const n = mean.length;
  const variance = covariance[i * n + i]!;
  if (variance < settled) return;
  const known = truncated(mean[i]!, variance, low, high);
  if (known === undefined) return;
  const { moved, left } = known;
  const column = covariance.slice(i * n, (i + 1) * n);
  const shift = (moved - mean[i]!) / variance;
  const loss = (variance - left) / variance ** 2;
  for (let a = 0; a < n; a++) {
    mean[a]! += column[a]! * shift;
    const factor = column[a]! * loss;
    if (factor === 0) continue;
    for (let b = 0; b < n; b++) covariance[a * n + b]! -= factor * column[b]!;
  }
}

/** Mean and variance of a normal distribution between two values; undefined where these say hardly anything. */
function truncated(mean: number, variance: number, low: number, high: number) {
  const deviation = Math.sqrt(variance);
  const [from, to] = [(low - mean) / deviation, (high - mean) / deviation];
  const mass = normal(to) - normal(from);
  if (mass > expected) return undefined;
  if (mass < 1e-4) {
    const moved = Math.min(Math.max(mean, low), high);
    return { moved, left: Math.min(0.999 * variance, (high - low) ** 2 / 12) };
  }
  const drift = (density(from) - density(to)) / mass;
  const bend = (from * density(from) - to * density(to)) / mass;
  const share = Math.min(Math.max(1 + bend - drift ** 2, 1e-4), 0.9999);
  return { moved: mean + deviation * drift, left: variance * share };
}

const density = (x: number): number => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);

/** The standard normal distribution function, to 1e-7 (Abramowitz and Stegun 7.1.26). */
function normal(x: number): number {
  const t = 1 / (1 + (0.3275911 * Math.abs(x)) / Math.SQRT2);
  const series = 1.421413741 + t * (-1.453152027 + t * 1.061405429);
  const tail = t * (0.254829592 + t * (-0.284496736 + t * series)) * Math.exp((-x * x) / 2);
  return x < 0 ? tail / 2 : 1 - tail / 2;
}
