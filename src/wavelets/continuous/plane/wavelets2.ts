import { checkPositive } from "../../arguments/numbers.ts";

/**
 * A wavelet of the plane: an immutable value with its exact frequency response, which is real. At scale s and angle θ it is
 * `ψ(R_θ⁻¹ x / s) / s`. Axis x runs to the right and y downwards; angles turn from x to y.
 */
export interface ContinuousWavelet2 {
  readonly name: string;
  /** Whether ψ has an imaginary part, and hence a direction. */
  readonly complex: boolean;
  /** ψ̂(u, v) at the frequency u along x and v along y, in radians per unit of length. */
  spectrum(u: number, v: number): number;
  /** The distance from 0 at which |ψ̂| is largest. */
  readonly peakFrequency: number;
  /** Beyond this distance from 0, ψ̂ is below the rounding error of its peak. */
  readonly extent: number;
}

/**
 * The isotropic Mexican hat of the plane, of energy 1: minus the Laplacian of a Gaussian,
 * `ψ(x) = (2 − |x|²) e^(−|x|²/2) / √(2π)`, `ψ̂(k) = √(2π) |k|² e^(−|k|²/2)`.
 */
export function mexh2(): ContinuousWavelet2 {
  const size = Math.sqrt(2 * Math.PI);
  return Object.freeze({
    name: "mexh",
    complex: false,
    spectrum(u: number, v: number) {
      const square = u * u + v * v;
      return size * square * Math.exp(-square / 2);
    },
    peakFrequency: Math.SQRT2,
    extent: 9.5,
  });
}

/**
 * Morlet's wavelet of the plane with its correction for zero mean: waves along x of frequency k₀ under an isotropic Gaussian,
 * `ψ(x, y) = π^(−½) (e^(ik₀x) − e^(−k₀²/2)) e^(−(x²+y²)/2)`,
 * `ψ̂(u, v) = 2√π (e^(−(u−k₀)²/2) − e^(−(u²+k₀²)/2)) e^(−v²/2)`. Its energy is 1 up to the correction.
 */
export function morlet2(frequency = 6): ContinuousWavelet2 {
  checkPositive("the frequency of morlet2", frequency);
  const size = 2 * Math.sqrt(Math.PI);
  const bell = (x: number) => Math.exp((-x * x) / 2);
  const mean = bell(frequency);
  return Object.freeze({
    name: `morlet${frequency}`,
    complex: true,
    spectrum: (u: number, v: number) => size * (bell(u - frequency) - mean * bell(u)) * bell(v),
    peakFrequency: frequency,
    extent: frequency + 9,
  });
}
