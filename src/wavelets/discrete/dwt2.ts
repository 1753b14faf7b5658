import { checkOptions } from "../arguments/options.ts";
import { checkResult } from "../arguments/result.ts";
import type { DetailBands } from "../arrays/detailBands.ts";
import type { FloatArray } from "../arrays/floatArray.ts";
import type { Into } from "../arrays/into.ts";
import type { Matrix } from "../arrays/matrix.ts";
import type { Mode } from "../extension/mode.ts";
import type { WaveletLike } from "../families/wavelet.ts";
import type { Wavelet } from "../filterBank/wavelet.ts";
import { type DwtOptions, dwtOptionNames } from "./dwt.ts";
import { type Wavedec2, wavedec2, wavedec2Adjoint, waverec2, waverec2Adjoint } from "./wavedec2.ts";

/** One level of a matrix's transform, with everything that reconstruction needs. */
export interface Dwt2<A extends FloatArray = FloatArray> extends DetailBands<A> {
  /** Low-pass along both axes: PyWavelets' cA. */
  readonly approximation: Matrix<A>;
  /** Size of the matrix that was transformed. */
  readonly height: number;
  readonly width: number;
  readonly mode: Mode;
  readonly wavelet: Wavelet;
}

/**
 * One level of the separable two-dimensional transform: {@link wavedec2} with one level. It filters along axis 0, then
 * along axis 1.
 *
 * Throws RangeError for an empty matrix or one whose data has another size, TypeError for arguments of the wrong type.
 *
 * @example
 * ```ts
 * const image = { height: 2, width: 4, data: Float64Array.of(0, 0, 0, 0, 1, 1, 1, 1) };
 * const { approximation, hl, lh } = dwt2(image, "haar");
 * console.log(approximation.data.map(Math.round), hl.data.map(Math.round), lh.data); // hl responds to the horizontal edge
 * // → Float64Array(2) [ 1, 1 ] Float64Array(2) [ -1, -1 ] Float64Array(2) [ 0, 0 ]
 * ```
 */
export function dwt2<A extends FloatArray>(
  matrix: Matrix<A>,
  wavelet: WaveletLike,
  options: DwtOptions & Into<Dwt2<A>> = {},
): Dwt2<A> {
  return oneLevel(wavedec2(matrix, wavelet, withOneLevel(options)));
}

/**
 * The inverse of {@link dwt2}: the matrix, with exactly its size. Throws RangeError if a band has the wrong size.
 *
 * @example
 * ```ts
 * const matrix = { height: 2, width: 3, data: Float64Array.of(1, 2, 3, 4, 5, 6) };
 * console.log(idwt2(dwt2(matrix, "db2")).data.map(Math.round));
 * // → Float64Array(6) [ 1, 2, 3, 4, 5, 6 ]
 * ```
 */
export function idwt2<A extends FloatArray>(
  bands: Dwt2<A>,
  options: Into<Matrix<A>> = {},
): Matrix<A> {
  return waverec2(nested(bands), options);
}

/** The transpose of {@link dwt2}. */
export function dwt2Adjoint<A extends FloatArray>(
  bands: Dwt2<A>,
  options: Into<Matrix<A>> = {},
): Matrix<A> {
  return wavedec2Adjoint(nested(bands), options);
}

/** The transpose of {@link idwt2}. */
export function idwt2Adjoint<A extends FloatArray>(
  matrix: Matrix<A>,
  wavelet: WaveletLike,
  options: DwtOptions & Into<Dwt2<A>> = {},
): Dwt2<A> {
  return oneLevel(waverec2Adjoint(matrix, wavelet, withOneLevel(options)));
}

function withOneLevel<A extends FloatArray>(options: DwtOptions & Into<Dwt2<A>>) {
  checkOptions(options, dwtOptionNames);
  const { mode = "symmetric", out } = options;
  return out ? { mode, levels: 1, out: nested(out) } : { mode, levels: 1 };
}

function oneLevel<A extends FloatArray>(decomposition: Wavedec2<A>): Dwt2<A> {
  const { approximation, details, height, width, mode, wavelet } = decomposition;
  return { approximation, ...details[0]!, height, width, mode, wavelet };
}

function nested<A extends FloatArray>(bands: Dwt2<A>): Wavedec2<A> {
  checkResult(bands, "hh", "dwt2");
  const { approximation, hl, lh, hh, height, width, mode, wavelet } = bands;
  return { approximation, details: [{ hl, lh, hh }], height, width, mode, wavelet };
}
