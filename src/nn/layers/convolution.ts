import type { Tensor } from "../../graph/index.ts";
import { type Past, wholeSequence } from "../decoding/past.ts";
import { type Initializer, normal } from "../initializers.ts";
import type { Scope } from "../parameters.ts";
import { widthOf } from "./layers.ts";

export interface ConvolutionOptions {
  /** How many positions each output sees: itself and `taps - 1` before it. */
  readonly taps: number;
  /** Positions from one tap to the next. */
  readonly dilation?: number;
  readonly initialize?: Initializer;
  /** Where earlier positions are found; in `x` itself by default. */
  readonly past?: Pick<Past, "ago">;
}

/**
 * Depthwise causal convolution along the second axis of `[batch, length, width]`:
 * `y[t] = Σ_k kernel[k] x[t - k dilation]`, zeros before the start, each feature by itself.
 */
export function causalConvolution(p: Scope, x: Tensor, options: ConvolutionOptions): Tensor {
  const { taps, dilation = 1, past = wholeSequence } = options;
  const { initialize = normal(1 / Math.sqrt(taps)) } = options;
  const kernel = p.get("kernel", [taps, widthOf(x)], initialize, { role: "kernel" });
  let y = x.mul(kernel.slice(0, 0, 1));
  for (let k = 1; k < taps; k++) {
    y = y.add(past.ago(x, k * dilation).mul(kernel.slice(0, k, k + 1)));
  }
  return y;
}
