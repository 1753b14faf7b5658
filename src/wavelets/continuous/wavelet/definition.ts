import type { Complex, QuarterTurns } from "../fourier/complex.ts";

/** The families of continuous wavelets: PyWavelets', then three that PyWavelets does not have. */
export type ContinuousFamily =
  | "gaus"
  | "mexh"
  | "morl"
  | "cgau"
  | "shan"
  | "fbsp"
  | "cmor"
  | "morlet"
  | "morse"
  | "cauchy";

/** What a family states about one of its wavelets. The other properties are computed from it. */
export interface Definition {
  readonly name: string;
  readonly family: ContinuousFamily;
  /** Whether ψ(t) has an imaginary part. */
  readonly complex: boolean;
  /** The n of ψ̂(ω) = iⁿ · {@link spectrum}(ω). */
  readonly quarterTurns: QuarterTurns;
  /** ψ(t), exactly. */
  psi(t: number): Complex;
  /** ψ at 0, `step`, 2 `step`, … for `count` times, where that is much faster than {@link psi} of each. */
  psiLine?(step: number, count: number): { readonly re: Float64Array; readonly im: Float64Array };
  /** The real g of ψ̂(ω) = ∫ψ(t) e^(−iωt) dt = iⁿ g(ω), exactly. Every wavelet here has one. */
  spectrum(omega: number): number;
  /** dg/dω. */
  slope(omega: number): number;
  /** The |ω| at which |ψ̂| is largest, in radians per unit of t. */
  readonly peakFrequency: number;
  /** The |ω| at which the spectrum or its slope jumps, if any. */
  readonly breaks?: readonly number[];
}

/**
 * A continuous wavelet ψ: an immutable value. Frequencies are in radians per unit of t unless stated otherwise. At scale
 * s, one unit of t is s samples.
 */
export interface ContinuousWavelet extends Definition {
  /** ψ̂(ω) = ∫ψ(t) e^(−iωt) dt, in closed form. */
  psiHat(omega: number): Complex;
  /** {@link peakFrequency} in cycles. At scale s the wavelet responds most to `centralFrequency / s` cycles per sample. */
  readonly centralFrequency: number;
  /** The mean of |ω| under |ψ̂|². */
  readonly meanFrequency: number;
  /** ∫|ψ|² dt: 1 for some families, but not for PyWavelets' morl, cmor and fbsp. */
  readonly energy: number;
  /** C_ψ = ∫|ψ̂(ω)|² / |ω| dω. Infinity if ψ has a nonzero mean, however small, as morl and cmor have. */
  readonly admissibility: number;
  /** The standard deviation of t under |ψ|². Infinity for shan, whose spectrum jumps. */
  readonly timeSpread: number;
  /** The standard deviation of |ω| under |ψ̂|². */
  readonly frequencySpread: number;
  /** Beyond this |t|, |ψ|² stays below e⁻² of its peak. For Morlet's wavelet it is √2 (Torrence and Compo 1998). */
  readonly eFolding: number;
  /** Beyond this |t|, |ψ| stays below 1e-14 of its peak. Infinity if that takes thousands of periods. */
  readonly reach: number;
  /** Beyond these |ω| on either side, ψ̂ stays below the rounding error of its peak. 0 on an empty side. */
  readonly extent: { readonly negative: number; readonly positive: number };
}
