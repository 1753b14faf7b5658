import type { Tensor } from "../../../graph/index.ts";
import { uniform } from "../../../nn/initializers.ts";
import { linear, widthOf } from "../../../nn/layers/layers.ts";
import type { Scope } from "../../../nn/parameters.ts";

/**
 * Layers between the first one and the read-out, of all baselines unless they are told otherwise: the "2 hidden × 256"
 * in which WIRE's code compares them (Saragadam et al. 2023).
 */
export const hiddenLayers = 2;

/** PyTorch's start of a linear layer, weights and biases alike: uniform within ±1/√inputs. */
export const torchBound = (inputs: number): number => 1 / Math.sqrt(inputs);

export interface AffineOptions {
  /** Weights start uniform within ± this; PyTorch's bound by default. */
  readonly weight?: number;
  /** Biases likewise. */
  readonly bias?: number;
  /** What the result is multiplied with: a frequency or a sharpness. The weights are scaled, not the activations. */
  readonly scale?: number;
}

/** `scale (x W + b)`. */
export function affine(p: Scope, x: Tensor, width: number, options: AffineOptions = {}): Tensor {
  const bound = torchBound(widthOf(x));
  const { weight = bound, bias = bound, scale = 1 } = options;
  return linear(p, x, width, {
    initialize: uniform(weight),
    initializeBias: uniform(bias),
    scaleOutput: scale,
  });
}
