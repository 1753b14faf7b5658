import type { Tensor } from "../graph/index.ts";
import { normal } from "./initialisers.ts";
import { widthOf } from "./layers.ts";
import type { Scope } from "./parameters.ts";

export interface ConvolutionOptions {
  /** How many positions each output sees: itself and `taps - 1` before it. */
  readonly taps: number;
  /** Positions from one tap to the next. */
  readonly dilation?: number;
}

/**
 * Depthwise causal convolution along the second axis of `[batch, length, width]`:
 * `y[t] = Σ_k kernel[k] x[t - k dilation]`, zeros before the start, each feature by itself.
 */
export function causalConvolution(p: Scope, x: Tensor, options: ConvolutionOptions): Tensor {
  const { taps, dilation = 1 } = options;
  const kernel = p.get("kernel", [taps, widthOf(x)], normal(1 / Math.sqrt(taps)));
  let y = x.mul(kernel.slice(0, 0, 1));
  for (let k = 1; k < taps; k++) {
    y = y.add(delay(x, k * dilation).mul(kernel.slice(0, k, k + 1)));
  }
  return y;
}

/** x later by `steps` positions of its second axis; what had no past is zero. */
export function delay(x: Tensor, steps: number): Tensor {
  const kept = Math.max(0, (x.shape[1] ?? 0) - steps);
  return kept === 0 ? x.mul(0) : x.slice(1, 0, kept).pad(1, (x.shape[1] ?? 0) - kept, 0);
}
