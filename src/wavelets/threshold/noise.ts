import { checkLevels } from "../arguments/levels.ts";
import { checkFloats, type FloatArray } from "../arrays/floatArray.ts";
import { type WaveletLike, waveletOf } from "../families/wavelet.ts";
import { quantileOf } from "./quantile.ts";

/** The median of |z| of a standard normal z: Φ⁻¹(¾). */
const normalMedian = 0.6744897501960817;

/**
 * Standard deviation of white noise, estimated from coefficients that are mostly noise, such as the finest details: the
 * median of their moduli over that of a standard normal value (Donoho and Johnstone, 1994). A few large coefficients of a
 * signal hardly change it. Throws RangeError if there are no coefficients or one is NaN or infinite.
 *
 * @example
 * ```ts
 * console.log(noiseLevel(Float64Array.of(0.5, -0.6745, 1, 9, -0.2)).toFixed(3));
 * // → 1.000
 * ```
 */
export function noiseLevel(details: FloatArray): number {
  checkFloats(details, "details");
  if (details.length === 0) throw new RangeError("a noise level needs at least one coefficient");
  return quantileOf([details], 0.5, true, "details") / normalMedian;
}

/** `sigma` if it is a finite number from 0 up; throws RangeError otherwise. */
export function checkNoise(sigma: number): number {
  if (!(sigma >= 0 && Number.isFinite(sigma)))
    throw new RangeError(`a noise level must be a finite number, 0 or more, not ${sigma}`);
  return sigma;
}

/** How much a band of one level amplifies white noise along one axis: the norms of the filters from data to band. */
export interface NoiseGain {
  readonly low: number;
  readonly high: number;
}

/**
 * The noise gains of levels 1, 2, …: away from the boundary, white noise of standard deviation σ gives a band of σ times
 * its gain. It is 1 at every level for orthogonal wavelets, but not for biorthogonal ones, whose bands would otherwise be
 * thresholded too much or too little. Throws RangeError unless `levels` is an integer from 0 to 53.
 */
export function noiseGains(wavelet: WaveletLike, levels: number): NoiseGain[] {
  const { decLo, decHi } = waveletOf(wavelet);
  const [ofLow, ofHigh] = [autocorrelation(decLo), autocorrelation(decHi)];
  // The covariances of neighbors in the low-pass band, at first of white noise. They are no longer than the filter, whereas
  // the filter from data to band doubles in length with every level.
  let covariance: Covariance = (lag) => (lag === 0 ? 1 : 0);
  return Array.from({ length: checkLevels(levels) }, () => {
    const [low, high] = [filtered(covariance, ofLow), filtered(covariance, ofHigh)];
    covariance = low;
    return { low: Math.sqrt(low(0)), high: Math.sqrt(high(0)) };
  });
}

/** A symmetric sequence by its lag. */
type Covariance = (lag: number) => number;

/** Σₙ a[n] a[n + lag] for the lags 0, 1, … */
function autocorrelation(taps: readonly number[]): readonly number[] {
  return taps.map((_, lag) => taps.slice(lag).reduce((sum, tap, n) => sum + tap * taps[n]!, 0));
}

/** The covariances of a band: those of its input, filtered and decimated. */
function filtered(covariance: Covariance, correlation: readonly number[]): Covariance {
  const sums = correlation.map((_, lag) =>
    correlation.reduce(
      (sum, weight, m) =>
        sum + weight * (covariance(2 * lag - m) + (m === 0 ? 0 : covariance(2 * lag + m))),
      0,
    ),
  );
  return (lag) => sums[Math.abs(lag)] ?? 0;
}
