import type { ContinuousWavelet } from "../wavelet/definition.ts";
import { decimal } from "./decimal.ts";
import { bSplineWavelet } from "./fbsp.ts";

/**
 * The complex Shannon wavelet, of energy 1: `ψ(t) = √B sinc(Bt) e^(2πiCt)`, `ψ̂ = 1/√B` over `C − B/2 … C + B/2` cycles
 * per unit of t and 0 outside. It falls as 1/t only. Where B > 2C it has a mean.
 */
export function shan(bandwidth: number, center: number): ContinuousWavelet {
  const name = `shan${decimal(bandwidth)}-${decimal(center)}`;
  return bSplineWavelet("shan", name, 1, bandwidth, center);
}
