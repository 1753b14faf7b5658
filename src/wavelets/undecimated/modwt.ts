import { checkLevels } from "../arguments/levels.ts";
import type { FloatArray } from "../arrays/floatArray.ts";
import { type WaveletLike, waveletOf } from "../families/wavelet.ts";
import type { Wavelet } from "../filterBank/wavelet.ts";
import { type Bank, maximalOverlap, transposedBank } from "./banks.ts";
import { cascade, rebuild } from "./cascade.ts";
import { swtMaxLevel } from "./swt.ts";

/** Options of a MODWT. */
export interface ModwtOptions {
  /** Number of levels; ⌊log2 N⌋ by default. More is allowed: the filters then wrap around the signal. */
  readonly levels?: number;
}

/** A signal's maximal overlap transform, with all that reconstruction needs. */
export interface Modwt<A extends FloatArray = FloatArray> {
  /** V_J, the scaling coefficients of the coarsest level. */
  readonly approximation: A;
  /** `[W_J, …, W_1]`, the wavelet coefficients, coarsest level first. */
  readonly details: readonly A[];
  /** Samples of the signal, and of each band. */
  readonly length: number;
  readonly wavelet: Wavelet;
}

/**
 * Maximal overlap discrete wavelet transform of a signal of any length N ≥ 1, taken as periodic, with Percival and
 * Walden's filters and alignment (Wavelet Methods for Time Series Analysis, 2000, chapter 5). For an orthogonal wavelet
 * the energies of the bands add up to the signal's. Throws RangeError for an empty signal or levels that are no whole
 * number from 0 up.
 */
export function modwt<A extends FloatArray>(
  data: A,
  wavelet: WaveletLike,
  options: ModwtOptions = {},
): Modwt<A> {
  const levels = options.levels ?? swtMaxLevel(data.length);
  const own = waveletOf(wavelet);
  return analyze(data, own, analysisBanks(own, levels));
}

/** The signal that {@link modwt} came from. Throws RangeError if a band has another length than the signal. */
export function imodwt<A extends FloatArray>(coefficients: Modwt<A>): A {
  const { details, wavelet } = coefficients;
  return synthesize(coefficients, synthesisBanks(wavelet, details.length));
}

/** The adjoint of {@link modwt}; for an orthogonal wavelet it is the inverse. Throws RangeError as imodwt does. */
export function modwtAdjoint<A extends FloatArray>(coefficients: Modwt<A>): A {
  const { details, wavelet } = coefficients;
  return synthesize(coefficients, analysisBanks(wavelet, details.length).map(transposedBank));
}

/** The adjoint of {@link imodwt}: signal to coefficients. Throws RangeError as modwt does. */
export function imodwtAdjoint<A extends FloatArray>(
  data: A,
  wavelet: WaveletLike,
  options: ModwtOptions = {},
): Modwt<A> {
  const levels = options.levels ?? swtMaxLevel(data.length);
  const own = waveletOf(wavelet);
  return analyze(data, own, synthesisBanks(own, levels).map(transposedBank));
}

function analysisBanks(wavelet: Wavelet, levels: number): Bank[] {
  return levelsUpTo(levels).map((level) => maximalOverlap.analysis(wavelet, level));
}

function synthesisBanks(wavelet: Wavelet, levels: number): Bank[] {
  return levelsUpTo(levels).map((level) => maximalOverlap.synthesis(wavelet, level));
}

function levelsUpTo(levels: number): number[] {
  return Array.from({ length: checkLevels(levels) }, (_, i) => i + 1);
}

function analyze<A extends FloatArray>(
  data: A,
  wavelet: Wavelet,
  banks: readonly Bank[],
): Modwt<A> {
  const { approximations, details } = cascade(data, banks);
  return { approximation: approximations[0]!, details, length: data.length, wavelet }; // a cascade leaves at least one
}

function synthesize<A extends FloatArray>(coefficients: Modwt<A>, banks: readonly Bank[]): A {
  const { approximation, details, length } = coefficients;
  return rebuild({ approximations: [approximation], details }, banks, length);
}
