import type { Tensor } from "../../../graph/index.ts";
import type { Complex } from "../../../nn/layers/complex.ts";

/** A complex wavelet of one or more coordinates that waves along the first of them. */
export interface Template {
  /** What it computes, with its source. */
  readonly meaning: string;
  /** Where its spectrum is highest: radians per unit of the first coordinate. */
  frequency(dimensions: number): number;
  /** ψ(u); u holds a tensor for every coordinate, all of one shape. ψ(0) = 1. */
  at(u: readonly Tensor[]): Complex;
}
