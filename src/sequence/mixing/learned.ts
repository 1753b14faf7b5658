import { constant, type Tensor } from "../../graph/index.ts";
import { type Delays, wholeSequence } from "../../nn/decoding/past.ts";
import type { Initializer } from "../../nn/initializers.ts";
import type { Scope } from "../../nn/parameters.ts";
import { boxMean, boxMeanStep } from "./boxMean.ts";
import { dyadicWindows } from "./dyadicWindows.ts";
import { type HaarOptions, haarDefaults } from "./haar.ts";
import { type Mixing, mixedWidth, onUpper } from "./mixing.ts";

export interface LearnedOptions extends HaarOptions {
  /** Free numbers of a kernel, at most; a power of two. */
  readonly taps: number;
}

export const learnedDefaults: LearnedOptions = { ...haarDefaults, taps: 8 };

/**
 * WaveletGPT's learnable kernels: `y_i(k) = Σ_m h_i(m) x_i(k - m)` over m < f_i, starting at h = 1/f, which is the fixed
 * mixing. A window longer than `taps` is cut into that many equal stretches with one number each, so that no kernel has
 * more numbers than the scale it works at can tell apart.
 */
export function learnedMixing(width: number, context: number, options = learnedDefaults): Mixing {
  const { fraction, edge, smallest, largest = context, taps } = options;
  const mixed = mixedWidth(width, fraction);
  const windows = dyadicWindows(mixed, Math.min(context, largest), smallest);
  const stretches = windows.map((f) => Math.max(1, f / taps));
  const count = windows.map((f) => Math.min(f, taps));

  /** Σ_t h(t) times the mean over the stretch that ended t stretches ago; `means` are those of stretches. */
  const weigh = (p: Scope, means: Tensor, past: Delays): Tensor => {
    const kernel = p.get("kernel", [taps, mixed], evenOver(count), { role: "kernel" });
    let y = means.mul(kernel.slice(0, 0, 1));
    for (let t = 1; t < taps; t++) {
      // Features whose window has no such stretch see a tap that stays zero.
      const exists = count.map((n) => Number(t < n));
      const tap = kernel.slice(0, t, t + 1).mul(constant(exists, [1, mixed], means.dtype));
      const lags = stretches.map((stretch) => t * stretch);
      y = y.add(past.ago(means, lags).mul(tap));
    }
    return y;
  };
  return onUpper(mixed, {
    whole: (p, x) => weigh(p, boxMean(x, stretches, edge), wholeSequence),
    step: (p, x, past) => weigh(p, boxMeanStep(x, stretches, edge, past), past),
  });
}

/** 1/n for the n taps that feature i has. */
const evenOver =
  (count: readonly number[]): Initializer =>
  (values) => {
    for (let k = 0; k < values.length; k++) values[k] = 1 / count[k % count.length]!; // one a feature
  };
