import { checkResult } from "../../arguments/result.ts";
import { checkFloats, type FloatArray, zerosLike } from "../../arrays/floatArray.ts";
import { rowMajor } from "../../arrays/ndArray.ts";
import type { Wavedec } from "../wavedec.ts";
import type { Wavedec2 } from "../wavedec2.ts";
import type { Wavedecn } from "../wavedecn.ts";

/** The name of one band of a decomposition. */
export interface BandName {
  /** PyWavelets' letters, one for each axis in ascending order: `d` in 1-D, `da` (hl) in 2-D; only `a` for the approximation. */
  readonly key: string;
  /** 1 is the finest level. The approximation has the level of the coarsest details. */
  readonly level: number;
}

/** A function that replaces the coefficients of one band (row-major in n-D too) by as many others. */
export type BandMap<A extends FloatArray> = (coefficients: A, band: BandName) => A;

/** A multi-level transform of a signal, a matrix or an array. */
export type Decomposition<A extends FloatArray = FloatArray> =
  | Wavedec<A>
  | Wavedec2<A>
  | Wavedecn<A>;

/**
 * A decomposition with the coefficients of every band replaced by `of(coefficients, band)`, for example thresholded. The
 * bands come in the order of PyWavelets' `ravel_coeffs`: the approximation, then level by level, coarsest first, by key.
 * Throws RangeError if `of` returns another number of coefficients.
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
  checkDecomposition(decomposition);
  if ("coefficients" in decomposition) {
    const levels = decomposition.coefficients.length - 1;
    const coefficients = decomposition.coefficients.map((band, i) =>
      i === 0 ? apply(band, "a", levels) : apply(band, "d", levels + 1 - i),
    );
    return { ...decomposition, coefficients };
  }
  const levels = decomposition.details.length;
  if ("height" in decomposition) {
    const { approximation, details } = decomposition;
    return {
      ...decomposition,
      approximation: { ...approximation, data: apply(approximation.data, "aa", levels) },
      details: details.map(({ hl, lh, hh }, i) => {
        const level = levels - i;
        const low = { ...lh, data: apply(lh.data, "ad", level) };
        const high = { ...hl, data: apply(hl.data, "da", level) };
        return { hl: high, lh: low, hh: { ...hh, data: apply(hh.data, "dd", level) } };
      }),
    };
  }
  const { approximation, details, axes } = decomposition;
  const nd = (array: typeof approximation, key: string, level: number) => {
    return { shape: array.shape, data: apply(rowMajor(array), key, level) };
  };
  return {
    ...decomposition,
    approximation: nd(approximation, "a".repeat(axes.length), levels),
    details: details.map((bands, i) => {
      const sorted = Object.entries(bands).toSorted(([a], [b]) => (a < b ? -1 : 1));
      return Object.fromEntries(sorted.map(([key, band]) => [key, nd(band, key, levels - i)]));
    }),
  };
}

/**
 * All coefficients of a decomposition in one flat array, band by band in the order of {@link mapBands}: PyWavelets'
 * `ravel_coeffs`.
 *
 * @example
 * ```ts
 * const transform = wavedec(new Float64Array(10), "db2", { levels: 1 });
 * console.log(ravel(transform).length); // two bands of 6
 * // → 12
 * ```
 */
export function ravel<A extends FloatArray>(decomposition: Decomposition<A>): A {
  const bands = bandsOf(decomposition);
  const flat = zerosLike(bands[0]!, sizeOfAll(bands));
  let place = 0;
  for (const band of bands) {
    flat.set(band, place);
    place += band.length;
  }
  return flat;
}

/**
 * The inverse of {@link ravel}: a decomposition of the form of `like`, whose coefficients are not read, with the
 * coefficients of a flat array. The bands are views of the array, not copies. Throws RangeError for another number of
 * coefficients than `like` has.
 */
export function unravel<A extends FloatArray>(flat: A, like: Wavedec): Wavedec<A>;
export function unravel<A extends FloatArray>(flat: A, like: Wavedec2): Wavedec2<A>;
export function unravel<A extends FloatArray>(flat: A, like: Wavedecn): Wavedecn<A>;
export function unravel<A extends FloatArray>(
  flat: A,
  like: Wavedec | Wavedec2 | Wavedecn,
): Decomposition {
  checkFloats(flat, "flat");
  const count = sizeOfAll(bandsOf(like));
  if (flat.length !== count)
    throw new RangeError(`${flat.length} coefficients do not fill bands of ${count}`);
  let place = 0;
  return mapBands(like as Decomposition, (band) => {
    place += band.length;
    return flat.subarray(place - band.length, place);
  });
}

function bandsOf<A extends FloatArray>(decomposition: Decomposition<A>): A[] {
  const bands: A[] = [];
  mapBands(decomposition, (band) => {
    bands.push(band);
    return band;
  });
  return bands;
}

const sizeOfAll = (bands: readonly FloatArray[]): number =>
  bands.reduce((sum, band) => sum + band.length, 0);

function checkDecomposition(decomposition: object): void {
  checkResult(
    decomposition,
    typeof decomposition === "object" && decomposition !== null && "coefficients" in decomposition
      ? "coefficients"
      : "details",
    "wavedec, wavedec2 or wavedecn",
  );
}
