import type { Tensor } from "../../../graph/index.ts";
import { uniform } from "../../../nn/initializers.ts";
import {
  type Complex,
  complexLinear,
  fromPolar,
  squaredModulus,
} from "../../../nn/layers/complex.ts";
import { widthOf } from "../../../nn/layers/layers.ts";
import type { Scope } from "../../../nn/parameters.ts";
import type { TrainedFamily } from "../../family.ts";
import { affine, hiddenLayers, torchBound } from "./affine.ts";

export interface WireOptions {
  /** Complex layers after the first one. */
  readonly hidden?: number;
  /** Frequency of a wavelet, in radians per unit. */
  readonly omega?: number;
  /** Sharpness of a wavelet. */
  readonly sigma?: number;
}

/**
 * WIRE (Saragadam et al., WIRE: Wavelet Implicit Neural Representations, CVPR 2023): `z ← exp(i ω x - |σ x|²)` with
 * `x = W z + b`, and the real part of a linear read-out. The weights of the first layer are real, all others complex.
 *
 * Published in its code: ω = 20 and σ = 30 for pictures, not learned; PyTorch's initialization; width/√2 complex units for a
 * given `width`, so that there are about as many real parameters as in a real network; 2 hidden layers of width 256; Adam at
 * 5e-3 · min(1, 65536/points), decaying to a tenth. The imaginary biases of the read-out count as parameters there and here,
 * although nothing depends on them.
 */
export function wire(options: WireOptions = {}): TrainedFamily {
  const { hidden = hiddenLayers, omega = 20, sigma = 30 } = options;
  const narrowness = (sigma / omega) ** 2;
  return {
    kind: "trained",
    meaning: "layers of complex Gabor wavelets (WIRE, Saragadam et al. 2023)",
    rate: 5e-3,
    values(p, points, { channels, width }) {
      const units = Math.max(1, Math.floor(width * Math.SQRT1_2));
      const x = affine(p.in("first"), points, units, { scale: omega });
      let z = fromPolar(x.square().mul(-narrowness).exp(), x);
      for (let i = 0; i < hidden; i++) {
        const y = complexAffine(p.in(`hidden${i}`), z, units, omega);
        z = fromPolar(squaredModulus(y).mul(-narrowness).sub(y.im).exp(), y.re);
      }
      return { all: complexReadOut(p.in("output"), z, channels) };
    },
  };
}

/** `scale (z W + b)` with PyTorch's initialization: real and imaginary parts uniform within ±1/√inputs. */
export const complexAffine = (p: Scope, z: Complex, width: number, scale = 1): Complex =>
  complexLinear(p, z, width, { initialize: uniform(torchBound(widthOf(z.re))), scale });

/** `Re(z W + b)` with the same initialization. */
export const complexReadOut = (p: Scope, z: Complex, channels: number): Tensor =>
  complexLinear(p, z, channels, {
    initialize: uniform(torchBound(widthOf(z.re))),
    role: "head",
  }).re;
