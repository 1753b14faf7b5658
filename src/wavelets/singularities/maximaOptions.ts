import { checkScale } from "./gaussian.ts";

/** Which modulus maxima are kept, and which belong together. */
export interface MaximaOptions {
  /** Maxima below this fraction of the greatest modulus of their scale are dropped; 0.02 by default. */
  readonly threshold?: number;
  /** How far a maximum may lie from the one it continues at the next scale, in units of that scale; 1 by default. */
  readonly reach?: number;
  /** Radians by which the gradient may turn from one scale to the next, 0 … π; π / 4 by default. */
  readonly turn?: number;
  /** Chains of fewer scales are dropped; 3 by default, or the number of scales if that is less. */
  readonly minLength?: number;
  /**
   * Chains whose exponent lies outside are dropped; [-0.5, 1] by default. Noisy data want [0, 1]; thin lines, whose
   * exponent is about -1, a lower end below that. Chains of one scale have no exponent and stay.
   */
  readonly exponents?: readonly [lowest: number, highest: number];
}

/** The scales at which maxima are looked for if none are given, in samples. */
export const dyadicScales: readonly number[] = [1, 2, 4, 8];

/** The options with their defaults. Throws RangeError unless scales grow from above 0 and options are in range. */
export function resolveMaximaOptions(
  scales: readonly number[],
  options: MaximaOptions,
): Required<MaximaOptions> {
  if (scales.length === 0) throw new RangeError("maxima need at least one scale, not none");
  scales.forEach((scale, i) => {
    if (checkScale(scale) <= (scales[i - 1] ?? 0))
      throw new RangeError(`scales must grow, not be ${scales.join(", ")}`);
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
      `minLength must be a whole number from 1 to ${scales.length}, the number of scales, not ${minLength}`,
    );
  if (!(exponents[0] <= exponents[1]))
    throw new RangeError(
      `exponents must be a lowest and a highest one, not ${exponents.join(", ")}`,
    );
  return { threshold, reach, turn, minLength, exponents };
}
