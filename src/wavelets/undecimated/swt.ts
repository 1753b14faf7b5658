import { checkLevels } from "../arguments/levels.ts";
import { type FloatArray, zerosLike } from "../arrays/floatArray.ts";
import { type WaveletLike, waveletOf } from "../families/wavelet.ts";
import type { Wavelet } from "../filterBank/wavelet.ts";
import { atrous, type Bank, transposedBank } from "./banks.ts";
import { cascade, rebuild } from "./cascade.ts";

/** Options of a stationary transform. */
export interface SwtOptions {
  /** Number of levels; {@link swtMaxLevel} by default. More is allowed: the filters then wrap around the signal. */
  readonly levels?: number;
  /** Steps that are skipped: the first filters are those of level `startLevel` + 1. 0 by default. */
  readonly startLevel?: number;
  /** Filters divided by √2: an orthogonal wavelet then keeps the energy of the signal. False by default. */
  readonly norm?: boolean;
  /** Keep the approximation of the coarsest level only, which is all that {@link iswt} needs. False by default. */
  readonly trimApprox?: boolean;
}

/** A signal's stationary transform: bands as long as the signal, with all that reconstruction needs. */
export interface Swt<A extends FloatArray = FloatArray> {
  /** `[cA_n, …, cA_1]`, coarsest first; `[cA_n]` where trimmed. Without levels, the signal. */
  readonly approximations: readonly A[];
  /** `[cD_n, …, cD_1]`, coarsest first. */
  readonly details: readonly A[];
  /** Samples of the signal, and of each band. */
  readonly length: number;
  readonly startLevel: number;
  readonly norm: boolean;
  readonly wavelet: Wavelet;
}

/**
 * The levels at which an undecimated filter still steps within the signal: ⌊log2 N⌋. (PyWavelets' function of this name
 * counts how often N can be halved, which is the same for powers of two; here no length is excluded.)
 */
export function swtMaxLevel(length: number): number {
  return Math.max(0, Math.floor(Math.log2(length)));
}

/**
 * Stationary (undecimated) wavelet transform of a signal of any length N ≥ 1, taken as periodic: the algorithme à trous,
 * whose bands move with the signal. Where N is a multiple of 2^levels the values are PyWavelets'.
 * Throws RangeError for an empty signal or levels that are no whole numbers from 0 up.
 */
export function swt<A extends FloatArray>(
  data: A,
  wavelet: WaveletLike,
  options: SwtOptions = {},
): Swt<A> {
  const plan = planOf(data.length, wavelet, options);
  const { approximations, details } = cascade(data, analysisBanks(plan));
  const { trimApprox = false } = options;
  return {
    ...plan,
    approximations: trimApprox ? approximations.slice(0, 1) : approximations,
    details,
  };
}

/**
 * The signal that {@link swt} came from, at any length. Of coefficients that come from no signal it makes the mean of
 * what their decimated parts say, as PyWavelets does. Only the coarsest approximation is looked at.
 * Throws RangeError if a band has another length than the signal.
 */
export function iswt<A extends FloatArray>(coefficients: Swt<A>): A {
  const { details, length } = coefficients;
  const approximations = coefficients.approximations.slice(0, 1);
  return rebuild({ approximations, details }, synthesisBanks(coefficients), length);
}

/** The adjoint of {@link swt}: all bands that are there count, every approximation too. Throws RangeError as iswt does. */
export function swtAdjoint<A extends FloatArray>(coefficients: Swt<A>): A {
  const banks = analysisBanks(coefficients).map(transposedBank);
  return rebuild(coefficients, banks, coefficients.length);
}

/**
 * The adjoint of {@link iswt}: signal to coefficients, of the form that {@link swt} gives with these options. The finer
 * approximations are zeros, for the inverse does not look at them. Throws RangeError as swt does.
 */
export function iswtAdjoint<A extends FloatArray>(
  data: A,
  wavelet: WaveletLike,
  options: SwtOptions = {},
): Swt<A> {
  const plan = planOf(data.length, wavelet, options);
  const { approximations, details } = cascade(data, synthesisBanks(plan).map(transposedBank));
  const [coarsest, ...finer] = approximations;
  const zeros = options.trimApprox ? [] : finer.map((band) => zerosLike(band, band.length));
  return { ...plan, approximations: [coarsest!, ...zeros], details }; // a cascade leaves at least one
}

/** The levels of a transform without its bands; `details` only says how many levels there are. */
interface Plan {
  readonly details: readonly unknown[];
  readonly length: number;
  readonly startLevel: number;
  readonly norm: boolean;
  readonly wavelet: Wavelet;
}

function planOf(length: number, like: WaveletLike, options: SwtOptions): Plan {
  const wavelet = waveletOf(like);
  const { startLevel = 0, norm = false } = options;
  const levels = checkLevels(options.levels ?? swtMaxLevel(length));
  checkStartLevel(startLevel);
  return { details: Array.from({ length: levels }), length, startLevel, norm, wavelet };
}

/** Throws RangeError unless `startLevel` is a whole number from 0 up. */
export function checkStartLevel(startLevel: number): void {
  if (!Number.isInteger(startLevel) || startLevel < 0)
    throw new RangeError(`startLevel must be a whole number from 0 up, not ${startLevel}`);
}

function analysisBanks({ details, startLevel, norm, wavelet }: Plan): Bank[] {
  return details.map((_, i) => atrous.analysis(wavelet, startLevel + i + 1, norm));
}

function synthesisBanks({ details, startLevel, norm, wavelet }: Plan): Bank[] {
  return details.map((_, i) => atrous.synthesis(wavelet, startLevel + i + 1, norm));
}
