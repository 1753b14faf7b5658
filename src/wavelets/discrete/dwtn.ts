import { checkOptions, optionNames } from "../arguments/options.ts";
import { checkResult } from "../arguments/result.ts";
import type { Bands, PerAxis } from "../arrays/axes.ts";
import type { FloatArray } from "../arrays/floatArray.ts";
import type { Into } from "../arrays/into.ts";
import type { NdArray } from "../arrays/ndArray.ts";
import type { WaveletLike } from "../families/wavelet.ts";
import type { PyramidAxis } from "./pyramid.ts";
import {
  type DwtnOptions,
  type Wavedecn,
  wavedecn,
  wavedecnAdjoint,
  waverecn,
  waverecnAdjoint,
} from "./wavedecn.ts";

/** One level of an array's transform along some axes, with everything that reconstruction needs. */
export interface Dwtn<A extends FloatArray = FloatArray> {
  /** All 2^axes bands, by keys such as `ad`. */
  readonly bands: Bands<A>;
  /** Shape of the array that was transformed. */
  readonly shape: readonly number[];
  readonly axes: readonly PyramidAxis[];
}

const optionsOfDwtn = optionNames<DwtnOptions & Into<unknown>>({
  mode: true,
  axes: true,
  out: true,
});

/**
 * One level of the separable transform along some axes: {@link wavedecn} with one level. Throws as wavedecn does.
 *
 * @example
 * ```ts
 * const video = { shape: [3, 4, 4], data: new Float32Array(48).fill(1) };
 * const { bands } = dwtn(video, "haar", { axes: [1, 2] });
 * console.log(Object.keys(bands), bands.aa.shape);
 * // → [ 'aa', 'ad', 'da', 'dd' ] [ 3, 2, 2 ]
 * ```
 */
export function dwtn<A extends FloatArray>(
  array: NdArray<A>,
  wavelet: PerAxis<WaveletLike>,
  options: DwtnOptions & Into<Dwtn<A>> = {},
): Dwtn<A> {
  return oneLevel(wavedecn(array, wavelet, withOneLevel(options)));
}

/** The inverse of {@link dwtn}: the array, with exactly its shape. Throws RangeError if a band has the wrong shape. */
export function idwtn<A extends FloatArray>(
  bands: Dwtn<A>,
  options: Into<NdArray<A>> = {},
): NdArray<A> {
  return waverecn(nested(bands), options);
}

/** The transpose of {@link dwtn}. */
export function dwtnAdjoint<A extends FloatArray>(
  bands: Dwtn<A>,
  options: Into<NdArray<A>> = {},
): NdArray<A> {
  return wavedecnAdjoint(nested(bands), options);
}

/** The transpose of {@link idwtn}. */
export function idwtnAdjoint<A extends FloatArray>(
  array: NdArray<A>,
  wavelet: PerAxis<WaveletLike>,
  options: DwtnOptions & Into<Dwtn<A>> = {},
): Dwtn<A> {
  return oneLevel(waverecnAdjoint(array, wavelet, withOneLevel(options)));
}

function withOneLevel<A extends FloatArray>(options: DwtnOptions & Into<Dwtn<A>>) {
  checkOptions(options, optionsOfDwtn);
  const { out, ...rest } = options;
  return { ...rest, levels: 1, ...(out && { out: nested(out) }) };
}

const lowest = (axes: readonly PyramidAxis[]): string => "a".repeat(axes.length);

function oneLevel<A extends FloatArray>({
  approximation,
  details,
  shape,
  axes,
}: Wavedecn<A>): Dwtn<A> {
  return { bands: { [lowest(axes)]: approximation, ...details[0] }, shape, axes };
}

function nested<A extends FloatArray>(result: Dwtn<A>): Wavedecn<A> {
  checkResult(result, "bands", "dwtn");
  const { bands, shape, axes } = result;
  const { [lowest(axes)]: approximation, ...details } = bands;
  if (!approximation) throw new RangeError(`the band ${lowest(axes)} is missing`);
  return { approximation, details: [details], shape, axes };
}
