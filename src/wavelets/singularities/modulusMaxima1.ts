import type { FloatArray } from "../arrays/floatArray.ts";
import { gaussianDerivative } from "./gaussian.ts";
import { type Chained, chained, type Maximum } from "./maximaChains.ts";
import { dyadicScales, type MaximaOptions, resolveMaximaOptions } from "./maximaOptions.ts";
import { peak } from "./peak.ts";

/** A singular point of a signal at one scale. */
export interface ModulusMaximum1 extends Chained {
  /** Place in samples, between them where the peak is. */
  readonly x: number;
  /** Standard deviation of the Gaussian, in samples. */
  readonly scale: number;
  /** |W f| at its peak; a step of height 1 gives 1 / √(2π). */
  readonly modulus: number;
  /** Whether the signal rises or falls there; of order 2, whether it is convex or concave. */
  readonly sign: 1 | -1;
}

/** How the maxima of a signal are found. */
export interface MaximaOptions1 extends MaximaOptions {
  /**
   * Which derivative of a Gaussian is the wavelet: the first by default, which sees jumps and cusps; the second, blind to
   * straight lines, sees kinks too, whose exponent is 1 (a wavelet of n vanishing moments tells exponents up to n).
   */
  readonly order?: 1 | 2;
}

/**
 * The singularities of a signal as local maxima in b of |W f(a, b)| ({@link gaussianDerivative}) for every scale;
 * finest scale first, each in order of place. What is kept, and how, is as for a picture (`modulusMaxima`), with the
 * sign in the angle's place. The outer samples are no maxima. Throws RangeError as that does.
 */
export function modulusMaxima1(
  signal: FloatArray,
  scales: readonly number[] = dyadicScales,
  { order = 1, ...options }: MaximaOptions1 = {},
): ModulusMaximum1[] {
  const resolved = resolveMaximaOptions(scales, options);
  const exact = Float64Array.from(signal);
  const levels = scales.map((scale) =>
    maximaAt(gaussianDerivative(exact, scale, order), scale, resolved.threshold),
  );
  return chained(levels, resolved).map(({ x, scale, modulus, angle, exponent, length }) => {
    return { x, scale, modulus, sign: angle === 0 ? 1 : -1, exponent, length };
  });
}

/** Maxima as points of a picture of one row. Before and after are along the gradient: leftwards where values fall. */
function maximaAt(values: Float64Array, scale: number, threshold: number): Maximum[] {
  const least = threshold * values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const maxima: Maximum[] = [];
  values.forEach((value, i) => {
    const modulus = Math.abs(value);
    if (modulus === 0 || modulus < least) return;
    const step = Math.sign(value);
    const modulusAt = (x: number) => Math.abs(values[x] ?? Number.POSITIVE_INFINITY);
    const top = peak(modulusAt(i - step), modulus, modulusAt(i + step), scale);
    if (!top) return;
    const x = i + step * top.offset;
    maxima.push({ x, y: 0, scale, modulus: top.height, angle: step > 0 ? 0 : Math.PI });
  });
  return maxima;
}
