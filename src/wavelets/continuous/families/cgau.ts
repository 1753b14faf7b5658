import { checkCount } from "../../arguments/numbers.ts";
import type { QuarterTurns } from "../fourier/complex.ts";
import { continuous } from "../wavelet/continuousWavelet.ts";
import type { ContinuousWavelet } from "../wavelet/definition.ts";
import { hermite } from "./hermite.ts";
import { power } from "./power.ts";

/**
 * The nth derivative of a complex Gaussian, of energy 1: `ψ(t) = c dⁿ/dtⁿ (e^(−it) e^(−t²))`,
 * `ψ̂(ω) = c √π (iω)ⁿ e^(−(ω+1)²/4)`, `c = (√(π/2) E(1 + Z)²ⁿ)^(−½)` with Z standard normal: 2, 10, 76, 764, …
 *
 * PyWavelets' definition is unusual in two ways: most of its spectrum lies at negative frequencies, and it is far from
 * one-sided, with a second, smaller bump at positive frequencies.
 */
export function cgau(n: number): ContinuousWavelet {
  checkCount("the order of cgau", n);
  const c = 1 / Math.sqrt(Math.sqrt(Math.PI / 2) * shiftedMoment(2 * n));
  const size = c * Math.sqrt(Math.PI);
  const sign = (-1) ** n;
  return continuous({
    name: `cgau${n}`,
    family: "cgau",
    complex: true,
    quarterTurns: (n % 4) as QuarterTurns,
    psi: (t) => {
      // −t² − it = −(t + i/2)² − ¼
      const h = hermite(n, { re: t, im: 0.5 });
      const bell = sign * c * Math.exp(-t * t);
      const [cos, sin] = [Math.cos(t), -Math.sin(t)];
      return { re: bell * (h.re * cos - h.im * sin), im: bell * (h.re * sin + h.im * cos) };
    },
    spectrum: (w) => size * power(w, n) * Math.exp((-(w + 1) * (w + 1)) / 4),
    slope: (w) =>
      size * (n * w ** (n - 1) - (w ** n * (w + 1)) / 2) * Math.exp((-(w + 1) * (w + 1)) / 4),
    peakFrequency: (1 + Math.sqrt(1 + 8 * n)) / 2,
  });
}

/** E(1 + Z)^p of a standard normal Z: m(p) = m(p − 1) + (p − 1) m(p − 2). */
function shiftedMoment(p: number): number {
  let [before, value] = [0, 1];
  for (let k = 1; k <= p; k++) [before, value] = [value, value + (k - 1) * before];
  return value;
}
