import { checkOptions } from "../../arguments/options.ts";
import type { ComplexParts } from "../../arrays/complex.ts";
import { checkFloats, type FloatArray } from "../../arrays/floatArray.ts";
import { arrayFor, checkApart, type Into, intoNames } from "../../arrays/into.ts";
import { type NdArray, sizeOf } from "../../arrays/ndArray.ts";
import type { Swt } from "../../undecimated/swt.ts";
import type { Swt2 } from "../../undecimated/swt2.ts";
import type { Swtn } from "../../undecimated/swtn.ts";
import type { Wavedec } from "../wavedec.ts";
import type { Wavedec2 } from "../wavedec2.ts";
import type { Wavedecn } from "../wavedecn.ts";
import { bandFormOf, type Decomposition, withBands } from "./bandForm.ts";

/** The name of one band of a decomposition. */
export interface BandName {
  /** PyWavelets' letters, one for each axis in ascending order: `d` in 1-D, `da` (hl) in 2-D; only `a` for the approximation. */
  readonly key: string;
  /** 1 is the finest level. The approximation has the level of the coarsest details. */
  readonly level: number;
}

/** A function that replaces the coefficients of one band (row-major in n-D too) by as many others. */
export type BandMap<A extends FloatArray> = (coefficients: A, band: BandName) => A;

/**
 * A decomposition with the coefficients of every band replaced by `of(coefficients, band)`, for example thresholded. The
 * bands come in the order of PyWavelets' `ravel_coeffs`: the approximation, then level by level, coarsest first, by key.
 * Of a stationary transform only the coarsest approximation is mapped and kept, which is all that its inverse reads. Throws
 * RangeError if `of` returns another number of coefficients.
 *
 * @example
 * ```ts
 * const transform = wavedec(Float64Array.of(1, 2, 3, 4), "haar", { levels: 2 });
 * const smooth = mapBands(transform, (band, { key }) => (key === "d" ? band.map(() => 0) : band));
 * console.log(waverec(smooth).map((x) => Math.round(10 * x) / 10));
 * // → Float64Array(4) [ 2.5, 2.5, 2.5, 2.5 ]
 * ```
 */
export function mapBands<A extends FloatArray>(d: Wavedec<A>, of: BandMap<A>): Wavedec<A>;
export function mapBands<A extends FloatArray>(d: Wavedec2<A>, of: BandMap<A>): Wavedec2<A>;
export function mapBands<A extends FloatArray>(d: Wavedecn<A>, of: BandMap<A>): Wavedecn<A>;
export function mapBands<A extends FloatArray>(d: Swt<A>, of: BandMap<A>): Swt<A>;
export function mapBands<A extends FloatArray>(d: Swt2<A>, of: BandMap<A>): Swt2<A>;
export function mapBands<A extends FloatArray>(d: Swtn<A>, of: BandMap<A>): Swtn<A>;
export function mapBands<A extends FloatArray>(
  d: Decomposition<A>,
  of: BandMap<A>,
): Decomposition<A>;
export function mapBands<A extends FloatArray>(
  decomposition: Decomposition<A>,
  of: BandMap<A>,
): Decomposition<A> {
  const apply = (coefficients: A, key: string, level: number): A => {
    const result = of(coefficients, { key, level });
    if (result.length !== coefficients.length)
      throw new RangeError(
        `band ${key} of level ${level} has ${coefficients.length} coefficients, but the function returned ${result.length}`,
      );
    return result;
  };
  const { approximation, details, axes } = bandFormOf(decomposition);
  const mapped = ({ shape, data }: NdArray<A>, key: string, level: number) => {
    return { shape, data: apply(data, key, level) };
  };
  return withBands(decomposition, {
    approximation: mapped(approximation, "a".repeat(axes.length), details.length),
    details: details.map((bands, i) => {
      const own = Object.entries(bands).map(([key, band]) => [
        key,
        mapped(band, key, details.length - i),
      ]);
      return Object.fromEntries(own);
    }),
  });
}

/**
 * The two transforms of complex data with the coefficients of every band replaced by `of(coefficients, band)`, as
 * {@link mapBands} does, but with the complex coefficients of a band at once, for example for a threshold of their modulus.
 *
 * @example
 * ```ts
 * const echo = { re: Float64Array.of(3, 3, 0.1, 0), im: Float64Array.of(4, 4, 0.1, 0) };
 * const bands = onParts(echo, (part) => wavedec(part, "haar", { levels: 1 }));
 * const clean = mapComplexBands(bands, (band) => thresholdComplex(band, 1, { mode: "hard" }));
 * console.log(onParts(clean, (part) => waverec(part)).im.map((x) => Math.round(10 * x) / 10));
 * // → Float64Array(4) [ 4, 4, 0, 0 ]
 * ```
 */
