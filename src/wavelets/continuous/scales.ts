import { checkPositive } from "../arguments/numbers.ts";
import type { ContinuousWavelet } from "./wavelet/definition.ts";

/** Which scales {@link scalesFor} gives. */
export interface ScaleRange {
  /** The finest scale, in samples. */
  readonly from: number;
  /** No scale is coarser, in samples. */
  readonly to: number;
  /** Scales an octave; 10 by default. */
  readonly voices?: number;
}

/** Scales in equal ratios, finest first: `from · 2^(i/voices)` up to `to`. Throws RangeError unless 0 < from ≤ to. */
export function scalesFor({ from, to, voices = 10 }: ScaleRange): readonly number[] {
  checkPositive("the finest scale", from);
  checkPositive("the coarsest scale", to);
  checkPositive("the number of voices", voices);
  if (to < from) throw new RangeError(`scales run from fine to coarse, not from ${from} to ${to}`);
  const steps = Math.floor(voices * Math.log2(to / from) + 1e-9); // lest rounding lose the last
  return Array.from({ length: steps + 1 }, (_, i) => from * 2 ** (i / voices));
}

/**
 * Scales that leave no hole in the spectrum of `length` samples: from the one whose peak frequency is Nyquist's, so that
 * the finest detail is covered, to the one at which half of the signal is outside the cone of influence. As many an octave
 * as the wavelet's bandwidth asks for, 8 at least.
 */
export function defaultScales(
  wavelet: ContinuousWavelet,
  length: number,
  options: { readonly voices?: number } = {},
): readonly number[] {
  const { peakFrequency, eFolding, meanFrequency, frequencySpread } = wavelet;
  const needed = Math.ceil((Math.LN2 * meanFrequency) / frequencySpread);
  const from = peakFrequency / Math.PI;
  const to = Math.max(from, length / 4 / eFolding);
  return scalesFor({ from, to, voices: options.voices ?? Math.max(8, needed) });
}

/**
 * For each scale, how many samples from either end of the signal what lies beyond the end is felt: the scale times the
 * time in which |ψ|² falls to e⁻² for good. Instants nearer to an end are outside the cone of influence.
 */
export function coneOfInfluence({
  scales,
  wavelet,
}: {
  readonly scales: readonly number[];
  readonly wavelet: ContinuousWavelet;
}): Float64Array {
  return Float64Array.from(scales, (scale) => scale * wavelet.eFolding);
}

/** Each scale's part of ∫ds/s, and where the coarsest scale's part ends. */
export interface ScaleCells {
  readonly weights: Float64Array;
  readonly end: number;
}

/**
 * The axis of scales cut half-way, in ratio, between neighbors: Σ weights f(s) is the midpoint rule for ∫f(s) ds/s.
 * The outer cells are as wide on both sides; a single scale stands for an octave. Scales may come in any order.
 */
export function scaleCells(scales: readonly number[]): ScaleCells {
  const order = [...scales.keys()].sort((a, b) => scales[a]! - scales[b]!); // places of scales
  const logs = order.map((i) => Math.log(scales[i]!)); // as above
  const last = logs.length - 1;
  const low = logs[0]! - (last > 0 ? (logs[1]! - logs[0]!) / 2 : Math.LN2 / 2); // never empty
  const high = logs[last]! + (last > 0 ? (logs[last]! - logs[last - 1]!) / 2 : Math.LN2 / 2);
  const edges = [low, ...logs.slice(1).map((log, i) => (logs[i]! + log) / 2), high]; // i is one behind
  const weights = new Float64Array(scales.length);
  for (const [place, i] of order.entries()) weights[i] = edges[place + 1]! - edges[place]!; // one more than logs
  return { weights, end: Math.exp(high) };
}

/** The scales, if there are any and all are positive numbers; throws RangeError otherwise. */
export function checkScales(scales: ArrayLike<number>): readonly number[] {
  if (scales.length === 0) throw new RangeError("a transform needs one scale at least");
  return Object.freeze(Array.from(scales, (scale) => checkPositive("a scale", scale)));
}
