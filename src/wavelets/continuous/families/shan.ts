import type { ContinuousWavelet } from "../wavelet/definition.ts";
import { decimal } from "./decimal.ts";
import { bSplineWavelet } from "./fbsp.ts";

/**
 * The complex Shannon wavelet, of energy 1: `ψ(t) = √B sinc(Bt) e^(2πiCt)`, `ψ̂ = 1/√B` over `C − B/2 … C + B/2` cycles
 * per unit of t and 0 outside. It decays only as 1/t. If B > 2C its mean is not zero.
 */
export function shan(bandwidth: number, center: number): ContinuousWavelet {
  const name = `shan${decimal(bandwidth)}-${decimal(center)}`;
  return bSplineWavelet("shan", name, 1, bandwidth, center);
}
