import { continuous } from "../wavelet/continuousWavelet.ts";
import type { ContinuousWavelet } from "../wavelet/definition.ts";

/**
 * The Mexican hat, of energy 1: `ψ(t) = 2/(√3 π^¼) (1 − t²) e^(−t²/2)`, minus the second derivative of a Gaussian;
 * `ψ̂(ω) = 2 √(2π)/(√3 π^¼) ω² e^(−ω²/2)`. It is gaus2 at √2 times the scale.
 */
export function mexh(): ContinuousWavelet {
  const c = 2 / (Math.sqrt(3) * Math.PI ** 0.25);
  const size = c * Math.sqrt(2 * Math.PI);
  return continuous({
    name: "mexh",
    family: "mexh",
    complex: false,
    quarterTurns: 0,
    psi: (t) => ({ re: c * (1 - t * t) * Math.exp((-t * t) / 2), im: 0 }),
    spectrum: (w) => size * w * w * Math.exp((-w * w) / 2),
    slope: (w) => size * (2 * w - w ** 3) * Math.exp((-w * w) / 2),
    peakFrequency: Math.SQRT2,
  });
}
