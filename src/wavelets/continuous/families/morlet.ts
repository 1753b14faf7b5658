import { checkPositive } from "../../arguments/numbers.ts";
import { continuous } from "../wavelet/continuousWavelet.ts";
import type { ContinuousWavelet } from "../wavelet/definition.ts";

/**
 * Morlet's wavelet with its correction, of energy 1 and zero mean:
 * `ψ(t) = c π^(−¼) (e^(iω₀t) − e^(−ω₀²/2)) e^(−t²/2)`, `ψ̂(ω) = c π^(−¼) √(2π) (e^(−(ω−ω₀)²/2) − e^(−(ω²+ω₀²)/2))`,
 * `c = (1 + e^(−ω₀²) − 2 e^(−3ω₀²/4))^(−½)`. ω₀ = 6 is usual; for small ω₀ the peak lies a little above it.
 */
export function morlet(frequency = 6): ContinuousWavelet {
  checkPositive("the frequency of morlet", frequency);
  const w0 = frequency;
  const c = (1 + Math.exp(-w0 * w0) - 2 * Math.exp(-0.75 * w0 * w0)) ** -0.5 * Math.PI ** -0.25;
  const mean = Math.exp((-w0 * w0) / 2);
  const size = c * Math.sqrt(2 * Math.PI);
  const bell = (x: number) => Math.exp((-x * x) / 2);
  // ω = ω₀ / (1 − e^(−ωω₀)) at the peak, by iteration. For small ω₀ the right side is close to 1/ω, so half steps are needed.
  let peak = w0 + 1;
  for (let round = 0; round < 100; round++) peak = (peak - w0 / Math.expm1(-peak * w0)) / 2;
  return continuous({
    name: `morlet${w0}`,
    family: "morlet",
    complex: true,
    quarterTurns: 0,
    psi: (t) => ({
      re: c * (Math.cos(w0 * t) - mean) * bell(t),
      im: c * Math.sin(w0 * t) * bell(t),
    }),
    // The difference of the two bells, without cancellation near 0.
    spectrum: (w) =>
      w > 0
        ? -size * bell(w - w0) * Math.expm1(-w * w0)
        : size * mean * bell(w) * Math.expm1(w * w0),
    slope: (w) => size * ((w0 - w) * bell(w - w0) + w * mean * bell(w)),
    peakFrequency: peak,
  });
}
