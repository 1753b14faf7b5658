import { checkOneOf } from "../arguments/checkOneOf.ts";
import { describe } from "../arguments/describe.ts";
import type { Matrix } from "../arrays/matrix.ts";

/** The values at which samples were cut off, ±Infinity where they were not. */
export interface Limits {
  readonly low: number;
  readonly high: number;
}

/** Whether there is a limit. */
export const isClipped = ({ low, high }: Limits): boolean =>
  low > Number.NEGATIVE_INFINITY || high < Number.POSITIVE_INFINITY;

/**
 * Where noisy samples were cut off. `auto`: at the least and the largest value, if a share of 10⁻⁴ of all samples, and at
 * least 4, have just this value, which without clipping is unlikely. `none`: nowhere.
 */
export type Clipping = "auto" | "none" | readonly [low: number, high: number];

/** The limits of channels; throws RangeError for an unknown name and for limits out of order. */
export function limitsOf(channels: readonly Matrix[], clipping: Clipping): Limits {
  if (typeof clipping === "string") {
    if (checkOneOf("kind of clipping", clipping, ["auto", "none"]) === "auto")
      return foundLimits(channels);
    return { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
  }
  if (!Array.isArray(clipping))
    throw new TypeError(
      `clipping must be "auto", "none" or [low, high], not ${describe(clipping)}`,
    );
  const [low, high] = clipping as readonly [number, number];
  const areTwo = clipping.length === 2 && typeof low === "number" && typeof high === "number";
  if (!areTwo || !(low < high))
    throw new RangeError(`clipping must be [low, high] with low < high, not [${clipping}]`);
  return { low, high };
}

function foundLimits(channels: readonly Matrix[]): Limits {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { data } of channels)
    for (let i = 0; i < data.length; i++) {
      const x = data[i]!;
      if (x < low) low = x;
      if (x > high) high = x;
    }
  let [lows, highs, samples] = [0, 0, 0];
  for (const { data } of channels) {
    samples += data.length;
    for (let i = 0; i < data.length; i++) {
      const x = data[i]!;
      if (x <= low) lows++;
      else if (x >= high) highs++;
    }
  }
  const enough = Math.max(4, 1e-4 * samples);
  return {
    low: lows >= enough ? low : Number.NEGATIVE_INFINITY,
    high: highs >= enough ? high : Number.POSITIVE_INFINITY,
  };
}

/** Mean and variance of clipped normal values. */
export interface Moments {
  readonly mean: number;
  readonly variance: number;
}

/** Mean and variance of normal values that were clipped. */
export function clippedMoments(mean: number, sigma: number, { low, high }: Limits): Moments {
  if (!(sigma > 0)) return { mean: Math.min(Math.max(mean, low), high), variance: 0 };
  // Standardized. A limit that is not there is so far away that it changes nothing.
  const a = Math.max((low - mean) / sigma, -40);
  const b = Math.min((high - mean) / sigma, 40);
  const [below, above] = [normalBelow(a), normalBelow(-b)];
  const between = Math.max(0, 1 - below - above);
  const first = a * below + b * above + density(a) - density(b);
  const second = a * a * below + b * b * above + between + a * density(a) - b * density(b);
  return {
    mean: mean + sigma * first,
    variance: sigma ** 2 * Math.max(0, second - first * first),
  };
}

/** Clipped noise on true values between the limits, as a function of its mean. */
export interface ClippedNoise {
  /** The variance of samples whose mean is `mean`. */
  varianceAt(mean: number): number;
  /** The true value, where the mean of clipped samples is `mean`: that is pulled away from the limits. */
  trueValue(mean: number): number;
}

/** Standard deviations from a limit beyond which clipping changes nothing that matters. */
const farAway = 4;
/** Steps of a table. */
const steps = 128;

/** The noise of standard deviation `sigma` > 0 after clipping (as in Foi, *Clipped noisy images*, 2009). */
export function clippedNoise(sigma: number, limits: Limits): ClippedNoise {
  const { low, high } = limits;
  const way = farAway * sigma;
  const table = (from: number, to: number) => tableOf(from, to, sigma, limits);
  // Tables hold what is close to a limit. Where one limit is close to the other, there is one of all that is between them.
  const close = high - low <= 2 * way;
  const nearLow = low > Number.NEGATIVE_INFINITY && table(low, close ? high : low + way);
  const nearHigh = high < Number.POSITIVE_INFINITY && !close && table(high - way, high);
  const tableAt = (mean: number): Table | undefined => {
    if (nearLow && (close || mean < low + way)) return nearLow;
    return nearHigh && mean > high - way ? nearHigh : undefined;
  };
  return {
    varianceAt(mean) {
      const found = tableAt(mean);
      return found ? interpolated(found.means, found.variances, mean) : sigma ** 2;
    },
    trueValue(mean) {
      const found = tableAt(mean);
      return found ? interpolated(found.means, found.values, mean) : mean;
    },
  };
}

/** True values, and the means and the variances of clipped samples of them; the first two increase. */
interface Table {
  readonly values: Float64Array;
  readonly means: Float64Array;
  readonly variances: Float64Array;
}

function tableOf(from: number, to: number, sigma: number, limits: Limits): Table {
  const values = Float64Array.from(
    { length: steps + 1 },
    (_, i) => from + ((to - from) * i) / steps,
  );
  const moments = Array.from(values, (value) => clippedMoments(value, sigma, limits));
  return {
    values,
    means: Float64Array.from(moments, ({ mean }) => mean),
    variances: Float64Array.from(moments, ({ variance }) => variance),
  };
}

/** `ys` at x, linear between the increasing `xs` and constant beyond them. */
function interpolated(xs: Float64Array, ys: Float64Array, x: number): number {
  if (!(x > xs[0]!)) return ys[0]!;
  if (x >= xs[steps]!) return ys[steps]!;
  let [below, above] = [0, steps];
  while (above - below > 1) {
    const middle = (below + above) >> 1;
    if (xs[middle]! <= x) below = middle;
    else above = middle;
  }
  const share = (x - xs[below]!) / (xs[above]! - xs[below]!);
  return ys[below]! + share * (ys[above]! - ys[below]!);
}

const density = (x: number): number => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);

/** Φ(x), the share of a standard normal distribution below x, within 1e-7 (Abramowitz and Stegun, 26.2.17). */
function normalBelow(x: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(x));
  const polynomial =
    t *
    (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const tail = density(x) * polynomial;
  return x < 0 ? tail : 1 - tail;
}
