import { checkOptions, optionNames } from "../arguments/options.ts";
import type { FloatArray } from "../arrays/floatArray.ts";
import { type CwtOptions, type CwtScales, checkedCwt, emptyCwt } from "./cwt.ts";
import { filtered } from "./filtered.ts";
import type { CwtGeometry } from "./filters.ts";
import type { ContinuousWavelet } from "./wavelet/definition.ts";

/** One row of a a continuous wavelet transform. */
export interface CwtRow<A extends FloatArray = FloatArray> {
  /** The place of the scale in the list. */
  readonly index: number;
  readonly scale: number;
  /** The frequency at which the scale peaks, in cycles per unit of the sampling period. */
  readonly frequency: number;
  readonly re: A;
  /** The imaginary part; undefined for real wavelets. */
  readonly im: A | undefined;
}

const rowsNames = optionNames<CwtOptions>({ norm: true, mode: true, samplingPeriod: true });
/**
 * The rows of {@link cwt}, one after another, without its planes: for signals whose planes would not fit into memory, and where
 * a row is only looked at, as for its largest value. The arrays of a row are overwritten by the next one. Takes the options of cwt
 * other than `out`, and throws as it does.
 *
 * @example
 * ```ts
 * const chirp = Float64Array.from({ length: 1000 }, (_, n) => Math.sin(n * n / 2000));
 * for (const { scale, re, im } of cwtRows(chirp, [8, 16, 32], "morlet6")) {
 *   const energies = re.map((x, n) => x * x + im[n] * im[n]);
 *   console.log(`scale ${scale} is loudest at sample ${energies.indexOf(Math.max(...energies))}`);
 * }
 * // → scale 8 is loudest at sample 750
 * // → scale 16 is loudest at sample 375
 * // → scale 32 is loudest at sample 187
 * ```
 */
export function cwtRows<A extends FloatArray>(
  data: A,
  scales: CwtScales,
  wavelet: ContinuousWavelet | string,
  options: CwtOptions = {},
): Generator<CwtRow<A>> {
  checkOptions(options, rowsNames);
  const { geometry, samplingPeriod } = checkedCwt(data, scales, wavelet, options);
  return rowsOf(data, geometry, samplingPeriod);
}

function* rowsOf<A extends FloatArray>(
  data: A,
  geometry: CwtGeometry,
  samplingPeriod: number,
): Generator<CwtRow<A>> {
  const row = emptyCwt({ ...geometry, scales: [1] }, data, samplingPeriod);
  for (const { filter, re, im } of filtered(geometry, data, false)) {
    row.re.set(re.subarray(0, data.length));
    if (im) row.im?.set(im.subarray(0, data.length));
    const scale = geometry.scales[filter]!; // a filter for each
    const frequency = geometry.wavelet.centralFrequency / scale / samplingPeriod;
    yield { index: filter, scale, frequency, re: row.re, im: row.im };
  }
}
