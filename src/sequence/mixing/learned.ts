import { constant } from "../../graph/index.ts";
import type { Initializer } from "../../nn/initializers.ts";
import { type HaarOptions, haarDefaults, haarWindows } from "./haar.ts";
import { between, type Mixing, onUpper } from "./mixing.ts";

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
export const learnedMixing = (options = learnedDefaults): Mixing =>
  between((p, x, past, { width, context }) => {
    const { edge, taps } = options;
    const windows = haarWindows(width, context, options);
    const mixed = windows.length;
    const stretches = windows.map((f) => Math.max(1, f / taps));
    const count = windows.map((f) => Math.min(f, taps));
    return onUpper(x, mixed, (u) => {
      // Σ_t h(t) times the mean over the stretch that ended t stretches ago.
      const means = past.mean(u, stretches, edge);
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
    });
  });

/** 1/n for the n taps that feature i has. */
const evenOver =
  (count: readonly number[]): Initializer =>
  (values) => {
    for (let k = 0; k < values.length; k++) values[k] = 1 / count[k % count.length]!; // one a feature
  };