export function mapComplexBands<D extends Decomposition>(
  { re, im }: ComplexParts<D>,
  of: (coefficients: ComplexParts<FloatArray>, band: BandName) => ComplexParts<FloatArray>,
): ComplexParts<D> {
  const own = bandsOf(im as Decomposition);
  let next = 0;
  const imaginary: FloatArray[] = [];
  const real = mapBands(re as Decomposition, (band, name) => {
    const result = of({ re: band, im: own[next++] ?? band.subarray(0, 0) }, name);
    imaginary.push(result.im);
    return result.re;
  });
  next = 0;
  return { re: real as D, im: mapBands(im as Decomposition, () => imaginary[next++]!) as D };
}

/**
 * All coefficients of a decomposition in one flat array, band by band in the order of {@link mapBands}: PyWavelets'
 * `ravel_coeffs`. Written into `out` if it is given. Bands that are views of `out`, each in its place as {@link unravel} makes them,
 * are left as they are.
 *
 * Throws RangeError for an `out` of another length or type, or one that shares memory with a band in another way.
 *
 * @example
 * ```ts
 * const transform = wavedec(new Float64Array(10), "db2", { levels: 1 });
 * console.log(ravel(transform).length); // two bands of 6
 * // → 12
 * ```
 */
export function ravel<A extends FloatArray>(
  decomposition: Decomposition<A>,
  options: Into<A> = {},
): A {
  checkOptions(options, intoNames);
  const bands = bandsOf(decomposition);
  const flat = arrayFor(options.out, bands[0]!, sizeOfAll(bands));
  const inPlace = options.out ? bandsWithin(flat, bands) : [];
  let place = 0;
  for (const [i, band] of bands.entries()) {
    if (!inPlace[i]) flat.set(band, place);
    place += band.length;
  }
  return flat;
}

/** Which of the bands are views of a flat array in their places. Throws RangeError if one shares memory with it otherwise. */
function bandsWithin<A extends FloatArray>(flat: A, bands: readonly A[]): boolean[] {
  let at = flat.byteOffset;
  return bands.map((band) => {
    const isThere =
      band.buffer === flat.buffer &&
      band.byteOffset === at &&
      band.BYTES_PER_ELEMENT === flat.BYTES_PER_ELEMENT;
    if (!isThere) checkApart(flat, band);
    at += band.length * flat.BYTES_PER_ELEMENT;
    return isThere;
  });
}

/**
 * The inverse of {@link ravel}: a decomposition of the form of `like`, whose coefficients are not read, with the
 * coefficients of a flat array. The bands are views of the array, not copies, so that nothing is allocated for them. Throws RangeError for another number of
 * coefficients than `like` has.
 */
export function unravel<A extends FloatArray>(flat: A, like: Wavedec): Wavedec<A>;
export function unravel<A extends FloatArray>(flat: A, like: Wavedec2): Wavedec2<A>;
export function unravel<A extends FloatArray>(flat: A, like: Wavedecn): Wavedecn<A>;
export function unravel<A extends FloatArray>(flat: A, like: Swt): Swt<A>;
export function unravel<A extends FloatArray>(flat: A, like: Swt2): Swt2<A>;
export function unravel<A extends FloatArray>(flat: A, like: Swtn): Swtn<A>;
export function unravel<A extends FloatArray>(flat: A, like: Decomposition): Decomposition {
  checkFloats(flat, "flat");
  const count = sizeOfAll(bandsOf(like));
  if (flat.length !== count)
    throw new RangeError(`${flat.length} coefficients do not fill bands of ${count}`);
  let place = 0;
  return mapBands(like, (band) => {
    place += band.length;
    return flat.subarray(place - band.length, place);
  });
}

/** The coefficients of all bands in the order of {@link mapBands}. */
function bandsOf<A extends FloatArray>(decomposition: Decomposition<A>): A[] {
  const { approximation, details } = bandFormOf(decomposition);
  const bands = [approximation.data];
  for (const level of details) for (const key in level) bands.push(level[key]!.data);
  return bands;
}

const sizeOfAll = (bands: readonly FloatArray[]): number =>
  bands.reduce((sum, band) => sum + band.length, 0);

/** Where a band lies in the flat array of {@link ravel}, and its shape. */
export interface BandSlice extends BandName {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
  readonly shape: readonly number[];
}

/**
 * Where each band lies in the flat array of {@link ravel}: PyWavelets' `coeff_slices` and `coeff_shapes`.
 *
 * @example
 * ```ts
 * const transform = wavedec2({ height: 5, width: 4, data: new Float64Array(20) }, "haar", { levels: 1 });
 * console.log(bandSlices(transform).map(({ key, start, end }) => `${key} ${start}…${end}`).join(", "));
 * // → aa 0…6, ad 6…12, da 12…18, dd 18…24
 * ```
 */
export function bandSlices(decomposition: Decomposition): BandSlice[] {
  const { approximation, details, axes } = bandFormOf(decomposition);
  const levels = details.length;
  const named = [
    { key: "a".repeat(axes.length), level: levels, shape: approximation.shape },
    ...details.flatMap((bands, i) =>
      Object.entries(bands).map(([key, { shape }]) => ({ key, level: levels - i, shape })),
    ),
  ];
  let end = 0;
  return named.map((band) => {
    const start = end;
    end += sizeOf(band.shape);
    return { ...band, start, end };
  });
}
