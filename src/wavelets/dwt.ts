import { lineAnalysis, lineSynthesis } from "./filterBank.ts";
import { type FloatArray, zerosLike } from "./floatArray.ts";
import { type Mode, modeRules } from "./mode.ts";
import type { Wavelet } from "./wavelet.ts";

/** Options of one analysis step. */
export interface DwtOptions {
  /** How the signal goes on beyond its ends; `symmetric` by default, as in PyWavelets. */
  readonly mode?: Mode;
}

/** One level of a signal's transform, with all that reconstruction needs. */
export interface Dwt<A extends FloatArray = FloatArray> {
  /** cA: the low band. */
  readonly approximation: A;
  /** cD: the high band. */
  readonly detail: A;
  /** Samples of the signal. */
  readonly length: number;
  readonly mode: Mode;
  readonly wavelet: Wavelet;
}

/**
 * One level of the discrete wavelet transform of a signal of N ≥ 1 samples: two bands of ⌈N/2⌉
 * coefficients (periodization) or ⌊(N + f − 1)/2⌋ (symmetric, filters of length f).
 * Throws RangeError for an empty signal.
 */
export function dwt<A extends FloatArray>(
  data: A,
  wavelet: Wavelet,
  options: DwtOptions = {},
): Dwt<A> {
  const mode = options.mode ?? "symmetric";
  if (data.length === 0) throw new RangeError("cannot transform an empty signal");
  const step = lineAnalysis(wavelet, mode, data.length);
  const approximation = zerosLike(data, step.count);
  const detail = zerosLike(data, step.count);
  step.run(data, 0, 1, approximation, 0, detail, 0, 1);
  return { approximation, detail, length: data.length, mode, wavelet };
}

/** The signal that {@link dwt} came from, with exactly its length. */
export function idwt<A extends FloatArray>(bands: Dwt<A>): A {
  const { approximation, detail, length, mode, wavelet } = bands;
  const step = lineSynthesis(wavelet, mode, length);
  expectLength("approximation", approximation, step.count);
  expectLength("detail", detail, step.count);
  const data = zerosLike(approximation, length);
  step.run(approximation, 0, detail, 0, 1, data, 0, 1);
  return data;
}

/** Options of a multi-level analysis. */
export interface WavedecOptions extends DwtOptions {
  /** Number of levels; {@link dwtMaxLevel} by default. More is allowed: every coefficient then feels the ends. */
  readonly levels?: number;
}

/** A signal's multi-level transform, with all that reconstruction needs. */
export interface Wavedec<A extends FloatArray = FloatArray> {
  /** `[cA_n, cD_n, …, cD_1]`, coarsest first, as PyWavelets orders them. */
  readonly coefficients: readonly A[];
  /** Samples of the signal. */
  readonly length: number;
  readonly mode: Mode;
  readonly wavelet: Wavelet;
}

/** The most levels at which some coefficient still does not feel the ends: ⌊log2(N / (f − 1))⌋, at least 0. */
export function dwtMaxLevel(length: number, wavelet: Wavelet): number {
  const f = wavelet.decLo.length;
  let levels = 0;
  while (length >= (f - 1) * 2 ** (levels + 1)) levels++;
  return levels;
}

/** Multi-level transform of a signal: {@link dwt} repeated on the low band. Throws RangeError as dwt does. */
export function wavedec<A extends FloatArray>(
  data: A,
  wavelet: Wavelet,
  options: WavedecOptions = {},
): Wavedec<A> {
  const mode = options.mode ?? "symmetric";
  const levels = checkLevels(options.levels ?? dwtMaxLevel(data.length, wavelet));
  let approximation = data.slice() as A;
  const details: A[] = [];
  for (let level = 0; level < levels; level++) {
    const bands = dwt(approximation, wavelet, { mode });
    details.unshift(bands.detail);
    approximation = bands.approximation;
  }
  return { coefficients: [approximation, ...details], length: data.length, mode, wavelet };
}

/** The signal that {@link wavedec} came from, with exactly its length. */
export function waverec<A extends FloatArray>(decomposition: Wavedec<A>): A {
  const { coefficients, mode, wavelet } = decomposition;
  const [coarsest, ...details] = coefficients;
  if (coarsest === undefined) throw new RangeError("a decomposition holds at least one band");
  const lengths = levelLengths(decomposition.length, details.length, wavelet, mode);
  return details.reduce<A>(
    (approximation, detail, i) =>
      idwt({ approximation, detail, length: lengths[details.length - 1 - i]!, mode, wavelet }),
    coarsest.slice() as A,
  );
}

/** Lengths of the signal and of its low band after 1, 2, … `levels` steps. */
export function levelLengths(
  length: number,
  levels: number,
  wavelet: Wavelet,
  mode: Mode,
): readonly number[] {
  const lengths = [length];
  for (let level = 1; level <= levels; level++)
    lengths.push(modeRules[mode].coefficientCount(lengths[level - 1]!, wavelet.decLo.length));
  return lengths;
}

/** `levels` if it is a whole number ≥ 0; throws RangeError otherwise. */
export function checkLevels(levels: number): number {
  if (!Number.isInteger(levels) || levels < 0)
    throw new RangeError(`levels must be a whole number from 0 up, not ${levels}`);
  return levels;
}

function expectLength(band: string, array: FloatArray, count: number): void {
  if (array.length !== count)
    throw new RangeError(`${band} holds ${array.length} coefficients where ${count} belong`);
}
