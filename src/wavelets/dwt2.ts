import {
  checkLevels,
  type DwtOptions,
  dwtMaxLevel,
  levelLengths,
  type WavedecOptions,
} from "./dwt.ts";
import { lineAnalysis, lineSynthesis } from "./filterBank.ts";
import { type FloatArray, zerosLike } from "./floatArray.ts";
import type { Mode } from "./mode.ts";
import type { Wavelet } from "./wavelet.ts";

/** A matrix in row-major order; axis 0 runs down the rows, axis 1 along the columns. */
export interface Matrix<A extends FloatArray = FloatArray> {
  readonly height: number;
  readonly width: number;
  readonly data: A;
}

/** The three detail bands of one level, in PyWavelets' order (cH, cV, cD). */
export interface DetailBands<A extends FloatArray = FloatArray> {
  /** cH: high along axis 0, low along axis 1; answers to horizontal edges. */
  readonly horizontal: Matrix<A>;
  /** cV: low along axis 0, high along axis 1; answers to vertical edges. */
  readonly vertical: Matrix<A>;
  /** cD: high along both. */
  readonly diagonal: Matrix<A>;
}

/** One level of a matrix's transform, with all that reconstruction needs. */
export interface Dwt2<A extends FloatArray = FloatArray> extends DetailBands<A> {
  /** cA: low along both axes. */
  readonly approximation: Matrix<A>;
  /** Size of the matrix that was transformed. */
  readonly height: number;
  readonly width: number;
  readonly mode: Mode;
  readonly wavelet: Wavelet;
}

/** A matrix's multi-level transform, with all that reconstruction needs. */
export interface Wavedec2<A extends FloatArray = FloatArray> {
  readonly approximation: Matrix<A>;
  /** Detail bands, coarsest level first. */
  readonly details: readonly DetailBands<A>[];
  /** Size of the matrix that was transformed. */
  readonly height: number;
  readonly width: number;
  readonly mode: Mode;
  readonly wavelet: Wavelet;
}

/**
 * One level of the separable two-dimensional transform, axis 0 first and then axis 1 (the order is
 * visible in the last bit). Throws RangeError for an empty matrix or one whose data has another size.
 */
export function dwt2<A extends FloatArray>(
  matrix: Matrix<A>,
  wavelet: Wavelet,
  options: DwtOptions = {},
): Dwt2<A> {
  const mode = options.mode ?? "symmetric";
  checkMatrix(matrix);
  const { height, width, data } = matrix;
  const down = lineAnalysis(wavelet, mode, height);
  const along = lineAnalysis(wavelet, mode, width);
  const rows = down.count;
  const columns = along.count;

  const low = new Float64Array(rows * width);
  const high = new Float64Array(rows * width);
  for (let j = 0; j < width; j++) down.run(data, j, width, low, j, high, j, width);

  const band = () => ({ height: rows, width: columns, data: zerosLike(data, rows * columns) });
  const bands = { approximation: band(), horizontal: band(), vertical: band(), diagonal: band() };
  for (let i = 0; i < rows; i++) {
    const to = i * columns;
    along.run(low, i * width, 1, bands.approximation.data, to, bands.vertical.data, to, 1);
    along.run(high, i * width, 1, bands.horizontal.data, to, bands.diagonal.data, to, 1);
  }
  return { ...bands, height, width, mode, wavelet };
}

/** The matrix that {@link dwt2} came from, with exactly its size. */
export function idwt2<A extends FloatArray>(bands: Dwt2<A>): Matrix<A> {
  const { approximation, horizontal, vertical, diagonal, height, width, mode, wavelet } = bands;
  const down = lineSynthesis(wavelet, mode, height);
  const along = lineSynthesis(wavelet, mode, width);
  const rows = down.count;
  const columns = along.count;
  for (const band of [approximation, horizontal, vertical, diagonal])
    if (band.height !== rows || band.width !== columns || band.data.length !== rows * columns)
      throw new RangeError(
        `a band of ${band.height}×${band.width} stands where ${rows}×${columns} belongs`,
      );

  const low = new Float64Array(rows * width);
  const high = new Float64Array(rows * width);
  for (let i = 0; i < rows; i++) {
    const from = i * columns;
    along.run(approximation.data, from, vertical.data, from, 1, low, i * width, 1);
    along.run(horizontal.data, from, diagonal.data, from, 1, high, i * width, 1);
  }
  const data = zerosLike(approximation.data, height * width);
  for (let j = 0; j < width; j++) down.run(low, j, high, j, width, data, j, width);
  return { height, width, data };
}

/** Multi-level transform of a matrix: {@link dwt2} repeated on the low band. Throws RangeError as dwt2 does. */
export function wavedec2<A extends FloatArray>(
  matrix: Matrix<A>,
  wavelet: Wavelet,
  options: WavedecOptions = {},
): Wavedec2<A> {
  const mode = options.mode ?? "symmetric";
  const { height, width } = matrix;
  const levels = checkLevels(options.levels ?? dwtMaxLevel(Math.min(height, width), wavelet));
  let approximation: Matrix<A> = { height, width, data: matrix.data.slice() as A };
  const details: DetailBands<A>[] = [];
  for (let level = 0; level < levels; level++) {
    const step = dwt2(approximation, wavelet, { mode });
    const { horizontal, vertical, diagonal } = step;
    details.unshift({ horizontal, vertical, diagonal });
    approximation = step.approximation;
  }
  return { approximation, details, height, width, mode, wavelet };
}

/** The matrix that {@link wavedec2} came from, with exactly its size. */
export function waverec2<A extends FloatArray>(decomposition: Wavedec2<A>): Matrix<A> {
  const { approximation, details, mode, wavelet } = decomposition;
  const heights = levelLengths(decomposition.height, details.length, wavelet, mode);
  const widths = levelLengths(decomposition.width, details.length, wavelet, mode);
  return details.reduce<Matrix<A>>(
    (coarse, bands, i) => {
      const level = details.length - 1 - i;
      const size = { height: heights[level]!, width: widths[level]! };
      return idwt2({ ...bands, approximation: coarse, ...size, mode, wavelet });
    },
    { ...approximation, data: approximation.data.slice() as A },
  );
}

/** Throws RangeError for an empty matrix or one whose data has another size. */
export function checkMatrix({ height, width, data }: Matrix): void {
  if (height < 1 || width < 1 || data.length !== height * width)
    throw new RangeError(`a ${height}×${width} matrix cannot hold ${data.length} values`);
}
