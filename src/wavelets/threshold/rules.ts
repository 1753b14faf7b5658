import type { FloatArray } from "../arrays/floatArray.ts";

/**
 * σ √(2 ln n): noise alone stays below it in almost all of n coefficients, so that the result looks smooth
 * (Donoho and Johnstone's VisuShrink, 1994). Throws RangeError unless σ ≥ 0.
 */
export function universalThreshold(sigma: number, count: number): number {
  checkSigma(sigma);
  return sigma * Math.sqrt(2 * Math.log(Math.max(1, count)));
}

/**
 * The soft threshold with the smallest unbiased estimate of the risk, from 0 to the universal one (Stein; Donoho and
 * Johnstone's SureShrink, 1995): of x / σ it minimizes n − 2 #{|x| ≤ t} + Σ min(|x|, t)². Throws RangeError unless
 * σ ≥ 0. It is 0 if σ is 0 or there are no coefficients.
 */
export function sureThreshold(coefficients: FloatArray, sigma: number): number {
  checkSigma(sigma);
  if (sigma === 0) return 0;
  const count = coefficients.length;
  const squares = Float64Array.from(coefficients, (x) => (x / sigma) ** 2).sort();
  const most = 2 * Math.log(Math.max(1, count));
  let best = 0;
  let least = count;
  let below = 0;
  // The risk rises between neighboring moduli, so its minimum is at one of them.
  squares.forEach((square, i) => {
    below += square;
    const risk = count - 2 * (i + 1) + below + (count - 1 - i) * square;
    if (square <= most && risk < least) {
      least = risk;
      best = square;
    }
  });
  return sigma * Math.sqrt(best);
}

/**
 * SureShrink's whole rule: the universal threshold where the coefficients are so few and small that the estimate of the
 * risk is noise itself, Σ (x²/σ² − 1) ≤ √n (log₂ n)^1.5, else {@link sureThreshold}.
 */
export function hybridSureThreshold(coefficients: FloatArray, sigma: number): number {
  checkSigma(sigma);
  const count = coefficients.length;
  if (sigma === 0 || count === 0) return 0;
  const excess = energy(coefficients) / sigma ** 2 - count;
  const sparse = excess <= Math.sqrt(count) * Math.log2(count) ** 1.5;
  return sparse ? universalThreshold(sigma, count) : sureThreshold(coefficients, sigma);
}

/**
 * σ² / σ_x, where σ_x² = mean(x²) − σ² is what the band has beyond the noise: nearly the best soft threshold for
 * coefficients of a generalized Gaussian distribution (BayesShrink; Chang, Yu and Vetterli, 2000). Where the band has no
 * more than noise, its largest modulus, so that nothing is left. Throws RangeError unless σ ≥ 0.
 */
export function bayesThreshold(coefficients: FloatArray, sigma: number): number {
  checkSigma(sigma);
  if (coefficients.length === 0) return 0;
  const power = energy(coefficients) / coefficients.length;
  const signal = power - sigma * sigma;
  const largest = largestModulus(coefficients);
  return signal > 0 ? Math.min(sigma ** 2 / Math.sqrt(signal), largest) : largest;
}

/**
 * The soft threshold whose worst risk, compared with an oracle that knows which coefficients to keep, is the smallest:
 * σ λ with (n + 1) ρ(λ) = 1 + λ², where ρ(λ) = 2 ∫_λ^∞ (x − λ)² φ(x) dx is the risk at zero (Donoho and Johnstone, 1994;
 * their table 1 is reproduced). About two thirds of the universal one. Throws RangeError unless σ ≥ 0.
 */
export function minimaxThreshold(sigma: number, count: number): number {
  checkSigma(sigma);
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

/** ρ(λ) by Simpson's rule; 12 standard deviations above λ the rest is below 1e-30 of it. */
function riskAtZero(lambda: number): number {
  const steps = 600;
  const width = 12 / steps;
  const density = (y: number) => y * y * Math.exp(-((lambda + y) ** 2) / 2);
  let sum = density(12);
  for (let i = 1; i < steps; i++) sum += (i % 2 === 1 ? 4 : 2) * density(i * width);
  return (2 * sum * width) / 3 / Math.sqrt(2 * Math.PI);
}

function checkSigma(sigma: number): void {
  if (!(sigma >= 0)) throw new RangeError(`a noise level must be 0 or more, not ${sigma}`);
}

function energy(values: FloatArray): number {
  let sum = 0;
  for (const x of values) sum += x * x;
  return sum;
}

function largestModulus(values: FloatArray): number {
  let most = 0;
  for (const x of values) most = Math.max(most, Math.abs(x));
  return most;
}
