import { constant, type Tensor } from "../../../graph/index.ts";
import { fanIn } from "../../../nn/initializers.ts";
import { linear } from "../../../nn/layers/layers.ts";
import type { TrainedFamily } from "../../family.ts";
import { hiddenLayers } from "./affine.ts";

export interface ReluOptions {
  /** Layers after the first one. */
  readonly hidden?: number;
  /** Frequencies per coordinate, each twice the previous one. */
  readonly octaves?: number;
}

/**
 * ReLU layers on a positional encoding (Mildenhall et al., NeRF, ECCV 2020; Tancik et al., Fourier Features Let Networks
 * Learn High Frequency Functions in Low Dimensional Domains, NeurIPS 2020): `γ(r) = (sin 2^k π r, cos 2^k π r)` for
 * k = 0 … L - 1 and each coordinate r, then `z ← max(0, W z + b)`, a linear read-out.
 *
 * Published: γ, and L = 10 for the positions of NeRF. Choices: the depth of the other baselines, weights after He et al. (2015),
 * zero biases, and the learning rate, by short fits of a small picture.
 */
export function relu(options: ReluOptions = {}): TrainedFamily {
  const { hidden = hiddenLayers, octaves = 10 } = options;
  return {
    kind: "trained",
    meaning: "layers of ReLU on sines of all octaves (Mildenhall et al. 2020, Tancik et al. 2020)",
    rate: 5e-3,
    values(p, points, { channels, width }) {
      const initialize = fanIn(Math.SQRT2);
      let z = linear(p.in("first"), encoded(points, octaves), width, { initialize }).relu();
      for (let i = 0; i < hidden; i++) {
        z = linear(p.in(`hidden${i}`), z, width, { initialize }).relu();
      }
      return { all: linear(p.in("output"), z, channels, { initialize: fanIn(), role: "head" }) };
    },
  };
}

/**
 * `γ`: `[points, dimensions]` to `[points, 2 · octaves · dimensions]`. All sines come first, then all cosines, computed as
 * sines with a phase of π/2; within each, the octaves of the first coordinate, then those of the next.
 */
function encoded(points: Tensor, octaves: number): Tensor {
  const dimensions = points.shape[1] ?? 0;
  const count = octaves * dimensions;
  const frequencies = new Float64Array(dimensions * 2 * count);
  for (let i = 0; i < 2 * count; i++) {
    const [coordinate, octave] = [Math.floor((i % count) / octaves), i % octaves];
    frequencies[coordinate * 2 * count + i] = 2 ** octave * Math.PI;
  }
  const ahead = Float64Array.from({ length: 2 * count }, (_, i) => (i < count ? 0 : Math.PI / 2));
  return points
    .matmul(constant(frequencies, [dimensions, 2 * count], points.dtype))
    .add(constant(ahead, [2 * count], points.dtype))
    .sin();
}
