import { checkPositive } from "../arguments/numbers.ts";
import { dualSpectra } from "../families/frequencyResponse.ts";
import { isWaveletName, waveletAliases, waveletOf } from "../families/wavelet.ts";
import type { Wavelet } from "../filterBank/wavelet.ts";
import { continuousWavelet } from "./families.ts";
import type { ContinuousWavelet } from "./wavelet/definition.ts";

/** Any wavelet, discrete or continuous, or the name of one. */
export type AnyWavelet = Wavelet | ContinuousWavelet | string;

/**
 * The frequency at which |ψ̂| of analysis is largest, in cycles per unit of ψ's argument, by the exact spectrum; of a
 * discrete wavelet too, to about 1e-8. (PyWavelets' `central_frequency` is the largest term of an FFT of ψ, known to one over ψ's
 * width.) Throws RangeError for an unknown name, and for bior3.1, of which the spectrum of analysis has no largest value.
 */
export function centralFrequency(wavelet: AnyWavelet): number {
  const known = typeof wavelet === "string" ? named(wavelet) : wavelet;
  if ("centralFrequency" in known) return known.centralFrequency;
  const size = (cycles: number) => {
    const { re, im } = dualSpectra(known, [2 * Math.PI * cycles]).psi;
    return Math.hypot(re[0]!, im[0]!); // one frequency
  };
  const grid = Array.from({ length: highest * gridSteps + 1 }, (_, i) => i / gridSteps);
  const sizes = grid.map(size);
  const peak = grid[sizes.indexOf(Math.max(...sizes))]!; // one of them
  // The band of a wavelet is the octave from 1/2 to 1, more or less.
  if (peak > 2)
    throw new RangeError(`${known.name} has no central frequency: its spectrum does not fall`);
  return maximum(size, peak - 1 / gridSteps, peak + 1 / gridSteps);
}

/**
 * The frequency that a wavelet answers most to at a scale counted in samples, in cycles per unit of the sampling period.
 * Throws RangeError as {@link centralFrequency} does, and unless scale and period are positive.
 */
export function scaleToFrequency(wavelet: AnyWavelet, scale: number, samplingPeriod = 1): number {
  checkPositive("a scale", scale);
  checkPositive("the sampling period", samplingPeriod);
  return centralFrequency(wavelet) / scale / samplingPeriod;
}

/** The scale, counted in samples, at which a wavelet answers most to a frequency: the inverse of {@link scaleToFrequency}. */
export function frequencyToScale(
  wavelet: AnyWavelet,
  frequency: number,
  samplingPeriod = 1,
): number {
  checkPositive("a frequency", frequency);
  checkPositive("the sampling period", samplingPeriod);
  return centralFrequency(wavelet) / frequency / samplingPeriod;
}

/** Cycles up to which a largest value is looked for, and steps in a cycle. */
const [highest, gridSteps] = [8, 32];

function named(name: string): Wavelet | ContinuousWavelet {
  if (isWaveletName(name)) return waveletOf(name);
  return Object.hasOwn(waveletAliases, name)
    ? waveletOf(name as keyof typeof waveletAliases)
    : continuousWavelet(name);
}

/** Where a function with one peak between two places is largest, by the golden section. */
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
