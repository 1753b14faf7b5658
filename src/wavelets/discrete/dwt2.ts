import type { DetailBands } from "../arrays/detailBands.ts";
import type { FloatArray } from "../arrays/floatArray.ts";
import type { Matrix } from "../arrays/matrix.ts";
import type { Mode } from "../extension/mode.ts";
import type { WaveletLike } from "../families/wavelet.ts";
import type { Wavelet } from "../filterBank/wavelet.ts";
import type { DwtOptions } from "./dwt.ts";
import { type Wavedec2, wavedec2, wavedec2Adjoint, waverec2, waverec2Adjoint } from "./wavedec2.ts";

/** One level of a matrix's transform, with all that reconstruction needs. */
export interface Dwt2<A extends FloatArray = FloatArray> extends DetailBands<A> {
  /** Low along both axes: PyWavelets' cA. */
  readonly approximation: Matrix<A>;
  /** Size of the matrix that was transformed. */
  readonly height: number;
  readonly width: number;
  readonly mode: Mode;
  readonly wavelet: Wavelet;
}

/**
 * One level of the separable two-dimensional transform, axis 0 first and then axis 1 (the order is visible in the last
 * bit). Written into the arrays of `out` where it is given, a former result for the same size. Throws RangeError for an
 * empty matrix or one whose data has another size.
 */
export function dwt2<A extends FloatArray>(
  matrix: Matrix<A>,
  wavelet: WaveletLike,
  { out, ...options }: DwtOptions & { readonly out?: Dwt2<A> } = {},
): Dwt2<A> {
  return oneLevel(
    wavedec2(matrix, wavelet, { ...options, levels: 1, ...(out && { out: nested(out) }) }),
  );
}

/** The matrix that {@link dwt2} came from, with exactly its size; written into `out` where it is given. */
export function idwt2<A extends FloatArray>(bands: Dwt2<A>, out?: Matrix<A>): Matrix<A> {
  return waverec2(nested(bands), out);
}

/** The transpose of {@link dwt2}. */
export function dwt2Adjoint<A extends FloatArray>(bands: Dwt2<A>, out?: Matrix<A>): Matrix<A> {
  return wavedec2Adjoint(nested(bands), out);
}

/** The transpose of {@link idwt2}. */
export function idwt2Adjoint<A extends FloatArray>(
  matrix: Matrix<A>,
  wavelet: WaveletLike,
  { out, ...options }: DwtOptions & { readonly out?: Dwt2<A> } = {},
): Dwt2<A> {
  return oneLevel(
    waverec2Adjoint(matrix, wavelet, { ...options, levels: 1, ...(out && { out: nested(out) }) }),
  );
}

function oneLevel<A extends FloatArray>({ details, ...whole }: Wavedec2<A>): Dwt2<A> {
  return { ...whole, ...details[0]! }; // of one level
}

function nested<A extends FloatArray>({ hl, lh, hh, ...whole }: Dwt2<A>): Wavedec2<A> {
  return { ...whole, details: [{ hl, lh, hh }] };
}
