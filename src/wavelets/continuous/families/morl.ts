import { continuous } from "../wavelet/continuousWavelet.ts";
import type { ContinuousWavelet } from "../wavelet/definition.ts";

/**
 * PyWavelets' Morlet wavelet: `ψ(t) = cos(5t) e^(−t²/2)`, `ψ̂(ω) = √(π/2) (e^(−(ω−5)²/2) + e^(−(ω+5)²/2))`.
 *
 * Unlike Morlet's wavelet it is real, with energy √π/2 (1 + e^(−25)) = 0.886, and not corrected, so its mean is 3.7e-6 of its
 * peak. `morlet` is complex, with energy 1 and zero mean.
 */
export function morl(): ContinuousWavelet {
  const size = Math.sqrt(Math.PI / 2);
  const bump = (x: number) => size * Math.exp((-x * x) / 2);
  return continuous({
    name: "morl",
    family: "morl",
    complex: false,
    quarterTurns: 0,
    psi: (t) => ({ re: Math.cos(5 * t) * Math.exp((-t * t) / 2), im: 0 }),
    spectrum: (w) => bump(w - 5) + bump(w + 5),
    slope: (w) => (5 - w) * bump(w - 5) - (5 + w) * bump(w + 5),
    peakFrequency: 5,
  });
}
