import type { FloatArray } from "../floatArray.ts";
import type { Wavelet } from "../wavelet.ts";

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
export function noiseGains({ decLo, decHi }: Wavelet, levels: number): NoiseGain[] {
  const gains: NoiseGain[] = [];
  let toLow: readonly number[] = [1];
  for (let step = 1; gains.length < levels; step *= 2) {
    gains.push({ low: norm(spread(toLow, decLo, step)), high: norm(spread(toLow, decHi, step)) });
    toLow = spread(toLow, decLo, step);
  }
  return gains;
}

/** `filter` with its taps `step` apart, convolved with `before`. */
function spread(before: readonly number[], filter: readonly number[], step: number): number[] {
  const result = new Array<number>(before.length + (filter.length - 1) * step).fill(0);
  filter.forEach((tap, j) => {
    before.forEach((value, i) => {
      result[i + j * step]! += tap * value;
    });
  });
  return result;
}

function norm(taps: readonly number[]): number {
  return Math.sqrt(taps.reduce((sum, tap) => sum + tap * tap, 0));
}

function median(values: FloatArray): number {
  if (values.length === 0) throw new RangeError("no coefficients to take a noise level from");
  const sorted = values.toSorted();
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}
