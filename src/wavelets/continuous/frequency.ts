import { describe } from "../arguments/describe.ts";
import { checkPositive } from "../arguments/numbers.ts";
import { dualSpectra } from "../families/frequencyResponse.ts";
import { isWaveletName, waveletAliases, waveletOf } from "../families/wavelet.ts";
import type { Wavelet } from "../filterBank/wavelet.ts";
import { continuousWavelet } from "./families.ts";
import type { ContinuousWavelet } from "./wavelet/definition.ts";

/** A discrete or continuous wavelet, or the name of one. */
export type AnyWavelet = Wavelet | ContinuousWavelet | string;

/**
 * The frequency at which |ψ̂| of the analysis wavelet is largest, in cycles per unit of ψ's argument, from the exact spectrum;
 * for a discrete wavelet to about 1e-8. (PyWavelets' `central_frequency` is the largest term of an FFT of ψ, with the
 * resolution of one over ψ's width.) Throws RangeError for an unknown name, and for bior3.1, whose spectrum of analysis has no
 * maximum.
 *
 * @example
 * ```ts
 * console.log(centralFrequency("cmor1.5-1.0"), centralFrequency("db4").toFixed(4));
 * // → 1 0.6977
 * ```
 */
export function centralFrequency(wavelet: AnyWavelet): number {
  const known = knownWavelet(wavelet);
  if ("centralFrequency" in known) return known.centralFrequency;
  const size = (cycles: number) => {
    const { re, im } = dualSpectra(known, [2 * Math.PI * cycles]).psi;
    return Math.hypot(re[0]!, im[0]!);
  };
  const grid = Array.from({ length: highest * gridSteps + 1 }, (_, i) => i / gridSteps);
  const sizes = grid.map(size);
  const peak = grid[sizes.indexOf(Math.max(...sizes))]!;
  // The band of a wavelet is about the octave from 1/2 to 1.
  if (peak > 2)
    throw new RangeError(
      `${known.name} has no central frequency, because its spectrum does not decay`,
    );
  return maximum(size, peak - 1 / gridSteps, peak + 1 / gridSteps);
}

/**
 * The frequency at which a wavelet has its peak at a scale in samples, in cycles per unit of the sampling period. Throws
 * RangeError as {@link centralFrequency} does, and unless scale and period are positive.
 *
 * @example
 * ```ts
 * console.log(scaleToFrequency("morlet6", 10, 1 / 1000).toFixed(2)); // Hz at 1000 samples per second
 * // → 95.49
 * ```
 */
export function scaleToFrequency(wavelet: AnyWavelet, scale: number, samplingPeriod = 1): number {
  checkPositive("a scale", scale);
  checkPositive("the sampling period", samplingPeriod);
  return centralFrequency(wavelet) / scale / samplingPeriod;
}

/** The scale in samples at which a wavelet has its peak at a frequency: the inverse of {@link scaleToFrequency}. */
export function frequencyToScale(
  wavelet: AnyWavelet,
  frequency: number,
  samplingPeriod = 1,
): number {
  checkPositive("a frequency", frequency);
  checkPositive("the sampling period", samplingPeriod);
  return centralFrequency(wavelet) / frequency / samplingPeriod;
}

/** The search for the maximum goes up to this number of cycles, in this number of steps per cycle. */
const [highest, gridSteps] = [8, 32];

/** The wavelet, if need be by its name. Throws RangeError for an unknown name, TypeError for anything else. */
export function knownWavelet(wavelet: AnyWavelet): Wavelet | ContinuousWavelet {
  const known = typeof wavelet === "string" ? named(wavelet) : wavelet;
  if (typeof known !== "object" || known === null)
    throw new TypeError(`the wavelet must be a wavelet or a name, not ${describe(wavelet)}`);
  return known;
}

function named(name: string): Wavelet | ContinuousWavelet {
  if (isWaveletName(name)) return waveletOf(name);
  return Object.hasOwn(waveletAliases, name)
    ? waveletOf(name as keyof typeof waveletAliases)
    : continuousWavelet(name);
}

/** The maximum of a function with one peak in an interval, by golden-section search. */
function maximum(of: (x: number) => number, low: number, high: number): number {
  const ratio = (Math.sqrt(5) - 1) / 2;
  let [a, b] = [low, high];
  while (b - a > 1e-9) {
    const [left, right] = [b - ratio * (b - a), a + ratio * (b - a)];
    if (of(left) > of(right)) b = right;
    else a = left;
  }
  return (a + b) / 2;
}
