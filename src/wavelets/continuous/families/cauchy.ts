import { checkCount } from "../../arguments/numbers.ts";
import { polar } from "../fourier/complex.ts";
import { continuous } from "../wavelet/continuousWavelet.ts";
import type { ContinuousWavelet } from "../wavelet/definition.ts";
import { morseSpectrum } from "./morse.ts";

/**
 * Cauchy's (Paul's) wavelet: `ψ̂(ω) = 2 (e/m)^m ω^m e^(−ω)` for ω > 0 and 0 otherwise, with a peak of 2 at ω = m;
 * `ψ(t) = (e/m)^m m!/π (1 − it)^(−m−1)`. It is morse(m, 1), whose ψ(t) is elementary.
 */
export function cauchy(m: number): ContinuousWavelet {
  checkCount("the order of cauchy", m, 100);
  const factors = Array.from({ length: m }, (_, k) => ((k + 1) * Math.E) / m);
  const height = factors.reduce((product, factor) => product * factor, 1 / Math.PI);
  return continuous({
    name: `cauchy${m}`,
    family: "cauchy",
    complex: true,
    quarterTurns: 0,
    psi: (t) => polar(height * (1 + t * t) ** (-(m + 1) / 2), (m + 1) * Math.atan(t)),
    ...morseSpectrum(m, 1),
  });
}
