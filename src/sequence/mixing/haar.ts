import { concat, type Tensor } from "../../graph/index.ts";
import type { Edge } from "../../nn/decoding/past.ts";
import { dyadicWindows } from "./dyadicWindows.ts";
import { between, type Mixing, mixedWidth, onUpper } from "./mixing.ts";

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

/** Windows of the mixed features of a width: see {@link dyadicWindows}. */
export const haarWindows = (
  width: number,
  context: number,
  { fraction, smallest, largest = context }: HaarOptions,
): number[] => dyadicWindows(mixedWidth(width, fraction), Math.min(context, largest), smallest);

/**
 * WaveletGPT's mixing: each upper feature becomes its own mean over the last 2, 4, …, `context` positions, the windows
 * rising with the feature: the approximation coefficients of Haar's wavelet, without downsampling. No parameters.
 */
export const haarMixing = (options = haarDefaults): Mixing =>
  meansBetween((width, context) => haarWindows(width, context, options), options);

/** The control with one window for all mixed features. */
export const windowMixing = (window: number, options = haarDefaults): Mixing =>
  meansBetween((width) => Array(mixedWidth(width, options.fraction)).fill(window), options);

const meansBetween = (
  windowsOf: (width: number, context: number) => readonly number[],
  { edge, gate }: Pick<HaarOptions, "edge" | "gate">,
): Mixing =>
  between((_, x, past, { width, context }) => {
    const windows = windowsOf(width, context);
    const blend = (u: Tensor, mean: Tensor) =>
      gate === 1 ? mean : mean.mul(gate).add(u.mul(1 - gate));
    return onUpper(x, windows.length, (u) => blend(u, past.mean(u, windows, edge)));
  });

/**
 * A scale for each head: keys and values of head h are their means over the last `2^h` positions, so that the first head sees
 * single positions, the second pairs, and so on up to the largest power of two within `context`. No parameters.
 */
export const headsMixing =
  (edge: Edge = "zero"): Mixing =>
  ({ width, heads, context, past }) => {
    const depth = width / heads;
    const largest = Math.floor(Math.log2(context));
    const windows = Array.from(
      { length: width },
      (_, i) => 2 ** Math.min(largest, Math.floor(i / depth)),
    );
    return {
      queryKeyValue(x) {
        const [query, keyValue] = x.split(-1, [width, 2 * width]) as [Tensor, Tensor];
        return concat([query, past.mean(keyValue, [...windows, ...windows], edge)], -1);
      },
    };
  };
