import type { Complex, QuarterTurns } from "../fourier/complex.ts";
import { turned } from "../fourier/complex.ts";
import { eFoldingTime, reachOf } from "./envelope.ts";
import { spectralMeasures } from "./measures.ts";

/** The families of continuous wavelets: PyWavelets', and below them three that it lacks. */
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

/** What a family says of one of its wavelets; {@link continuous} derives the rest. */
export interface Definition {
  readonly name: string;
  readonly family: ContinuousFamily;
  /** Whether ψ(t) has an imaginary part. */
  readonly complex: boolean;
  /** The n of ψ̂(ω) = iⁿ · {@link spectrum}(ω). */
  readonly quarterTurns: QuarterTurns;
  /** ψ(t), exactly. */
  psi(t: number): Complex;
  /** The real g of ψ̂(ω) = ∫ψ(t) e^(−iωt) dt = iⁿ g(ω), exactly; every wavelet here has one. */
  spectrum(omega: number): number;
  /** dg/dω. */
  slope(omega: number): number;
  /** The |ω| at which |ψ̂| is largest, in radians per unit of t. */
  readonly peakFrequency: number;
  /** The |ω| at which the spectrum or its slope jumps, if it does. */
  readonly breaks?: readonly number[];
}

/**
 * A continuous wavelet ψ: an immutable value. Frequencies are in radians per unit of t unless said otherwise; at the
 * scale s, t is counted in units of s samples.
 */
export interface ContinuousWavelet extends Definition {
  /** ψ̂(ω) = ∫ψ(t) e^(−iωt) dt, in closed form. */
  psiHat(omega: number): Complex;
  /** {@link peakFrequency} in cycles: at the scale s the wavelet answers most to `centralFrequency / s` cycles per sample. */
  readonly centralFrequency: number;
  /** The mean of |ω| under |ψ̂|². */
  readonly meanFrequency: number;
  /** ∫|ψ|² dt: 1 for some families, not for PyWavelets' morl, cmor and fbsp. */
  readonly energy: number;
  /** C_ψ = ∫|ψ̂(ω)|² / |ω| dω; Infinity where ψ has a mean, however small, as morl and cmor have. */
  readonly admissibility: number;
  /** The standard deviation of t under |ψ|²; Infinity for shan, whose spectrum jumps. */
  readonly timeSpread: number;
  /** The standard deviation of |ω| under |ψ̂|². */
  readonly frequencySpread: number;
  /** Beyond this |t|, |ψ|² stays below e⁻² of its peak; Morlet's is √2 (Torrence and Compo 1998). */
  readonly eFolding: number;
  /** Beyond this |t|, |ψ| stays below 1e-14 of its peak; Infinity where that is thousands of periods away. */
  readonly reach: number;
  /** Beyond these |ω| on either side, ψ̂ stays below rounding of its peak; 0 on a side that is empty. */
  readonly extent: { readonly negative: number; readonly positive: number };
}

/** The wavelet of a definition, with all that can be measured on it. */
export function continuous(definition: Definition): ContinuousWavelet {
  const { quarterTurns, spectrum, peakFrequency, breaks } = definition;
  return Object.freeze({
    ...definition,
    ...(breaks && { breaks: Object.freeze(breaks) }),
    psiHat: (omega: number) => turned(spectrum(omega), quarterTurns),
    centralFrequency: peakFrequency / (2 * Math.PI),
    ...spectralMeasures(definition),
    eFolding: eFoldingTime(definition),
    reach: reachOf(definition),
  });
}
