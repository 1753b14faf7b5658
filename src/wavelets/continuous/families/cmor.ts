import { checkPositive } from "../../arguments/numbers.ts";
import { polar } from "../fourier/complex.ts";
import { continuous } from "../wavelet/continuousWavelet.ts";
import type { ContinuousWavelet } from "../wavelet/definition.ts";
import { decimal } from "./decimal.ts";

/**
 * PyWavelets' complex Morlet wavelet: `ψ(t) = (πB)^(−½) e^(−t²/B) e^(2πiCt)`, `ψ̂(ω) = e^(−B(ω − 2πC)²/4)`.
 * `bandwidth` B is a squared time, `center` C in cycles per unit of t. The integral of |ψ| is 1; the energy is
 * (2πB)^(−½). It is not corrected, so its mean is e^(−B(πC)²).
 */
export function cmor(bandwidth: number, center: number): ContinuousWavelet {
  checkPositive("the bandwidth B of cmor", bandwidth);
  checkPositive("the center C of cmor", center);
  const middle = 2 * Math.PI * center;
  const height = 1 / Math.sqrt(Math.PI * bandwidth);
  const spectrum = (w: number) => Math.exp((-bandwidth * (w - middle) * (w - middle)) / 4);
  return continuous({
    name: `cmor${decimal(bandwidth)}-${decimal(center)}`,
    family: "cmor",
    complex: true,
    quarterTurns: 0,
    psi: (t) => polar(height * Math.exp((-t * t) / bandwidth), middle * t),
    spectrum,
    slope: (w) => ((-bandwidth * (w - middle)) / 2) * spectrum(w),
    peakFrequency: middle,
  });
}
