import { describe } from "../arguments/describe.ts";
import { checkLength, checkPositive } from "../arguments/numbers.ts";
import { checkOptions, optionNames } from "../arguments/options.ts";
import { checkContinuousWavelet } from "./wavelet/check.ts";
import type { ContinuousWavelet } from "./wavelet/definition.ts";

/** A range of scales. */
export interface ScaleRange {
  /** The finest scale, in samples. */
  readonly from: number;
  /** The upper limit of the scales, in samples. */
  readonly to: number;
  /** Scales per octave; 10 by default. */
  readonly voices?: number;
}

const rangeNames = optionNames<ScaleRange>({ from: true, to: true, voices: true });
const voicesNames = optionNames<DefaultScalesOptions>({ voices: true });

/** The most scales of {@link scalesFor}. */
const mostScales = 65_536;

/**
 * Scales in equal ratios, finest first: `from · 2^(i/voices)` up to `to`. Throws RangeError unless 0 < from ≤ to and
 * voices > 0, and for more than 65,536 scales.
 *
 * @example
 * ```ts
 * console.log(scalesFor({ from: 2, to: 16, voices: 1 }));
 * // → [ 2, 4, 8, 16 ]
 * ```
 */
export function scalesFor(range: ScaleRange): readonly number[] {
  checkOptions(range, rangeNames);
  const { from, to, voices = 10 } = range;
  checkPositive("the finest scale", from);
  checkPositive("the coarsest scale", to);
  checkPositive("the number of voices", voices);
  if (to < from)
    throw new RangeError(`the coarsest scale ${to} must not be below the finest scale ${from}`);
  const steps = Math.floor(voices * Math.log2(to / from) + 1e-9); // rounding must not lose the last scale
  if (steps >= mostScales)
    throw new RangeError(
      `${voices} voices from ${from} to ${to} make ${steps + 1} scales; at most ${mostScales} are allowed`,
    );
  return Array.from({ length: steps + 1 }, (_, i) => from * 2 ** (i / voices));
}

/** Options of {@link defaultScales}. */
export interface DefaultScalesOptions {
  /** Scales per octave. By default as many as the bandwidth of the wavelet needs, at least 8. */
  readonly voices?: number;
}

/**
 * Scales that leave no gap in the spectrum of `length` samples: from the scale that peaks at the Nyquist frequency, so that
 * the finest detail is covered, to the scale at which half of the signal lies outside the cone of influence.
 *
 * @example
 * ```ts
 * const scales = defaultScales(continuousWavelet("morlet6"), 1000);
 * console.log(scales.length, scales[0].toFixed(3));
 * // → 53 1.910
 * ```
 */
export function defaultScales(
  wavelet: ContinuousWavelet,
  length: number,
  options: DefaultScalesOptions = {},
): readonly number[] {
  checkContinuousWavelet(wavelet);
  checkLength("the length", length);
  checkOptions(options, voicesNames);
  const { peakFrequency, eFolding, meanFrequency, frequencySpread } = wavelet;
  const needed = Math.ceil((Math.LN2 * meanFrequency) / frequencySpread);
  const from = peakFrequency / Math.PI;
  const to = Math.max(from, length / 4 / eFolding);
  return scalesFor({ from, to, voices: options.voices ?? Math.max(8, needed) });
}

/**
 * For each scale, the number of samples from either end of the signal that the extension beyond the end affects: the scale
 * times the time after which |ψ|² stays below e⁻² of its peak. Samples closer to an end are outside the cone of influence.
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

/** Each scale's share of ∫ds/s, and the upper end of the coarsest scale's cell. */
export interface ScaleCells {
  readonly weights: Float64Array;
  readonly end: number;
}

/**
 * The axis of scales, cut half-way in ratio between adjacent scales: Σ weights f(s) is the midpoint rule for ∫f(s) ds/s. The
 * outer cells are symmetric; a single scale gets one octave. Scales can be in any order.
 */
export function scaleCells(scales: readonly number[]): ScaleCells {
  const order = [...scales.keys()].sort((a, b) => scales[a]! - scales[b]!);
  const logs = order.map((i) => Math.log(scales[i]!));
  const last = logs.length - 1;
  const low = logs[0]! - (last > 0 ? (logs[1]! - logs[0]!) / 2 : Math.LN2 / 2);
  const high = logs[last]! + (last > 0 ? (logs[last]! - logs[last - 1]!) / 2 : Math.LN2 / 2);
  const edges = [low, ...logs.slice(1).map((log, i) => (logs[i]! + log) / 2), high];
  const weights = new Float64Array(scales.length);
  for (const [place, i] of order.entries()) weights[i] = edges[place + 1]! - edges[place]!;
  return { weights, end: Math.exp(high) };
}

/** The coarsest scale, in samples. No signal is as long, and no spectrum overflows there. */
const coarsest = 2 ** 40;

/** The highest peak frequency of a scale, in cycles per sample. From there on a wavelet has practically no response. */
const highest = 4;

/**
 * The scales, frozen. Throws RangeError if there are none, one is not a positive number, or one is out of range: so fine that
 * the wavelet peaks beyond 4 cycles per sample (8 times the Nyquist frequency), or coarser than 2^40 samples. TypeError if
 * they are not a list.
 */
export function checkScales(scales: ArrayLike<number>, peakFrequency: number): readonly number[] {
  if (typeof scales !== "object" || scales === null || !Number.isInteger(scales.length))
    throw new TypeError(`the scales must be a list such as [2, 4, 8], not ${describe(scales)}`);
  if (scales.length === 0) throw new RangeError("a transform needs at least one scale");
  return Object.freeze(Array.from(scales, (scale) => checkScale(scale, peakFrequency)));
}

function checkScale(scale: number, peakFrequency: number): number {
  checkPositive("a scale", scale);
  const cycles = peakFrequency / (2 * Math.PI) / scale;
  if (cycles > highest)
    throw new RangeError(
      `the scale ${scale} is too small: there the wavelet peaks at ${Number(cycles.toPrecision(3))} cycles per sample, ` +
        "far above the Nyquist frequency of 0.5",
    );
  if (scale > coarsest)
    throw new RangeError(`the scale ${scale} is too large: at most 2^40 samples are allowed`);
  return scale;
}
