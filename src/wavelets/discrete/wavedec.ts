import { checkLevels } from "../arguments/levels.ts";
import { type FloatArray, zerosLike } from "../arrays/floatArray.ts";
import { checkMode, type Mode } from "../extension/mode.ts";
import { type WaveletLike, waveletOf } from "../families/wavelet.ts";
import type { Wavelet } from "../filterBank/wavelet.ts";
import type { DwtOptions } from "./dwt.ts";
import { dwtMaxLevel } from "./maxLevel.ts";
import { decompose, type Pyramid, recompose } from "./pyramid.ts";

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

/**
 * Multi-level transform of a signal: `dwt` repeated on the low band. Written into the arrays of `out` where it is given, a
 * former result of the same length and levels. Throws RangeError as dwt does.
 */
export function wavedec<A extends FloatArray>(
  data: A,
  wavelet: WaveletLike,
  options: WavedecOptions & { readonly out?: Wavedec<A> } = {},
): Wavedec<A> {
  return down(data, wavelet, options, "analysis");
}

/** The signal that {@link wavedec} came from, with exactly its length; written into `out` where it is given. */
export function waverec<A extends FloatArray>(decomposition: Wavedec<A>, out?: A): A {
  return up(decomposition, "synthesis", out);
}

/** The transpose of {@link wavedec}. */
export function wavedecAdjoint<A extends FloatArray>(decomposition: Wavedec<A>, out?: A): A {
  return up(decomposition, "analysisAdjoint", out);
}

/** The transpose of {@link waverec}. */
export function waverecAdjoint<A extends FloatArray>(
  data: A,
  wavelet: WaveletLike,
  options: WavedecOptions & { readonly out?: Wavedec<A> } = {},
): Wavedec<A> {
  return down(data, wavelet, options, "synthesisAdjoint");
}

function down<A extends FloatArray>(
  data: A,
  like: WaveletLike,
  { mode: name = "symmetric", levels: asked, out }: WavedecOptions & { readonly out?: Wavedec<A> },
  map: "analysis" | "synthesisAdjoint",
): Wavedec<A> {
  const [wavelet, mode, { length }] = [waveletOf(like), checkMode(name), data];
  if (length === 0) throw new RangeError("cannot transform an empty signal");
  const levels = checkLevels(asked ?? dwtMaxLevel(length, wavelet));
  const axes = [{ axis: 0, wavelet, mode }];
  const target = decompose(map, data, [length], axes, levels, {
    ...(out && { out: pyramidOf(out, levels) }),
  });
  const coefficients = [target.approximation, ...target.levels.flatMap(({ bands }) => bands)];
  return { coefficients, length, mode, wavelet };
}

function up<A extends FloatArray>(
  decomposition: Wavedec<A>,
  map: "synthesis" | "analysisAdjoint",
  out?: A,
): A {
  const { coefficients, length, mode, wavelet } = decomposition;
  const pyramid = pyramidOf(decomposition, coefficients.length - 1);
  const data = out ?? zerosLike(pyramid.approximation, length);
  recompose(map, pyramid, [length], [{ axis: 0, wavelet, mode }], data);
  return data;
}

function pyramidOf<A extends FloatArray>({ coefficients }: Wavedec<A>, levels: number): Pyramid<A> {
  const [approximation, ...details] = coefficients;
  if (!approximation) throw new RangeError("a decomposition holds at least one band");
  if (details.length !== levels)
    throw new RangeError(`${details.length} levels stand where ${levels} belong`);
  return {
    approximation,
    levels: details.map((band) => ({ shape: [band.length], bands: [band] })),
  };
}
