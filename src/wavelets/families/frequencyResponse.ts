import type { ComplexParts } from "../arrays/complex.ts";
import { type WaveletLike, waveletOf } from "./wavelet.ts";

/** The Fourier transforms ∫ f(x) e^{−iωx} dx of a scaling function and its wavelet. */
export interface WaveletSpectra {
  readonly phi: ComplexParts<Float64Array>;
  readonly psi: ComplexParts<Float64Array>;
}

/**
 * The frequency response H(ω) = Σ h[n] e^{−iωn} of a filter at frequencies in radians per sample.
 *
 * @example
 * ```ts
 * const { re } = frequencyResponse(wavelet("haar").decLo, [0, Math.PI]); // low-pass
 * console.log(Array.from(re, (x) => x.toFixed(3)));
 * // → [ '1.414', '0.000' ]
 * ```
 */
export function frequencyResponse(
  filter: readonly number[],
  omegas: ArrayLike<number>,
): ComplexParts<Float64Array> {
  return at(omegas, (omega) => response(filter, omega));
}

/**
 * φ̂ and ψ̂ of the synthesis functions at frequencies in radians per unit of their shifts, by the infinite product
 * φ̂(ω) = Πⱼ H(ω/2ʲ)/√2, j ≥ 1, and ψ̂(ω) = G(ω/2)/√2 · φ̂(ω/2): exact to rounding, without sampling.
 * φ̂(0) = 1.
 */
export function waveletSpectra(wavelet: WaveletLike, omegas: ArrayLike<number>): WaveletSpectra {
  const { recLo, recHi } = waveletOf(wavelet);
  return spectra(recLo, recHi, omegas);
}

/** φ̂ and ψ̂ of the analysis functions, as {@link waveletSpectra}. */
export function dualSpectra(wavelet: WaveletLike, omegas: ArrayLike<number>): WaveletSpectra {
  const { decLo, decHi } = waveletOf(wavelet);
  return spectra(decLo.toReversed(), decHi.toReversed(), omegas);
}

function spectra(
  lowPass: readonly number[],
  highPass: readonly number[],
  omegas: ArrayLike<number>,
): WaveletSpectra {
  return {
    phi: at(omegas, (omega) => scalingSpectrum(lowPass, omega)),
    psi: at(omegas, (omega) =>
      product(half(response(highPass, omega / 2)), scalingSpectrum(lowPass, omega / 2)),
    ),
  };
}

type Complex = readonly [re: number, im: number];

const product = ([a, b]: Complex, [c, d]: Complex): Complex => [a * c - b * d, a * d + b * c];
const half = ([re, im]: Complex): Complex => [re * Math.SQRT1_2, im * Math.SQRT1_2];

/** Below this the rest of the product is only a shift: |H(ω)/√2| = 1 − O((ω · length)²). */
const nothing = 1e-9;

function scalingSpectrum(lowPass: readonly number[], omega: number): Complex {
  let value: Complex = [1, 0];
  let rest = omega;
  while (Math.abs(rest) * lowPass.length > nothing) {
    rest /= 2;
    value = product(value, half(response(lowPass, rest)));
  }
  const mean = lowPass.reduce((sum, tap, n) => sum + n * tap, 0) * Math.SQRT1_2;
  return product(value, [Math.cos(mean * rest), -Math.sin(mean * rest)]);
}

/** By Horner's rule in e^{−iω}. */
function response(filter: readonly number[], omega: number): Complex {
  const [c, s] = [Math.cos(omega), -Math.sin(omega)];
  let [re, im] = [0, 0];
  for (let n = filter.length - 1; n >= 0; n--)
    [re, im] = [re * c - im * s + filter[n]!, re * s + im * c];
  return [re, im];
}

function at(omegas: ArrayLike<number>, f: (omega: number) => Complex): ComplexParts<Float64Array> {
  const re = new Float64Array(omegas.length);
  const im = new Float64Array(omegas.length);
  for (let i = 0; i < omegas.length; i++) [re[i]!, im[i]!] = f(omegas[i]!);
  return { re, im };
}
