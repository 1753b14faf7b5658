import { checkLevels } from "../arguments/levels.ts";
import { checkOptions, optionNames } from "../arguments/options.ts";
import { checkResult } from "../arguments/result.ts";
import { checkSignal, type FloatArray } from "../arrays/floatArray.ts";
import { type WaveletLike, waveletOf } from "../families/wavelet.ts";
import type { Wavelet } from "../filterBank/wavelet.ts";
import { type Bank, maximalOverlap, transposedBank } from "./banks.ts";
import { cascade, rebuild } from "./cascade.ts";
import { swtMaxLevel } from "./swt.ts";

/** Options of a MODWT. */
export interface ModwtOptions {
  /** Number of levels; ⌊log2 N⌋ by default. With more levels the filters wrap around the signal. */
  readonly levels?: number;
}

/** A signal's maximal overlap transform, with everything that reconstruction needs. */
export interface Modwt<A extends FloatArray = FloatArray> {
  /** V_J, the scaling coefficients of the coarsest level. */
  readonly approximation: A;
  /** `[W_J, …, W_1]`, the wavelet coefficients, coarsest level first. */
  readonly details: readonly A[];
  /** Number of samples of the signal and of each band. */
  readonly length: number;
  readonly wavelet: Wavelet;
}

const modwtOptions = optionNames<ModwtOptions>({ levels: true });

/**
 * Maximal overlap discrete wavelet transform of a signal of any length N ≥ 1. The signal is extended periodically; filters
 * and alignment are those of Percival and Walden (Wavelet Methods for Time Series Analysis, 2000, chapter 5). For an
 * orthogonal wavelet the energies of the bands add up to the energy of the signal.
 *
 * Throws RangeError for an empty signal or `levels` that are not an integer from 0 to 53, TypeError for arguments of the
 * wrong type.
 *
 * @example
 * ```ts
 * const { approximation, details } = modwt(Float64Array.of(1, 2, 3, 4, 5), "haar", { levels: 2 });
 * console.log(details.length, approximation.length); // every band is as long as the signal
 * // → 2 5
 * ```
 */
export function modwt<A extends FloatArray>(
  data: A,
  wavelet: WaveletLike,
  options: ModwtOptions = {},
): Modwt<A> {
  const levels = levelsOf(data, options);
  const own = waveletOf(wavelet);
  return analyze(data, own, analysisBanks(own, levels));
}

/**
 * The inverse of {@link modwt}: the signal. Throws RangeError if a band has another length than the signal.
 *
 * @example
 * ```ts
 * console.log(imodwt(modwt(Float64Array.of(1, 2, 3, 4, 5), "db2")).map((x) => Math.round(x)));
 * // → Float64Array(5) [ 1, 2, 3, 4, 5 ]
 * ```
 */
export function imodwt<A extends FloatArray>(coefficients: Modwt<A>): A {
  checkResult(coefficients, "approximation", "modwt");
  const { details, wavelet } = coefficients;
  return synthesize(coefficients, synthesisBanks(wavelet, details.length));
}

/** The adjoint of {@link modwt}; for an orthogonal wavelet it equals the inverse. Throws RangeError as imodwt does. */
export function modwtAdjoint<A extends FloatArray>(coefficients: Modwt<A>): A {
  checkResult(coefficients, "approximation", "modwt");
  const { details, wavelet } = coefficients;
  return synthesize(coefficients, analysisBanks(wavelet, details.length).map(transposedBank));
}

/** The adjoint of {@link imodwt}: from a signal to coefficients. Throws as modwt does. */
export function imodwtAdjoint<A extends FloatArray>(
  data: A,
  wavelet: WaveletLike,
  options: ModwtOptions = {},
): Modwt<A> {
  const levels = levelsOf(data, options);
  const own = waveletOf(wavelet);
  return analyze(data, own, synthesisBanks(own, levels).map(transposedBank));
}

function levelsOf(data: FloatArray, options: ModwtOptions): number {
  checkSignal(data);
  checkOptions(options, modwtOptions);
  return checkLevels(options.levels ?? swtMaxLevel(data.length));
}

function analysisBanks(wavelet: Wavelet, levels: number): Bank[] {
  return levelsUpTo(levels).map((level) => maximalOverlap.analysis(wavelet, level));
}

function synthesisBanks(wavelet: Wavelet, levels: number): Bank[] {
  return levelsUpTo(levels).map((level) => maximalOverlap.synthesis(wavelet, level));
}

function levelsUpTo(levels: number): number[] {
  return Array.from({ length: levels }, (_, i) => i + 1);
}

function analyze<A extends FloatArray>(
  data: A,
  wavelet: Wavelet,
  banks: readonly Bank[],
): Modwt<A> {
  const { approximations, details } = cascade(data, banks, true);
  return { approximation: approximations[0]!, details, length: data.length, wavelet };
}

function synthesize<A extends FloatArray>(coefficients: Modwt<A>, banks: readonly Bank[]): A {
  const { approximation, details, length } = coefficients;
  return rebuild({ approximations: [approximation], details }, banks, length);
}
