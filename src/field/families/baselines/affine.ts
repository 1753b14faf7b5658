import type { Tensor } from "../../../graph/index.ts";
import { uniform } from "../../../nn/initializers.ts";
import { linear, widthOf } from "../../../nn/layers/layers.ts";
import type { ParameterRole, Scope } from "../../../nn/parameters.ts";

/**
 * Default number of layers between the first one and the read-out for all baselines: the "2 hidden × 256" in which the code of
 * WIRE compares them (Saragadam et al. 2023).
 */
export const hiddenLayers = 2;

/** The bound of PyTorch's initialization of a linear layer, weights and biases alike: uniform within ±1/√inputs. */
export const torchBound = (inputs: number): number => 1 / Math.sqrt(inputs);

export interface AffineOptions {
  /** Weights are initialized uniformly within ± this; PyTorch's bound by default. */
  readonly weight?: number;
  /** The same for biases. */
  readonly bias?: number;
  /** Factor of the result: a frequency or a sharpness. The weights are scaled, not the activations. */
  readonly scale?: number;
  /** What the weights do in the model; `hidden` by default. */
  readonly role?: ParameterRole;
}

/** `scale (x W + b)`. */
export function affine(p: Scope, x: Tensor, width: number, options: AffineOptions = {}): Tensor {
  const bound = torchBound(widthOf(x));
  const { weight = bound, bias = bound, scale = 1, role } = options;
  return linear(p, x, width, {
    initialize: uniform(weight),
    initializeBias: uniform(bias),
    scaleOutput: scale,
    ...(role && { role }),
  });
}
