import type { TrainedFamily } from "../../family.ts";
import { affine, hiddenLayers } from "./affine.ts";

export interface SirenOptions {
  /** Sine layers after the first one; the paper's pictures have 3, WIRE's comparison 2. */
  readonly hidden?: number;
  /** ω0 of the first layer. */
  readonly firstOmega?: number;
  /** ω0 of the others. */
  readonly omega?: number;
  readonly rate?: number;
}

/** The settings published for sounds: frequencies of the first layer are a hundred times as high. */
export const sirenOfSounds: SirenOptions = { firstOmega: 3000, rate: 5e-5 };

/**
 * SIREN (Sitzmann et al., Implicit Neural Representations with Periodic Activation Functions, NeurIPS 2020):
 * `z ← sin(ω0 (W z + b))`, a linear read-out.
 *
 * Published: ω0 = 30; weights uniform within ±1/n in the first layer and ±√(6/n)/ω0 in the others, including the read-out,
 * where n is the number of inputs; Adam at 1e-4. Biases are initialized as by PyTorch in the published code; the theorem of the
 * paper does not cover them.
 */
export function siren(options: SirenOptions = {}): TrainedFamily {
  const { hidden = hiddenLayers, firstOmega = 30, omega = 30, rate = 1e-4 } = options;
  return {
    kind: "trained",
    meaning: "layers of sines (SIREN, Sitzmann et al. 2020)",
    rate,
    values(p, points, { dimensions, channels, width }) {
      const weight = Math.sqrt(6 / width) / omega;
      const first = { weight: 1 / dimensions, scale: firstOmega };
      let z = affine(p.in("first"), points, width, first).sin();
      for (let i = 0; i < hidden; i++) {
        z = affine(p.in(`hidden${i}`), z, width, { weight, scale: omega }).sin();
      }
      return { all: affine(p.in("output"), z, channels, { weight, role: "head" }) };
    },
  };
}
