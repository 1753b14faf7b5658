import { checkLevels } from "../arguments/levels.ts";
import type { FloatArray } from "../arrays/floatArray.ts";
import { type WaveletLike, waveletOf } from "../families/wavelet.ts";

/** The median of |z| of a standard normal z: Φ⁻¹(¾). */
const normalMedian = 0.6744897501960817;

/**
 * Standard deviation of white noise, from coefficients that are mostly noise, such as the finest details: the median
 * of their moduli over that of a standard normal value (Donoho and Johnstone, 1994). Few large coefficients of a signal
 * hardly change it. Throws RangeError for no coefficients.
 */
export function noiseLevel(details: FloatArray): number {
  return median(details.map(Math.abs)) / normalMedian;
}

/** How much a band of one level amplifies white noise along one axis: the norms of the filters from data to band. */
export interface NoiseGain {
  readonly low: number;
  readonly high: number;
}

/**
 * The noise gains of levels 1, 2, …: in the interior, white noise of standard deviation σ gives a band of σ times its
 * gain. 1 for orthogonal wavelets at every level; not for biorthogonal ones, whose bands would otherwise be
 * thresholded too much or too little.
 */
export function noiseGains(wavelet: WaveletLike, levels: number): NoiseGain[] {
  const { decLo, decHi } = waveletOf(wavelet);
  const [ofLow, ofHigh] = [autocorrelation(decLo), autocorrelation(decHi)];
  // The covariances of neighbors in the low band: white noise at first. They reach no farther than the filter, whereas
  // the filter from data to band doubles with every level.
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
  return taps.map(
    (_, lag) => taps.slice(lag).reduce((sum, tap, n) => sum + tap * taps[n]!, 0), // n < length − lag
  );
}

/** The covariances of a band: those of what it is made from, filtered, and every second one kept. */
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

function median(values: FloatArray): number {
  if (values.length === 0) throw new RangeError("no coefficients to take a noise level from");
  const sorted = values.toSorted();
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}
