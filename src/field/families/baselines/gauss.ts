import type { Tensor } from "../../../graph/index.ts";
import type { TrainedFamily } from "../../family.ts";
import { affine, hiddenLayers } from "./affine.ts";

export interface GaussOptions {
  /** Layers after the first one. */
  readonly hidden?: number;
  /** Sharpness of the bell; its standard deviation is 1/(σ √2). */
  readonly sigma?: number;
}

/**
 * Gaussian activations (Ramasinghe & Lucey, Beyond Periodicity: Toward a Unifying Framework for Activations in
 * Coordinate-MLPs, ECCV 2022): `z ← exp(-x² / 2a²)` with `x = W z + b`, a linear read-out. Written `exp(-(σ x)²)`, as
 * WIRE's code compares it (Saragadam et al. 2023).
 *
 * Published: the formula, and PyTorch's initialization in that comparison. Choices: σ = 10, which is a = 0.07, and the
 * learning rate, each the best of two or three in short fits of a small picture (σ = 30 was worse by 2 dB).
 */
export function gauss(options: GaussOptions = {}): TrainedFamily {
  const { hidden = hiddenLayers, sigma = 10 } = options;
  const bell = (y: Tensor) => y.square().neg().exp();
  return {
    kind: "trained",
    meaning: "layers of Gaussian bells (Ramasinghe & Lucey 2022)",
    rate: 5e-3,
    values(p, points, { channels, width }) {
      let z = bell(affine(p.in("first"), points, width, { scale: sigma }));
      for (let i = 0; i < hidden; i++) {
        z = bell(affine(p.in(`hidden${i}`), z, width, { scale: sigma }));
      }
      return { all: affine(p.in("output"), z, channels, { role: "head" }) };
    },
  };
}
