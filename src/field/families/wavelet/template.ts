import type { Tensor } from "../../../graph/index.ts";
import type { Complex } from "../../../nn/layers/complex.ts";

/** A complex mother wavelet of one or more coordinates that oscillates along the first of them. */
export interface Template {
  /** What it computes, with its source. */
  readonly meaning: string;
  /** The peak of its spectrum, in radians per unit of the first coordinate. */
  frequency(dimensions: number): number;
  /** ψ(u), with ψ(0) = 1. `u` has one tensor per coordinate, all of the same shape. */
  at(u: readonly Tensor[]): Complex;
}
