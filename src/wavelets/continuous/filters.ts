import { type CwtMode, cwtModeRules } from "./cwtMode.ts";
import { type QuarterTurns, quarterTurn } from "./fourier/complex.ts";
import { createFft, type Fft, fastLength } from "./fourier/fft.ts";
import { scaleCells } from "./scales.ts";
import { scalingSpectra } from "./scaling.ts";
import type { ContinuousWavelet } from "./wavelet/definition.ts";

/** A wavelet at one scale, or the scaling function, as a filter of a circle: its response is iⁿ times a real gain. */
export interface Filter {
  /** Whether its output is complex. */
  readonly complex: boolean;
  /** The n of iⁿ. */
  readonly turns: QuarterTurns;
  /** The gain at the frequencies 2πk/L: for a scale s, g(sω). */
  fill(gain: Float64Array): void;
  /** What the transform multiplies it by: √s for the norm l2. */
  readonly amplitude: number;
  /** Its part of ∫ds/s: its weight in the frame. */
  readonly weight: number;
}

/** All filters of a transform, in the order of its scales and then the scaling function's, and the circle they act on. */
export interface FilterSet {
  readonly fft: Fft;
  readonly filters: readonly Filter[];
}

/** What a transform is made of, data apart. */
export interface CwtGeometry {
  /** Samples of the signal. */
  readonly length: number;
  readonly scales: readonly number[];
  readonly wavelet: ContinuousWavelet;
  readonly norm: "l2" | "l1";
  readonly mode: CwtMode;
}

/**
 * The filters of a transform. Their gains are ψ̂ itself, sampled at the frequencies of the circle: exact for a signal
 * without content beyond Nyquist's frequency, at every scale.
 *
 * Padding with zeros alone needs care, since the circle must not bring a wavelet's tails round. It holds N + reach samples
 * of the coarsest scale, but never more than 2N where a scale is too coarse to alias: there ψ is sampled in time instead,
 * over the 2N − 1 distances that two samples can have, which is as exact.
 */
export function filterSet(geometry: CwtGeometry): FilterSet {
  const { length, scales, wavelet, norm, mode } = geometry;
  const padded = fastLength(Math.max(...scales.map((s) => paddedLength(length, s, wavelet))));
  const fft = createFft(cwtModeRules[mode].circle(length, padded));
  const { weights, end } = scaleCells(scales);
  const filters = scales.map((scale, i): Filter => {
    const wraps = mode === "zero" && wavelet.reach * scale > fft.length - length;
    const inTime = wraps && !aliases(scale, wavelet);
    return {
      complex: wavelet.complex,
      turns: wavelet.quarterTurns,
      amplitude: norm === "l2" ? Math.sqrt(scale) : 1,
      weight: weights[i]!, // one for each scale
      fill: inTime
        ? (gain) => fillFromTime(gain, fft, wavelet, scale, length)
        : (gain) => fillFromSpectrum(gain, wavelet, scale),
    };
  });
  return { fft, filters: [...filters, scalingFilter(wavelet, end, fft.length)] };
}

/** Whether ψ at this scale has content beyond Nyquist's frequency. */
function aliases(scale: number, { extent }: ContinuousWavelet): boolean {
  return Math.max(extent.negative, extent.positive) > Math.PI * scale;
}

function paddedLength(length: number, scale: number, wavelet: ContinuousWavelet): number {
  const reach = Math.min(wavelet.reach * scale, length + 256); // Infinity for shan, which no padding holds
  return aliases(scale, wavelet)
    ? length + Math.ceil(reach)
    : Math.min(length + Math.ceil(reach), 2 * length);
}

function fillFromSpectrum(gain: Float64Array, wavelet: ContinuousWavelet, scale: number): void {
  const { spectrum, extent, complex, quarterTurns } = wavelet;
  const count = gain.length;
  const step = (2 * Math.PI * scale) / count;
  const below = (count - 1) >> 1; // frequencies on either side, Nyquist's apart
  gain.fill(0);
  const positive = Math.min(below, Math.floor(extent.positive / step));
  const negative = Math.min(below, Math.floor(extent.negative / step));
  for (let k = 0; k <= positive; k++) gain[k] = spectrum(k * step);
  if (complex) for (let k = 1; k <= negative; k++) gain[count - k] = spectrum(-k * step);
  else {
    const sign = quarterTurns % 2 === 0 ? 1 : -1; // of a real wavelet, g is even or odd
    for (let k = 1; k <= negative; k++) gain[count - k] = sign * gain[k]!; // both sides are alike
  }
  // A sample at Nyquist's frequency is half of either sign.
  if (count % 2 === 0)
    gain[count / 2] = (spectrum(Math.PI * scale) + spectrum(-Math.PI * scale)) / 2;
}

/** The gain of ψ sampled in time: `1/s Σ_|n|<N ψ(n/s) e^(−2πi kn/L)`, without its iⁿ. */
function fillFromTime(
  gain: Float64Array,
  fft: Fft,
  { psi, quarterTurns }: ContinuousWavelet,
  scale: number,
  length: number,
): void {
  const im = new Float64Array(fft.length);
  const unit = quarterTurn(quarterTurns);
  gain.fill(0);
  for (let n = 0; n < length; n++) {
    const value = psi(n / scale);
    // Turned back by iⁿ, so that the spectrum is real; then ψ(−t) is the conjugate.
    const re = (value.re * unit.re + value.im * unit.im) / scale;
    const turnedIm = (value.im * unit.re - value.re * unit.im) / scale;
    gain[n] = re;
    im[n] = turnedIm;
    if (n > 0) {
      gain[fft.length - n] = re;
      im[fft.length - n] = -turnedIm;
    }
  }
  fft.forward(gain, im);
}

/** What the scales beyond `end` would have seen together. */
function scalingFilter(wavelet: ContinuousWavelet, end: number, count: number): Filter {
  return {
    complex: false,
    turns: 0,
    amplitude: 1,
    weight: 1,
    fill(gain) {
      const values = scalingSpectra(wavelet, (2 * Math.PI * end) / count);
      for (let k = 0; k < count; k++) gain[k] = values[Math.min(k, count - k)] ?? 0;
    },
  };
}
