import { type FloatArray, zerosLike } from "../../arrays/floatArray.ts";
import { rowMajor } from "../../arrays/ndArray.ts";
import type { Wavedec } from "../wavedec.ts";
import type { Wavedec2 } from "../wavedec2.ts";
import type { Wavedecn } from "../wavedecn.ts";

/** Which band of a decomposition it is. */
export interface BandName {
  /** PyWavelets' letters, one for each axis in ascending order: `d` in 1-D, `da` (hl) in 2-D; all `a` for the approximation. */
  readonly key: string;
  /** 1 is the finest; the approximation has the level of the coarsest details. */
  readonly level: number;
}

/** What becomes of one band's coefficients (row-major, n-D too): as many as before. */
export type BandMap<A extends FloatArray> = (coefficients: A, band: BandName) => A;

/** A multi-level transform of a signal, a matrix or an array. */
export type Decomposition<A extends FloatArray = FloatArray> =
  | Wavedec<A>
  | Wavedec2<A>
  | Wavedecn<A>;

/**
 * A decomposition with the coefficients of every band replaced by what `of` makes of them, such as thresholded ones. Bands
 * come in PyWavelets' order of `ravel_coeffs`: the approximation, then level by level, coarsest first, by key. Throws
 * RangeError where `of` gives another number of coefficients.
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
        `band ${key} of level ${level} holds ${coefficients.length} coefficients, not ${result.length}`,
      );
    return result;
  };
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
 * All coefficients of a decomposition in one flat array, band by band in the order of {@link mapBands}; PyWavelets'
 * `ravel_coeffs`.
 */
export function ravel<A extends FloatArray>(decomposition: Decomposition<A>): A {
  const bands = bandsOf(decomposition);
  const flat = zerosLike(bands[0]!, sizeOfAll(bands)); // an approximation at least
  let place = 0;
  for (const band of bands) {
    flat.set(band, place);
    place += band.length;
  }
  return flat;
}

/**
 * A decomposition with the coefficients of a flat array, in the form of `like`, whose own coefficients do not matter. Its
 * bands are views of the array, not copies. Throws RangeError for another number of coefficients than `like` has.
 */
export function unravel<A extends FloatArray>(flat: A, like: Wavedec): Wavedec<A>;
export function unravel<A extends FloatArray>(flat: A, like: Wavedec2): Wavedec2<A>;
export function unravel<A extends FloatArray>(flat: A, like: Wavedecn): Wavedecn<A>;
export function unravel<A extends FloatArray>(
  flat: A,
  like: Wavedec | Wavedec2 | Wavedecn,
): Decomposition {
  const count = sizeOfAll(bandsOf(like));
  if (flat.length !== count)
    throw new RangeError(`${flat.length} coefficients stand where ${count} belong`);
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
