import { checkLevels } from "../arguments/levels.ts";
import type { DetailBands } from "../arrays/detailBands.ts";
import { type FloatArray, zerosLike } from "../arrays/floatArray.ts";
import { checkMatrix, checkSize, type Matrix } from "../arrays/matrix.ts";
import { checkMode, type Mode } from "../extension/mode.ts";
import { type WaveletLike, waveletOf } from "../families/wavelet.ts";
import type { Wavelet } from "../filterBank/wavelet.ts";
import { dwtMaxLevel } from "./maxLevel.ts";
import { decompose, type Pyramid, type PyramidAxis, recompose } from "./pyramid.ts";
import type { WavedecOptions } from "./wavedec.ts";

/** A matrix's multi-level transform, with all that reconstruction needs. */
export interface Wavedec2<A extends FloatArray = FloatArray> {
  /** The lowest band: PyWavelets' cA. */
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
 * Multi-level transform of a matrix: `dwt2` repeated on the low band. Written into the arrays of `out` where it is given, a
 * former result of the same size and levels. Throws RangeError as dwt2 does.
 */
export function wavedec2<A extends FloatArray>(
  matrix: Matrix<A>,
  wavelet: WaveletLike,
  options: WavedecOptions & { readonly out?: Wavedec2<A> } = {},
): Wavedec2<A> {
  return down(matrix, wavelet, options, "analysis");
}

/** The matrix that {@link wavedec2} came from, with exactly its size; written into `out` where it is given. */
export function waverec2<A extends FloatArray>(
  decomposition: Wavedec2<A>,
  out?: Matrix<A>,
): Matrix<A> {
  return up(decomposition, "synthesis", out);
}

/** The transpose of {@link wavedec2}. */
export function wavedec2Adjoint<A extends FloatArray>(
  decomposition: Wavedec2<A>,
  out?: Matrix<A>,
): Matrix<A> {
  return up(decomposition, "analysisAdjoint", out);
}

/** The transpose of {@link waverec2}. */
export function waverec2Adjoint<A extends FloatArray>(
  matrix: Matrix<A>,
  wavelet: WaveletLike,
  options: WavedecOptions & { readonly out?: Wavedec2<A> } = {},
): Wavedec2<A> {
  return down(matrix, wavelet, options, "synthesisAdjoint");
}

function down<A extends FloatArray>(
  matrix: Matrix<A>,
  like: WaveletLike,
  { mode: name = "symmetric", levels: asked, out }: WavedecOptions & { readonly out?: Wavedec2<A> },
  map: "analysis" | "synthesisAdjoint",
): Wavedec2<A> {
  checkMatrix(matrix);
  const { height, width, data } = matrix;
  const [wavelet, mode] = [waveletOf(like), checkMode(name)];
  const levels = checkLevels(asked ?? dwtMaxLevel(Math.min(height, width), wavelet));
  if (out && out.details.length !== levels)
    throw new RangeError(`out has ${out.details.length} levels where ${levels} belong`);
  const shape = [height, width];
  const axes = bothAxes(wavelet, mode);
  const target = decompose(map, data, shape, axes, levels, { ...(out && { out: pyramidOf(out) }) });
  const matrixOf = ([rows, columns]: readonly number[], band: A): Matrix<A> => {
    return { height: rows!, width: columns!, data: band }; // two axes
  };
  const details = target.levels.map(({ shape: own, bands: [lh, hl, hh] }) => {
    const sized = (band: A | undefined) => matrixOf(own, band!); // 2² − 1 bands
    return { hl: sized(hl), lh: sized(lh), hh: sized(hh) };
  });
  const approximation = matrixOf(target.levels[0]?.shape ?? shape, target.approximation);
  return { approximation, details, height, width, mode, wavelet };
}

function up<A extends FloatArray>(
  decomposition: Wavedec2<A>,
  map: "synthesis" | "analysisAdjoint",
  out?: Matrix<A>,
): Matrix<A> {
  const { height, width, mode, wavelet } = decomposition;
  const pyramid = pyramidOf(decomposition);
  if (out) checkSize(out, height, width);
  const data = out?.data ?? zerosLike(pyramid.approximation, height * width);
  recompose(map, pyramid, [height, width], bothAxes(wavelet, mode), data);
  return { height, width, data };
}

const bothAxes = (wavelet: Wavelet, mode: Mode): PyramidAxis[] =>
  [0, 1].map((axis) => ({ axis, wavelet, mode }));

/** The bands in the order of `analyze`. */
function pyramidOf<A extends FloatArray>({ approximation, details }: Wavedec2<A>): Pyramid<A> {
  const coarsest = details[0]?.hh;
  if (coarsest) checkSize(approximation, coarsest.height, coarsest.width);
  return {
    approximation: approximation.data,
    levels: details.map(({ hl, lh, hh }) => {
      for (const band of [hl, lh]) checkSize(band, hh.height, hh.width);
      return { shape: [hh.height, hh.width], bands: [lh.data, hl.data, hh.data] };
    }),
  };
}
