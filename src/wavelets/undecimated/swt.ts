import { checkLevels } from "../arguments/levels.ts";
import { checkLength } from "../arguments/numbers.ts";
import { checkOptions, optionNames } from "../arguments/options.ts";
import { checkResult } from "../arguments/result.ts";
import { checkSignal, type FloatArray } from "../arrays/floatArray.ts";
import { type Into, intoNames, zerosFor } from "../arrays/into.ts";
import { type WaveletLike, waveletOf } from "../families/wavelet.ts";
import type { Wavelet } from "../filterBank/wavelet.ts";
import { atrous, type Bank, transposedBank } from "./banks.ts";
import { cascade, rebuild } from "./cascade.ts";
import { checkEarlier } from "./earlier.ts";

/** Options of a stationary transform. */
export interface SwtOptions {
  /** Number of levels; {@link swtMaxLevel} by default. With more levels the filters wrap around the signal. */
  readonly levels?: number;
  /** Levels to skip: the first filters are those of level `startLevel` + 1. 0 by default. */
  readonly startLevel?: number;
  /** Whether to divide the filters by √2, so that an orthogonal wavelet preserves the energy. False by default. */
  readonly norm?: boolean;
  /** Whether to keep only the approximation of the coarsest level, which is all that {@link iswt} needs. False by default. */
  readonly trimApprox?: boolean;
}

/** A signal's stationary transform: bands as long as the signal, with everything that reconstruction needs. */
export interface Swt<A extends FloatArray = FloatArray> {
  /** `[cA_n, …, cA_1]`, coarsest first; `[cA_n]` with `trimApprox`; the signal if there are no levels. */
  readonly approximations: readonly A[];
  /** `[cD_n, …, cD_1]`, coarsest first. */
  readonly details: readonly A[];
  /** Number of samples of the signal and of each band. */
  readonly length: number;
  readonly startLevel: number;
  readonly norm: boolean;
  readonly wavelet: Wavelet;
}

/** Names of the options of a stationary transform. */
export const swtOptionNames = optionNames<SwtOptions & Into<unknown>>({
  levels: true,
  startLevel: true,
  norm: true,
  trimApprox: true,
  out: true,
});

/**
 * The most levels at which an undecimated filter still steps within the signal: ⌊log2 N⌋. (PyWavelets' function of this
 * name counts how often N can be halved, which is the same for powers of two. Here every length is allowed.) Throws
 * RangeError unless N is an integer from 0 up.
 */
export function swtMaxLevel(length: number): number {
  return Math.max(0, Math.floor(Math.log2(checkLength("the length", length))));
}

/**
 * Stationary (undecimated) wavelet transform of a signal of any length N ≥ 1, extended periodically: the algorithme à
 * trous. Its bands shift with the signal. If N is a multiple of 2^levels, the values are PyWavelets'.
 *
 * The bands are written into `out` if it is given, which may hold the signal itself.
 *
 * Throws RangeError for an empty signal, `levels` that are not an integer from 0 to 53 and an `out` of other sizes, TypeError for
 * arguments of the wrong type.
 *
 * @example
 * ```ts
 * const { details } = swt(Float64Array.of(0, 0, 1, 0, 0, 0), "haar", { levels: 1 });
 * console.log(details[0].map((x) => Math.round(x * Math.SQRT2)).join(" "));
 * // → 0 -1 1 0 0 0
 * ```
 */
export function swt<A extends FloatArray>(
  data: A,
  wavelet: WaveletLike,
  options: SwtOptions & Into<Swt<A>> = {},
): Swt<A> {
  const plan = planOf(data, wavelet, options);
  return { ...plan, ...cascade(data, analysisBanks(plan), options.trimApprox, options.out) };
}

/**
 * The inverse of {@link swt}: the signal, for any length. For coefficients that are not the transform of a signal, the
 * result is the mean over all decimated transforms that they contain, as in PyWavelets. Only the coarsest approximation is
 * read. The signal is written into `out` if it is given, which may be one of the bands. Throws RangeError if a band has another
 * length than the signal, and for an `out` of another length or type.
 *
 * @example
 * ```ts
 * const back = iswt(swt(Float64Array.of(1, 2, 3, 4, 5), "db2", { levels: 2 }));
 * console.log(back.map((x) => Math.round(x)));
 * // → Float64Array(5) [ 1, 2, 3, 4, 5 ]
 * ```
 */
export function iswt<A extends FloatArray>(coefficients: Swt<A>, options: Into<A> = {}): A {
  checkResult(coefficients, "approximations", "swt");
  checkOptions(options, intoNames);
  const { details, length } = coefficients;
  const approximations = coefficients.approximations.slice(0, 1);
  return rebuild({ approximations, details }, synthesisBanks(coefficients), length, options.out);
}

/** The adjoint of {@link swt}, over all bands that are present, finer approximations included. Throws RangeError as iswt does. */
export function swtAdjoint<A extends FloatArray>(coefficients: Swt<A>, options: Into<A> = {}): A {
  checkResult(coefficients, "approximations", "swt");
  checkOptions(options, intoNames);
  const banks = analysisBanks(coefficients).map(transposedBank);
  return rebuild(coefficients, banks, coefficients.length, options.out);
}

/**
 * The adjoint of {@link iswt}: from a signal to coefficients, in the form that {@link swt} returns with these options. The
 * finer approximations are zeros, because the inverse does not read them. Throws as swt does.
 */
export function iswtAdjoint<A extends FloatArray>(
  data: A,
  wavelet: WaveletLike,
  options: SwtOptions & Into<Swt<A>> = {},
): Swt<A> {
  const plan = planOf(data, wavelet, options);
  const banks = synthesisBanks(plan).map(transposedBank);
  const [lowest, ...others] = options.out?.approximations ?? [];
  const out = options.out && lowest && { ...options.out, approximations: [lowest] };
  const { approximations, details } = cascade(data, banks, true, out);
  const finer = options.trimApprox ? [] : details.slice(1);
  const zeros = finer.map((band, i) => zerosFor(others[i], band, band.length, "a band of out"));
  return { ...plan, approximations: [...approximations, ...zeros], details };
}

/** The levels of a transform without its bands; only the number of `details` matters. */
interface Plan {
  readonly details: readonly unknown[];
  readonly length: number;
  readonly startLevel: number;
  readonly norm: boolean;
  readonly wavelet: Wavelet;
}

function planOf(data: FloatArray, like: WaveletLike, options: SwtOptions & Into<Swt>): Plan {
  checkSignal(data);
  checkOptions(options, swtOptionNames);
  const { length } = data;
  const wavelet = waveletOf(like);
  const { startLevel = 0, norm = false } = options;
  const levels = checkLevels(options.levels ?? swtMaxLevel(length));
  checkLevels(startLevel, "startLevel");
  checkEarlier(options.out, levels, options.trimApprox ?? false, "swt");
  return { details: Array.from({ length: levels }), length, startLevel, norm, wavelet };
}

function analysisBanks({ details, startLevel, norm, wavelet }: Plan): Bank[] {
  return details.map((_, i) => atrous.analysis(wavelet, startLevel + i + 1, norm));
}

function synthesisBanks({ details, startLevel, norm, wavelet }: Plan): Bank[] {
  return details.map((_, i) => atrous.synthesis(wavelet, startLevel + i + 1, norm));
}
