import { type CwtMode, cwtModeRules } from "./cwtMode.ts";
import { type QuarterTurns, quarterTurn } from "./fourier/complex.ts";
import { type Fft, fastLength, keptFft, type LendingFft } from "./fourier/fft.ts";
import { scaleCells } from "./scales.ts";
import { scalingSpectra } from "./scaling.ts";
import type { ContinuousWavelet } from "./wavelet/definition.ts";

/** The frequencies 2πk/L with k = 0 … positive, and those with L − negative ≤ k < L. */
export interface Band {
  readonly positive: number;
  readonly negative: number;
}

/** A wavelet at one scale, or the scaling function, as a circular filter. Its response is iⁿ times a real gain. */
export interface Filter {
  /** Whether its output is complex. */
  readonly complex: boolean;
  /** The n of iⁿ. */
  readonly turns: QuarterTurns;
  /** Writes the gain at the frequencies 2πk/L, for a scale s g(sω); returns where it may differ from 0. */
  fill(gain: Float64Array): Band;
  /** The factor of the transform: √s for the norm l2. */
  readonly amplitude: number;
  /** Its share of ∫ds/s: its weight in the frame. */
  readonly weight: number;
}

/** The factor of a filter in the transform. */
export const amplitude = (filter: Filter): number => filter.amplitude;

/** The filters of a transform, one per scale and then the scaling function, and the Fourier transform of their circle. */
export interface FilterSet {
  readonly fft: LendingFft;
  readonly filters: readonly Filter[];
}

/** The length, scales, wavelet, norm and mode of a transform, without its data. */
export interface CwtGeometry {
  /** Number of samples of the signal. */
  readonly length: number;
  readonly scales: readonly number[];
  readonly wavelet: ContinuousWavelet;
  readonly norm: "l2" | "l1";
  readonly mode: CwtMode;
}

/**
 * The filters of a transform. Their gains are ψ̂ itself, sampled at the frequencies of the circle: exact at every scale for a
 * signal without content beyond the Nyquist frequency.
 *
 * Padding with zeros needs care, because the tails of a wavelet must not wrap around. The circle holds N + reach samples of the
 * coarsest scale, but never more than 2N if a scale is too coarse to alias. In that case ψ is sampled in time instead, at the
 * 2N − 1 differences of two samples, which is as exact.
 */
export function filterSet(geometry: CwtGeometry): FilterSet {
  const { length, scales, wavelet, norm, mode } = geometry;
  const padded = fastLength(Math.max(...scales.map((s) => paddedLength(length, s, wavelet))));
  const fft = keptFft(cwtModeRules[mode].circle(length, padded));
  const { weights, end } = scaleCells(scales);
  const filters = scales.map((scale, i): Filter => {
    const wraps = mode === "zero" && wavelet.reach * scale > fft.length - length;
    const inTime = wraps && !aliases(scale, wavelet);
    return {
      complex: wavelet.complex,
      turns: wavelet.quarterTurns,
      amplitude: norm === "l2" ? Math.sqrt(scale) : 1,
      weight: weights[i]!,
      fill: inTime
        ? (gain) => fillFromTime(gain, fft, wavelet, scale, length)
        : (gain) => fillFromSpectrum(gain, wavelet, scale),
    };
  });
  return { fft, filters: [...filters, scalingFilter(wavelet, end, fft.length)] };
}

/** Whether ψ at this scale has content beyond the Nyquist frequency. */
export function aliases(scale: number, { extent }: ContinuousWavelet): boolean {
  return Math.max(extent.negative, extent.positive) > Math.PI * scale;
}

function paddedLength(length: number, scale: number, wavelet: ContinuousWavelet): number {
  const reach = Math.min(wavelet.reach * scale, length + 256); // the reach of shan is infinite
  return aliases(scale, wavelet)
    ? length + Math.ceil(reach)
    : Math.min(length + Math.ceil(reach), 2 * length);
}

function fillFromSpectrum(gain: Float64Array, wavelet: ContinuousWavelet, scale: number): Band {
  const { spectrum, extent, complex, quarterTurns } = wavelet;
  const count = gain.length;
  const step = (2 * Math.PI * scale) / count;
  const below = (count - 1) >> 1; // frequencies on either side, without the Nyquist frequency
  gain.fill(0);
  const positive = Math.min(below, Math.floor(extent.positive / step));
  const negative = Math.min(below, Math.floor(extent.negative / step));
  for (let k = 0; k <= positive; k++) gain[k] = spectrum(k * step);
  if (complex) for (let k = 1; k <= negative; k++) gain[count - k] = spectrum(-k * step);
  else {
    const sign = quarterTurns % 2 === 0 ? 1 : -1; // g of a real wavelet is even or odd
    for (let k = 1; k <= negative; k++) gain[count - k] = sign * gain[k]!;
  }
  if (count % 2 === 1) return { positive, negative };
  // The Nyquist frequency is the mean of both signs.
  const nyquist = (spectrum(Math.PI * scale) + spectrum(-Math.PI * scale)) / 2;
  gain[count / 2] = nyquist;
  return { positive: nyquist === 0 ? positive : count / 2, negative };
}

/** The gain of ψ sampled in time: `1/s Σ_|n|<N ψ(n/s) e^(−2πi kn/L)`, without its iⁿ. */
function fillFromTime(
  gain: Float64Array,
  fft: Fft,
  { psi, psiLine, quarterTurns }: ContinuousWavelet,
  scale: number,
  length: number,
): Band {
  const line = psiLine?.(1 / scale, length);
  const im = new Float64Array(fft.length);
  const unit = quarterTurn(quarterTurns);
  gain.fill(0);
  for (let n = 0; n < length; n++) {
    const value = line ? { re: line.re[n]!, im: line.im[n]! } : psi(n / scale);
    // Without its factor iⁿ the spectrum is real, and ψ(−t) is the conjugate of ψ(t).
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
  return { positive: gain.length - 1, negative: 0 };
}

/** The combined response of all scales beyond `end`. */
function scalingFilter(wavelet: ContinuousWavelet, end: number, count: number): Filter {
  return {
    complex: false,
    turns: 0,
    amplitude: 1,
    weight: 1,
    fill(gain) {
      const values = scalingSpectra(wavelet, (2 * Math.PI * end) / count);
      for (let k = 0; k < count; k++) gain[k] = values[Math.min(k, count - k)] ?? 0;
      const below = Math.min(values.length, Math.ceil(count / 2)) - 1;
      return { positive: Math.min(values.length - 1, count >> 1), negative: below };
    },
  };
}
