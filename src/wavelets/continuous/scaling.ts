import type { ContinuousWavelet } from "./wavelet/definition.ts";
import { integratePieces, octaveCuts } from "./wavelet/quadrature.ts";

/** The number of octaves below the peak frequency that count for the scaling function at 0. */
const octaves = 20;

/**
 * The spectrum of the scaling function of a wavelet, which combines all coarser scales (Mallat 1998, 4.42):
 * `φ̂(ω)² = ½ ∫_|ω|^∞ (|ψ̂(ξ)|² + |ψ̂(−ξ)|²) dξ/ξ`, so that φ̂² and the scales up to 1 add up to a constant. φ̂ is real and even.
 * At 0 the integral starts at 2⁻²⁰ of the peak frequency: for morl and cmor, whose mean is not zero, it diverges.
 */
export function scalingSpectrum(wavelet: ContinuousWavelet, omega: number): number {
  const end = spectrumEnd(wavelet);
  const from = Math.max(Math.abs(omega), wavelet.peakFrequency * 2 ** -octaves);
  if (from >= end) return 0;
  const cuts = octaveCuts(end, Math.ceil(Math.log2(end / from)) + 1, 6, wavelet.breaks);
  return Math.sqrt(integratePieces(integrand(wavelet), [from, ...cuts.filter((x) => x > from)]));
}

/** The last values of immutable wavelets, unless they are long: the integrals take longer than the transform of a short signal. */
const kept = new WeakMap<ContinuousWavelet, { step: number; values: Readonly<Float64Array> }>();
const longestKept = 2 ** 16;

/** {@link scalingSpectrum} at 0, `step`, 2 `step`, … as far as it is not 0. */
export function scalingSpectra(wavelet: ContinuousWavelet, step: number): Readonly<Float64Array> {
  const last = kept.get(wavelet);
  if (last?.step === step) return last.values;
  const values = integrals(wavelet, step);
  if (Object.isFrozen(wavelet) && values.length <= longestKept) kept.set(wavelet, { step, values });
  return values;
}

function integrals(wavelet: ContinuousWavelet, step: number): Float64Array {
  const end = spectrumEnd(wavelet);
  const f = integrand(wavelet);
  const count = Math.ceil(end / step);
  const squares = new Float64Array(Math.max(1, count));
  const pieces = Math.ceil((64 * step) / end);
  let sum = 0;
  for (let k = count - 1; k >= 1; k--) {
    const to = Math.min(end, (k + 1) * step);
    const cuts = Array.from(
      { length: pieces + 1 },
      (_, i) => k * step + ((to - k * step) * i) / pieces,
    );
    sum += integratePieces(f, cuts);
    squares[k] = sum;
  }
  const lowest = Math.min(step, end);
  squares[0] = sum + integratePieces(f, octaveCuts(lowest, octaves, 6).slice(1));
  return squares.map(Math.sqrt);
}

function integrand({ spectrum }: ContinuousWavelet): (omega: number) => number {
  return (omega) => (spectrum(omega) ** 2 + spectrum(-omega) ** 2) / (2 * omega);
}

function spectrumEnd({ extent }: ContinuousWavelet): number {
  return Math.max(extent.negative, extent.positive);
}
