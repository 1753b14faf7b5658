import type { Tensor } from "../../../graph/index.ts";
import type { TrainedFamily } from "../../family.ts";
import { affine, hiddenLayers } from "./affine.ts";

export interface FinerOptions {
  /** Layers after the first one; published with 3. */
  readonly hidden?: number;
  readonly omega?: number;
  /** Biases of the first layer are initialized uniformly within ± this; larger values make higher frequencies reachable. */
  readonly firstBias?: number;
}

/**
 * FINER (Liu et al., FINER: Flexible Spectral-bias Tuning in Implicit Neural Representation by Variable-periodic
 * Activation Functions, CVPR 2024): `z ← sin(ω (|x| + 1) x)` with `x = W z + b`, a linear read-out. The
 * frequency of the sine grows with |x|, so that the biases select frequencies.
 *
 * Published: ω = 30, weights as SIREN's, the first layer's biases uniform within ±k with k set per task, Adam at 5e-4.
 * Choices: k = 5; the gradient of the formula. (The authors' code, from memory and not checked, treats |x| + 1 as a constant
 * in the gradient.)
 */
export function finer(options: FinerOptions = {}): TrainedFamily {
  const { hidden = hiddenLayers, omega = 30, firstBias = 5 } = options;
  const scale = Math.sqrt(omega);
  // With y = √ω x: ω (|x| + 1) x = (|y| + √ω) y.
  const activation = (y: Tensor) => y.abs().add(scale).mul(y).sin();
  return {
    kind: "trained",
    meaning: "layers of sines whose frequency grows with their argument (FINER, Liu et al. 2024)",
    rate: 5e-4,
    values(p, points, { dimensions, channels, width }) {
      const weight = Math.sqrt(6 / width) / omega;
      const first = { weight: 1 / dimensions, bias: firstBias, scale };
      let z = activation(affine(p.in("first"), points, width, first));
      for (let i = 0; i < hidden; i++) {
        z = activation(affine(p.in(`hidden${i}`), z, width, { weight, scale }));
      }
      return { all: affine(p.in("output"), z, channels, { weight, role: "head" }) };
    },
  };
}
