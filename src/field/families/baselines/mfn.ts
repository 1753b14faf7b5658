import { concat, type Tensor } from "../../../graph/index.ts";
import type { Initializer } from "../../../nn/initializers.ts";
import type { Scope } from "../../../nn/parameters.ts";
import type { TrainedFamily } from "../../family.ts";
import { affine, hiddenLayers, torchBound } from "./affine.ts";
import { gammaDeviate } from "./gammaDeviate.ts";

export interface MfnOptions {
  /** Products after the first filter; published with 3. */
  readonly hidden?: number;
  /** Scale of the initial frequencies of all filters together. */
  readonly inputScale?: number;
  /** Shape of the gamma distribution of the sharpness, for all filters together. */
  readonly alpha?: number;
}

/**
 * GaborNet, a multiplicative filter network (Fathony et al., Multiplicative Filter Networks, ICLR 2021):
 * `z_1 = g_1(r)`, `z_{i+1} = (W_i z_i + b_i) ∘ g_{i+1}(r)`, a linear read-out, with the filters
 * `g(r) = exp(-γ/2 ‖r - μ‖²) sin(ω·r + φ)`. The paper's other network, FourierNet, has the sines alone.
 *
 * Published, with n = hidden + 1 filters: μ uniform in [-1, 1], γ from the gamma distribution of shape 6/n and rate 1, ω
 * from PyTorch's initialization times 256/√n · √γ, φ uniform within ±π; W within ±1/√width; all of them learned. (The
 * initialization is from memory of the authors' code, not checked.) Choice: the learning rate, by short fits of a small picture.
 */
export function mfn(options: MfnOptions = {}): TrainedFamily {
  const { hidden = hiddenLayers, inputScale = 256, alpha = 6 } = options;
  const filters = hidden + 1;
  const initialize = gaborFilters(inputScale / Math.sqrt(filters), alpha / filters);
  return {
    kind: "trained",
    meaning: "products of Gabor filters (GaborNet, Fathony et al. 2021)",
    rate: 1e-2,
    values(p, points, { channels, width }) {
      const filter = (i: number) => gabor(p.in(`filter${i}`), points, width, initialize);
      let z = filter(0);
      for (let i = 0; i < hidden; i++) {
        z = affine(p.in(`hidden${i}`), z, width).mul(filter(i + 1));
      }
      return { all: affine(p.in("output"), z, channels, { role: "head" }) };
    },
  };
}

/** `exp(-γ/2 ‖r - μ‖²) sin(ω·r + φ)`: `[points, width]`. One parameter contains the rows of μ, γ, ω and φ. */
function gabor(p: Scope, points: Tensor, width: number, initialize: Initializer): Tensor {
  const dimensions = points.shape[1] ?? 0;
  const rows = [dimensions, 1, dimensions, 1];
  const [center, sharpness, frequency, phase] = p
    .get("gabor", [2 * dimensions + 2, width], initialize, { role: "kernel" })
    .split(0, rows) as [Tensor, Tensor, Tensor, Tensor]; // as many as rows
  // -γ/2 ‖r - μ‖² = γ r·μ - γ/2 ‖r‖² - γ/2 ‖μ‖², a single matrix product.
  const half = sharpness.mul(-0.5);
  const powers = concat([points, points.square().sum(1, { keepDims: true })], 1);
  const exponent = powers
    .matmul(concat([center.mul(sharpness), half], 0))
    .add(center.square().sum(0, { keepDims: true }).mul(half));
  return exponent.exp().mul(points.matmul(frequency).add(phase).sin());
}

/** Initializes filters; sharper ones have higher frequencies. */
function gaborFilters(scale: number, shape: number): Initializer {
  return (values, [rows = 0, width = 0], random) => {
    const dimensions = (rows - 2) / 2;
    const within = (bound: number) => bound * (2 * random.uniform() - 1);
    for (let unit = 0; unit < width; unit++) {
      const sharpness = gammaDeviate(random, shape);
      const frequency = torchBound(dimensions) * scale * Math.sqrt(sharpness);
      for (let axis = 0; axis < dimensions; axis++) {
        values[axis * width + unit] = within(1);
        values[(dimensions + 1 + axis) * width + unit] = within(frequency);
      }
      values[dimensions * width + unit] = sharpness;
      values[(rows - 1) * width + unit] = within(Math.PI);
    }
  };
}
