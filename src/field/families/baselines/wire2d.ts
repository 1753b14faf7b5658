import { fromPolar, squaredModulus } from "../../../nn/layers/complex.ts";
import type { TrainedFamily } from "../../family.ts";
import { affine, hiddenLayers } from "./affine.ts";

import { complexAffine, complexReadOut, type WireOptions } from "./wire.ts";

/**
 * WIRE with wavelets that are localized across their direction too (Saragadam et al. 2023, `wire2d` in its code):
 * `z ← exp(i ω x - |σ x|² - |σ y|²)` with `x = W z + b` and `y = V z + c`; otherwise equal to WIRE.
 *
 * Published in its code: width/2 complex units for a given `width`; ω = σ = 10 for tomography, the task that it is used for
 * there. Choice: the same setting for pictures.
 */
export function wire2d(options: WireOptions = {}): TrainedFamily {
  const { hidden = hiddenLayers, omega = 10, sigma = 10 } = options;
  const narrowness = (sigma / omega) ** 2;
  return {
    kind: "trained",
    meaning:
      "layers of complex Gabor wavelets localized in two directions (WIRE, Saragadam et al. 2023)",
    rate: 5e-3,
    values(p, points, { channels, width }) {
      const units = Math.max(1, Math.floor(width / 2));
      const along = affine(p.in("first.along"), points, units, { scale: omega });
      const across = affine(p.in("first.across"), points, units, { scale: sigma });
      const envelope = along.square().mul(-narrowness).sub(across.square()).exp();
      let z = fromPolar(envelope, along);
      for (let i = 0; i < hidden; i++) {
        const x = complexAffine(p.in(`hidden${i}.along`), z, units, omega);
        const y = complexAffine(p.in(`hidden${i}.across`), z, units, sigma);
        const decay = squaredModulus(x).mul(-narrowness).sub(squaredModulus(y));
        z = fromPolar(decay.sub(x.im).exp(), x.re);
      }
      return { all: complexReadOut(p.in("output"), z, channels) };
    },
  };
}
