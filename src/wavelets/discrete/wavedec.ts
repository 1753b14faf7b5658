import { checkLevels } from "../arguments/levels.ts";
import { checkOptions, optionNames } from "../arguments/options.ts";
import { checkResult } from "../arguments/result.ts";
import { checkSignal, type FloatArray, zerosLike } from "../arrays/floatArray.ts";
import { type Into, intoNames } from "../arrays/into.ts";
import { checkMode, type Mode } from "../extension/mode.ts";
import { type WaveletLike, waveletOf } from "../families/wavelet.ts";
import type { Wavelet } from "../filterBank/wavelet.ts";
import type { DwtOptions } from "./dwt.ts";
import { lineBands } from "./lineBands.ts";
import { lineSignal } from "./lineSignal.ts";
import { levelsWithin } from "./maxLevel.ts";
import {
  analysisAdjoint,
  decompose,
  type Pyramid,
  recompose,
  synthesisAdjoint,
} from "./pyramid.ts";

/** Options of a multi-level analysis. */
export interface WavedecOptions extends DwtOptions {
  /** Number of levels; `dwtMaxLevel` by default. With more levels the boundary affects every coefficient. */
  readonly levels?: number;
}

/** A signal's multi-level transform, with everything that reconstruction needs. */
export interface Wavedec<A extends FloatArray = FloatArray> {
  /** `[cA_n, cD_n, …, cD_1]`, coarsest first, in PyWavelets' order. */
  readonly coefficients: readonly A[];
  /** Number of samples of the signal. */
  readonly length: number;
  readonly mode: Mode;
  readonly wavelet: Wavelet;
}

/** Names of the options of a multi-level analysis. */
export const wavedecOptionNames = optionNames<WavedecOptions & Into<unknown>>({
  mode: true,
  levels: true,
  out: true,
});

/**
 * Multi-level transform of a signal: `dwt`, repeated on the low-pass band. Throws as `dwt` does, and RangeError for
 * `levels` that are not an integer from 0 to 53.
 *
 * @example
 * ```ts
 * const signal = Float64Array.from({ length: 100 }, (_, i) => Math.sin(i / 9));
 * const { coefficients } = wavedec(signal, "db2", { levels: 3, mode: "periodization" });
 * console.log(coefficients.map((band) => band.length)); // cA3, cD3, cD2, cD1
 * // → [ 13, 13, 25, 50 ]
 * ```
 */
export function wavedec<A extends FloatArray>(
  data: A,
  wavelet: WaveletLike,
  options: WavedecOptions & Into<Wavedec<A>> = {},
): Wavedec<A> {
  const { along, levels, out } = checked(data, wavelet, options);
  const coefficients = lineBands(data, along, levels, out?.coefficients);
  return { coefficients, length: data.length, mode: along.mode, wavelet: along.wavelet };
}

/**
 * The inverse of {@link wavedec}: the signal, with exactly its length. Throws RangeError if a band has the wrong length.
 *
 * @example
 * ```ts
 * const transform = wavedec(Float64Array.of(1, 2, 3, 4, 5), "haar", { levels: 2 });
 * console.log(waverec(transform).map(Math.round));
 * // → Float64Array(5) [ 1, 2, 3, 4, 5 ]
 * ```
 */
export function waverec<A extends FloatArray>(decomposition: Wavedec<A>, options: Into<A> = {}): A {
  checkResult(decomposition, "coefficients", "wavedec");
  checkOptions(options, intoNames);
  const { coefficients, length, mode, wavelet } = decomposition;
  if (!coefficients[0]) throw noBands();
  const data = options.out ?? zerosLike(coefficients[0], length);
  lineSignal(coefficients, { wavelet, mode }, length, data);
  return data;
}

/** The transpose of {@link wavedec}: ⟨wavedec x, c⟩ = ⟨x, wavedecAdjoint c⟩. */
export function wavedecAdjoint<A extends FloatArray>(
  decomposition: Wavedec<A>,
  options: Into<A> = {},
): A {
  checkResult(decomposition, "coefficients", "wavedec");
  checkOptions(options, intoNames);
  const { length, mode, wavelet } = decomposition;
  const pyramid = pyramidOf(decomposition);
  const data = options.out ?? zerosLike(pyramid.approximation, length);
  recompose(analysisAdjoint, pyramid, [length], [{ axis: 0, wavelet, mode }], data);
  return data;
}

/** The transpose of {@link waverec}. */
export function waverecAdjoint<A extends FloatArray>(
  data: A,
  wavelet: WaveletLike,
  options: WavedecOptions & Into<Wavedec<A>> = {},
): Wavedec<A> {
  const { along, levels, out } = checked(data, wavelet, options);
  const { length } = data;
  const axes = [{ ...along, axis: 0 }];
  const into = out && pyramidOf(out);
  const target = decompose(synthesisAdjoint, data, [length], axes, levels, into);
  const coefficients = [target.approximation, ...target.levels.flatMap(({ bands }) => bands)];
  return { coefficients, length, ...along };
}

/** The arguments of an analysis, or of its transpose. */
function checked<A extends FloatArray>(
  data: A,
  like: WaveletLike,
  options: WavedecOptions & Into<Wavedec<A>>,
) {
  checkSignal(data);
  checkOptions(options, wavedecOptionNames);
  const wavelet = waveletOf(like);
  const mode = checkMode(options.mode ?? "symmetric");
  const levels = checkLevels(options.levels ?? levelsWithin(data.length, wavelet.decLo.length));
  const { out } = options;
  if (out) checkLevelsOf(out, levels);
  return { along: { mode, wavelet }, levels, out };
}

/** Throws RangeError unless a decomposition has so many levels. */
function checkLevelsOf({ coefficients }: Wavedec, levels: number): void {
  if (!coefficients[0]) throw noBands();
  if (coefficients.length - 1 !== levels)
    throw new RangeError(
      `the decomposition has ${coefficients.length - 1} levels instead of ${levels}`,
    );
}

function pyramidOf<A extends FloatArray>(decomposition: Wavedec<A>): Pyramid<A> {
  const [approximation, ...details] = decomposition.coefficients;
  if (!approximation) throw noBands();
  return {
    approximation,
    levels: details.map((band) => ({ shape: [band.length], bands: [band] })),
  };
}

const noBands = () => new RangeError("a decomposition must hold at least one band");
