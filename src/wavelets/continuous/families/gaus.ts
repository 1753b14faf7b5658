import { checkCount } from "../../arguments/numbers.ts";
import type { QuarterTurns } from "../fourier/complex.ts";
import { continuous } from "../wavelet/continuousWavelet.ts";
import type { ContinuousWavelet } from "../wavelet/definition.ts";
import { hermite } from "./hermite.ts";
import { power } from "./power.ts";

/**
 * The nth derivative of a Gaussian, of energy 1: `ψ(t) = ± c dⁿ/dtⁿ e^(−t²)`, `ψ̂(ω) = c √π i^(n mod 2) ωⁿ e^(−ω²/4)`.
 * The sign is PyWavelets', (−1)^⌊n/2⌋: even orders are positive at t = 0, and ψ̂ is positive for ω > 0, up to
 * the factor i. The wavelet is real with n vanishing moments.
 */
export function gaus(n: number): ContinuousWavelet {
  checkCount("the order of gaus", n);
  const sign = (-1) ** (Math.floor(n / 2) + n);
  const c = 1 / Math.sqrt(oddFactorial(n) * Math.sqrt(Math.PI / 2));
  const size = c * Math.sqrt(Math.PI);
  return continuous({
    name: `gaus${n}`,
    family: "gaus",
    complex: false,
    quarterTurns: (n % 2) as QuarterTurns,
    psi: (t) => ({ re: sign * c * hermite(n, { re: t, im: 0 }).re * Math.exp(-t * t), im: 0 }),
    spectrum: (w) => size * power(w, n) * Math.exp((-w * w) / 4),
    slope: (w) => size * (n * w ** (n - 1) - w ** (n + 1) / 2) * Math.exp((-w * w) / 4),
    peakFrequency: Math.sqrt(2 * n),
  });
}

/** (2n − 1)!! = 1 · 3 · 5 · … */
function oddFactorial(n: number): number {
  return Array.from({ length: n }, (_, k) => 2 * k + 1).reduce((product, k) => product * k, 1);
}
