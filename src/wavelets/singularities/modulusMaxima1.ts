import { checkOptions, optionNames } from "../arguments/options.ts";
import { checkSignal, type FloatArray } from "../arrays/floatArray.ts";
import { gaussianDerivative } from "./gaussian.ts";
import { type Chained, chained, type Maximum } from "./maximaChains.ts";
import {
  dyadicScales,
  type MaximaOptions,
  maximaOptionNames,
  resolveMaximaOptions,
} from "./maximaOptions.ts";
import { peak } from "./peak.ts";

/** A singular point of a signal at one scale. */
export interface ModulusMaximum1 extends Chained {
  /** Position in samples; peaks lie between samples. */
  readonly x: number;
  /** Standard deviation of the Gaussian, in samples. */
  readonly scale: number;
  /** |W f| at its peak; a step of height 1 gives 1 / √(2π). */
  readonly modulus: number;
  /** Whether the signal rises or falls; for order 2, whether it is convex or concave. */
  readonly sign: 1 | -1;
}

/** Options of {@link modulusMaxima1}. */
export interface MaximaOptions1 extends MaximaOptions {
  /**
   * The derivative of a Gaussian that is the wavelet. The first (default) responds to jumps and cusps. The second does not
   * respond to straight lines, and also detects kinks, whose exponent is 1: a wavelet with n vanishing moments measures
   * exponents up to n.
   */
  readonly order?: 1 | 2;
}

const names = new Set([
  ...maximaOptionNames,
  ...optionNames<Pick<MaximaOptions1, "order">>({ order: true }),
]);

/**
 * The singularities of a signal: the local maxima in b of |W f(a, b)| ({@link gaussianDerivative}) for every scale, finest
 * first and in order of position. They are selected as for a picture (`modulusMaxima`), with the sign in place of the angle.
 * The outer samples are never maxima. Throws as `modulusMaxima` does.
 *
 * @example
 * ```ts
 * const step = Float64Array.from({ length: 64 }, (_, i) => (i < 32 ? 0 : 1));
 * const [{ x, sign, exponent }] = modulusMaxima1(step);
 * console.log(x.toFixed(1), sign, Math.round(10 * exponent) / 10);
 * // → 31.5 1 0
 * ```
 */
export function modulusMaxima1(
  signal: FloatArray,
  scales: readonly number[] = dyadicScales,
  options: MaximaOptions1 = {},
): ModulusMaximum1[] {
  checkSignal(signal, "the signal");
  checkOptions(options, names);
  const { order = 1 } = options;
  const resolved = resolveMaximaOptions(scales, options);
  const exact = new Float64Array(signal);
  const levels = scales.map((scale) =>
    maximaAt(gaussianDerivative(exact, scale, order), scale, resolved.threshold),
  );
  return chained(levels, resolved).map(({ x, scale, modulus, angle, exponent, length }) => {
    return { x, scale, modulus, sign: angle === 0 ? 1 : -1, exponent, length };
  });
}

/** Maxima as points of a picture with one row. The gradient points to the left where values fall. */
function maximaAt(values: Float64Array, scale: number, threshold: number): Maximum[] {
  const least = threshold * values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const maxima: Maximum[] = [];
  const modulusAt = (x: number) => Math.abs(values[x] ?? Number.POSITIVE_INFINITY);
  for (let i = 0; i < values.length; i++) {
    const modulus = Math.abs(values[i]!);
    if (modulus === 0 || modulus < least) continue;
    const step = Math.sign(values[i]!);
    const top = peak(modulusAt(i - step), modulus, modulusAt(i + step), scale);
    if (!top) continue;
    const x = i + step * top.offset;
    maxima.push({ x, y: 0, scale, modulus: top.height, angle: step > 0 ? 0 : Math.PI });
  }
  return maxima;
}
