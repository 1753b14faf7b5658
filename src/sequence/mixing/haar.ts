import type { Tensor } from "../../graph/index.ts";
import { boxMean, boxMeanStep, type Edge } from "./boxMean.ts";
import { dyadicWindows } from "./dyadicWindows.ts";
import { type Mixing, mixedWidth, onUpper } from "./mixing.ts";

export interface HaarOptions {
  /** Share of the features that are mixed. */
  readonly fraction: number;
  readonly edge: Edge;
  /** Smallest window, in positions; 1 leaves the first of the mixed features as they are. */
  readonly smallest: 1 | 2;
  /** Largest window, in positions; the context by default. */
  readonly largest?: number;
  /** How much of a mixed feature is its mean; the rest is its own value. 1 is the paper. */
  readonly gate: number;
}

/** As WaveletGPT describes it (Verma 2024), with the choices that it leaves open made. */
export const haarDefaults: HaarOptions = { fraction: 1 / 2, edge: "zero", smallest: 2, gate: 1 };

/**
 * WaveletGPT's mixing: each upper feature becomes its own mean over the last 2, 4, …, `context` positions, the windows
 * rising with the feature: the approximation coefficients of Haar's wavelet, without downsampling. No parameters.
 */
export function haarMixing(width: number, context: number, options = haarDefaults): Mixing {
  const { fraction, edge, smallest, largest = context, gate } = options;
  const mixed = mixedWidth(width, fraction);
  const windows = dyadicWindows(mixed, Math.min(context, largest), smallest);
  return onUpper(mixed, meanOver(windows, edge, gate));
}

/** The control with one window for all mixed features. */
export function windowMixing(width: number, window: number, options = haarDefaults): Mixing {
  const mixed = mixedWidth(width, options.fraction);
  const windows: number[] = Array(mixed).fill(window);
  return onUpper(mixed, meanOver(windows, options.edge, options.gate));
}

function meanOver(windows: readonly number[], edge: Edge, gate: number): Mixing {
  const blend = (x: Tensor, mean: Tensor) =>
    gate === 1 ? mean : mean.mul(gate).add(x.mul(1 - gate));
  return {
    whole: (_, x) => blend(x, boxMean(x, windows, edge)),
    step: (_, x, past) => blend(x, boxMeanStep(x, windows, edge, past)),
  };
}
