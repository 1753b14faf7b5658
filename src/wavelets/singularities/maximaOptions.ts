import { describe } from "../arguments/describe.ts";
import { optionNames } from "../arguments/options.ts";
import { checkScale } from "./gaussian.ts";

/** Which modulus maxima are kept, and how they are chained through the scales. */
export interface MaximaOptions {
  /** Maxima below this fraction of the largest modulus of their scale are dropped; 0.02 by default. */
  readonly threshold?: number;
  /** The largest distance between linked maxima at adjacent scales, in units of the coarser scale; 1 by default. */
  readonly reach?: number;
  /** The largest angle between the gradients of linked maxima, in radians from 0 to π; π / 4 by default. */
  readonly turn?: number;
  /** Chains through fewer scales are dropped; 3 by default, or the number of scales if that is smaller. */
  readonly minLength?: number;
  /**
   * Chains whose exponent lies outside this interval are dropped; [-0.5, 1] by default. Use [0, 1] for noisy data, and a
   * lower end below -1 for thin lines, whose exponent is about -1. Chains through one scale have no exponent and are kept.
   */
  readonly exponents?: readonly [lowest: number, highest: number];
}

/** The default scales of modulus maxima, in samples. */
export const dyadicScales: readonly number[] = [1, 2, 4, 8];

/** Names of {@link MaximaOptions}. */
export const maximaOptionNames = optionNames<MaximaOptions>({
  threshold: true,
  reach: true,
  turn: true,
  minLength: true,
  exponents: true,
});

/**
 * The options with their defaults. Throws RangeError unless scales are positive and increasing and options are in range,
 * TypeError for arguments of the wrong type.
 */
export function resolveMaximaOptions(
  scales: readonly number[],
  options: MaximaOptions,
): Required<MaximaOptions> {
  if (!Array.isArray(scales))
    throw new TypeError(`scales must be an array such as [1, 2, 4], not ${describe(scales)}`);
  if (scales.length === 0) throw new RangeError("maxima need at least one scale");
  scales.forEach((scale, i) => {
    if (checkScale(scale) <= (scales[i - 1] ?? 0))
      throw new RangeError(`scales must increase, unlike ${scales.join(", ")}`);
  });
  const {
    threshold = 0.02,
    reach = 1,
    turn = Math.PI / 4,
    minLength = Math.min(3, scales.length),
    exponents = [-0.5, 1],
  } = options;
  if (!(threshold >= 0 && threshold <= 1))
    throw new RangeError(`threshold must be from 0 to 1, not ${threshold}`);
  if (!(reach > 0 && Number.isFinite(reach)))
    throw new RangeError(`reach must be a positive number, not ${reach}`);
  if (!(turn >= 0 && turn <= Math.PI))
    throw new RangeError(`turn must be from 0 to π radians, not ${turn}`);
  if (!Number.isInteger(minLength) || minLength < 1 || minLength > scales.length)
    throw new RangeError(
      `minLength must be an integer from 1 to ${scales.length}, the number of scales, not ${minLength}`,
    );
  if (!(Array.isArray(exponents) && exponents[0] <= exponents[1]))
    throw new RangeError(`exponents must be [lowest, highest], not ${exponents}`);
  return { threshold, reach, turn, minLength, exponents };
}
