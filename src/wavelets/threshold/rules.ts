import { checkLength } from "../arguments/numbers.ts";
import { checkFinite, checkFloats, type FloatArray, largestModulus } from "../arrays/floatArray.ts";
import { ascending } from "./ascending.ts";
import { checkNoise } from "./noise.ts";

/**
 * σ √(2 ln n): almost all of n coefficients of pure noise stay below it, so that the result looks smooth (Donoho and
 * Johnstone's VisuShrink, 1994). Throws RangeError unless σ is finite and ≥ 0, and n an integer ≥ 0.
 *
 * @example
 * ```ts
 * console.log(universalThreshold(2, 1000).toFixed(3));
 * // → 7.434
 * ```
 */
export function universalThreshold(sigma: number, count: number): number {
  checkNoise(sigma);
  checkLength("the number of coefficients", count);
  return sigma * Math.sqrt(2 * Math.log(Math.max(1, count)));
}

/**
 * The soft threshold with the smallest unbiased estimate of the risk, between 0 and the universal threshold (Stein; Donoho
 * and Johnstone's SureShrink, 1995). For x / σ it minimizes n − 2 #{|x| ≤ t} + Σ min(|x|, t)². It is 0 if σ is 0 or there
 * are no coefficients. Throws RangeError unless σ is finite and ≥ 0 and all coefficients are finite.
 */
export function sureThreshold(coefficients: FloatArray, sigma: number): number {
  checkBand(coefficients, sigma);
  if (sigma === 0) return 0;
  const count = coefficients.length;
  const most = 2 * Math.log(Math.max(1, count));
  const squares = ascending(
    new Float64Array(coefficients).map((x) => (x / sigma) ** 2),
    most,
  );
  let best = 0;
  let least = count;
  let below = 0;
  // The risk increases between adjacent moduli, so its minimum is at one of them.
  for (let i = 0; i < squares.length; i++) {
    const square = squares[i]!;
    below += square;
    const risk = count - 2 * (i + 1) + below + (count - 1 - i) * square;
    if (risk < least) {
      least = risk;
      best = square;
    }
  }
  return sigma * Math.sqrt(best);
}

/**
 * SureShrink's hybrid rule: the universal threshold for sparse bands, where the estimate of the risk is mostly noise,
 * Σ (x²/σ² − 1) ≤ √n (log₂ n)^1.5; otherwise {@link sureThreshold}. Throws RangeError as that does.
 */
export function hybridSureThreshold(coefficients: FloatArray, sigma: number): number {
  checkBand(coefficients, sigma);
  const count = coefficients.length;
  if (sigma === 0 || count === 0) return 0;
  const excess = energy(coefficients) / sigma ** 2 - count;
  const sparse = excess <= Math.sqrt(count) * Math.log2(count) ** 1.5;
  return sparse ? universalThreshold(sigma, count) : sureThreshold(coefficients, sigma);
}

/**
 * σ² / σ_x, where σ_x² = mean(x²) − σ² is the power of the band beyond the noise. It is close to the best soft threshold for
 * coefficients of a generalized Gaussian distribution (BayesShrink; Chang, Yu and Vetterli, 2000). For a band with no more
 * power than the noise it is the largest modulus, so that nothing is left. Throws RangeError as {@link sureThreshold} does.
 */
export function bayesThreshold(coefficients: FloatArray, sigma: number): number {
  checkFloats(coefficients, "coefficients");
  checkNoise(sigma);
  if (coefficients.length === 0) return 0;
  const power = energy(coefficients) / coefficients.length;
  if (!Number.isFinite(power)) checkFinite(coefficients, "coefficients"); // squares of large ones overflow too
  const signal = power - sigma * sigma;
  const least = signal > 0 ? sigma ** 2 / Math.sqrt(signal) : Number.POSITIVE_INFINITY;
  // No root of a mean square exceeds the largest modulus.
  return least * least <= power ? least : Math.min(least, largestModulus(coefficients));
}

/**
 * The soft threshold with the smallest worst-case risk relative to an oracle that knows which coefficients to keep: σ λ with
 * (n + 1) ρ(λ) = 1 + λ², where ρ(λ) = 2 ∫_λ^∞ (x − λ)² φ(x) dx is the risk at zero (Donoho and Johnstone, 1994; the values
 * are those of their table 1). It is about two thirds of the universal threshold. Throws RangeError unless σ is finite and
 * ≥ 0, and n an integer ≥ 0.
 */
export function minimaxThreshold(sigma: number, count: number): number {
  checkNoise(sigma);
  checkLength("the number of coefficients", count);
  const excess = (lambda: number) => (count + 1) * riskAtZero(lambda) - (1 + lambda * lambda);
  let low = 0;
  let high = Math.sqrt(2 * Math.log(count + 1)) + 1;
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (excess(middle) > 0) low = middle;
    else high = middle;
  }
  return sigma * low;
}

/** ρ(λ) by Simpson's rule up to λ + 12; the rest is below 1e-30 of it. */
function riskAtZero(lambda: number): number {
  const steps = 600;
  const width = 12 / steps;
  const density = (y: number) => y * y * Math.exp(-((lambda + y) ** 2) / 2);
  let sum = density(12);
  for (let i = 1; i < steps; i++) sum += (i % 2 === 1 ? 4 : 2) * density(i * width);
  return (2 * sum * width) / 3 / Math.sqrt(2 * Math.PI);
}

function checkBand(coefficients: FloatArray, sigma: number): void {
  checkFloats(coefficients, "coefficients");
  checkNoise(sigma);
  checkFinite(coefficients, "coefficients");
}

/** Σ x², as four sums: the next product need not wait for the last sum. */
function energy(values: FloatArray): number {
  let [a, b, c, d] = [0, 0, 0, 0];
  let i = 0;
  for (const end = values.length - 3; i < end; i += 4) {
    a += values[i]! ** 2;
    b += values[i + 1]! ** 2;
    c += values[i + 2]! ** 2;
    d += values[i + 3]! ** 2;
  }
  for (; i < values.length; i++) a += values[i]! ** 2;
  return a + b + (c + d);
}
