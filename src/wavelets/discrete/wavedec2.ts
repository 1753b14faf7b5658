import { checkLevels } from "../arguments/levels.ts";
import { checkOptions } from "../arguments/options.ts";
import { checkResult } from "../arguments/result.ts";
import type { DetailBands } from "../arrays/detailBands.ts";
import { type FloatArray, zerosLike } from "../arrays/floatArray.ts";
import { type Into, intoNames } from "../arrays/into.ts";
import { checkMatrix, checkSize, type Matrix } from "../arrays/matrix.ts";
import { checkMode, type Mode } from "../extension/mode.ts";
import { type WaveletLike, waveletOf } from "../families/wavelet.ts";
import type { DownStep, UpStep } from "../filterBank/axisStep.ts";
import type { Wavelet } from "../filterBank/wavelet.ts";
import { levelsWithin } from "./maxLevel.ts";
import {
  analysis,
  analysisAdjoint,
  decompose,
  type LevelMap,
  type Pyramid,
  type PyramidAxis,
  recompose,
  synthesis,
  synthesisAdjoint,
} from "./pyramid.ts";
import { type WavedecOptions, wavedecOptionNames } from "./wavedec.ts";

/** A matrix's multi-level transform, with everything that reconstruction needs. */
export interface Wavedec2<A extends FloatArray = FloatArray> {
  /** The coarsest low-pass band: PyWavelets' cA. */
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
 * Multi-level transform of a matrix. Each level filters the low-pass band along axis 0, then along axis 1 (the order
 * shows in the last bit). `levels` is `dwtMaxLevel` of the shorter side by default.
 *
 * Throws RangeError for an empty matrix, one whose data has another size, or `levels` that are not an integer from 0 to
 * 53; TypeError for arguments of the wrong type.
 *
 * @example
 * ```ts
 * const image = { height: 16, width: 12, data: new Float32Array(16 * 12).fill(0.5) };
 * const { approximation, details } = wavedec2(image, "bior2.2", { levels: 2, mode: "periodization" });
 * console.log(`${approximation.height}×${approximation.width}`);
 * // → 4×3
 * console.log(details.map(({ hh }) => `${hh.height}×${hh.width}`)); // coarsest level first
 * // → [ '4×3', '8×6' ]
 * ```
 */
export function wavedec2<A extends FloatArray>(
  matrix: Matrix<A>,
  wavelet: WaveletLike,
  options: WavedecOptions & Into<Wavedec2<A>> = {},
): Wavedec2<A> {
  return down(matrix, wavelet, options, analysis);
}

/**
 * The inverse of {@link wavedec2}: the matrix, with exactly its size. Throws RangeError if a band has the wrong size.
 *
 * @example
 * ```ts
 * const matrix = { height: 3, width: 3, data: Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9) };
 * const back = waverec2(wavedec2(matrix, "haar", { levels: 1 }));
 * console.log(back.height, back.width, back.data.map(Math.round).join(" "));
 * // → 3 3 1 2 3 4 5 6 7 8 9
 * ```
 */
export function waverec2<A extends FloatArray>(
  decomposition: Wavedec2<A>,
  options: Into<Matrix<A>> = {},
): Matrix<A> {
  return up(decomposition, synthesis, options);
}

/** The transpose of {@link wavedec2}. */
export function wavedec2Adjoint<A extends FloatArray>(
  decomposition: Wavedec2<A>,
  options: Into<Matrix<A>> = {},
): Matrix<A> {
  return up(decomposition, analysisAdjoint, options);
}

/** The transpose of {@link waverec2}. */
export function waverec2Adjoint<A extends FloatArray>(
  matrix: Matrix<A>,
  wavelet: WaveletLike,
  options: WavedecOptions & Into<Wavedec2<A>> = {},
): Wavedec2<A> {
  return down(matrix, wavelet, options, synthesisAdjoint);
}

function down<A extends FloatArray>(
  matrix: Matrix<A>,
  like: WaveletLike,
  options: WavedecOptions & Into<Wavedec2<A>>,
  map: LevelMap<DownStep>,
): Wavedec2<A> {
  checkMatrix(matrix);
  checkOptions(options, wavedecOptionNames);
  const { height, width, data } = matrix;
  const wavelet = waveletOf(like);
  const mode = checkMode(options.mode ?? "symmetric");
  const shorter = Math.min(height, width);
  const levels = checkLevels(options.levels ?? levelsWithin(shorter, wavelet.decLo.length));
  const { out } = options;
  if (out && out.details.length !== levels)
    throw new RangeError(`out has ${out.details.length} levels instead of ${levels}`);
  const shape = [height, width];
  const target = decompose(
    map,
    data,
    shape,
    bothAxes(wavelet, mode),
    levels,
    out && pyramidOf(out),
  );
  const details = target.levels.map(({ shape: own, bands: [lh, hl, hh] }) => {
    return { hl: matrixOf(own, hl!), lh: matrixOf(own, lh!), hh: matrixOf(own, hh!) };
  });
  const approximation = matrixOf(target.levels[0]?.shape ?? shape, target.approximation);
  return { approximation, details, height, width, mode, wavelet };
}

function up<A extends FloatArray>(
  decomposition: Wavedec2<A>,
  map: LevelMap<UpStep>,
  options: Into<Matrix<A>>,
): Matrix<A> {
  checkResult(decomposition, "details", "wavedec2");
  checkOptions(options, intoNames);
  const { height, width, mode, wavelet } = decomposition;
  const { out } = options;
  const pyramid = pyramidOf(decomposition);
  if (out) checkSize(out, height, width);
  const data = out?.data ?? zerosLike(pyramid.approximation, height * width);
  recompose(map, pyramid, [height, width], bothAxes(wavelet, mode), data);
  return { height, width, data };
}

const matrixOf = <A extends FloatArray>(shape: readonly number[], data: A): Matrix<A> => {
  return { height: shape[0]!, width: shape[1]!, data };
};

const bothAxes = (wavelet: Wavelet, mode: Mode): PyramidAxis[] => [
  { axis: 0, wavelet, mode },
  { axis: 1, wavelet, mode },
];

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
