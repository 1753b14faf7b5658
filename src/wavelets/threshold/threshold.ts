import { checkOneOf } from "../arguments/checkOneOf.ts";
import { type FloatArray, zerosLike } from "../arrays/floatArray.ts";

/**
 * What becomes of a value x at a threshold t:
 *
 * - `soft`     sign(x) max(|x| − t, 0)       shrinks all: continuous, biased by t
 * - `hard`     x where |x| ≥ t, else 0       keeps or kills: unbiased, jumps at t
 * - `garrote`  x max(1 − t² / x², 0)         continuous, and hardly biased for large x
 * - `greater`  x where x ≥ t, else 0
 * - `less`     x where x ≤ t, else 0
 */
export type ThresholdMode = "soft" | "hard" | "garrote" | "greater" | "less";

/** Options of {@link threshold}. */
export interface ThresholdOptions {
  /** `soft` by default. */
  readonly mode?: ThresholdMode;
  /** What stands for a value beyond the threshold instead of 0. */
  readonly substitute?: number;
}

/** A mode by two functions: is the value replaced, and what becomes of it if not. */
interface Rule {
  readonly replaces: (x: number, t: number) => boolean;
  readonly keeps: (x: number, t: number) => number;
}

const isSmall = (x: number, t: number) => Math.abs(x) < t;
const asItIs = (x: number) => x;

const rules: Readonly<Record<ThresholdMode, Rule>> = {
  soft: { replaces: isSmall, keeps: (x, t) => (x < 0 ? x + t : x - t) },
  hard: { replaces: isSmall, keeps: asItIs },
  garrote: { replaces: isSmall, keeps: (x, t) => (x === 0 ? 0 : x - (t * t) / x) },
  greater: { replaces: (x, t) => x < t, keeps: asItIs },
  less: { replaces: (x, t) => x > t, keeps: asItIs },
};

/**
 * The values shrunk or replaced by a threshold: Donoho and Johnstone's soft and hard (1994), Breiman's garrote (1995).
 * PyWavelets' values, except that 0 under the threshold 0 stays 0 where PyWavelets makes NaN of it.
 * Throws RangeError for an unknown mode, NaN, or a negative threshold of a mode that looks at moduli.
 */
export function threshold<A extends FloatArray>(
  data: A,
  value: number,
  options: ThresholdOptions = {},
): A {
  const { mode = "soft", substitute = 0 } = options;
  checkOneOf("mode", mode, Object.keys(rules));
  if (Number.isNaN(value) || (value < 0 && rules[mode].replaces === isSmall))
    throw new RangeError(`the threshold of mode ${mode} must be 0 or more, not ${value}`);
  const { replaces, keeps } = rules[mode];
  return mapped(data, (x) => (replaces(x, value) ? substitute : keeps(x, value)));
}

/**
 * Firm threshold (Gao and Bruce, 1997): 0 up to `low`, as it is above `high`, and a straight line between. With equal
 * bounds it is the hard threshold, except that a value on the bound is 0; with `high` infinite the soft one. (PyWavelets
 * makes NaN in these two cases.) Throws RangeError unless 0 ≤ low ≤ high.
 */
export function thresholdFirm<A extends FloatArray>(data: A, low: number, high: number): A {
  if (!(low >= 0 && high >= low))
    throw new RangeError(`a firm threshold needs 0 ≤ low ≤ high, not low ${low} and high ${high}`);
  const slope = high === Number.POSITIVE_INFINITY ? 1 : high / (high - low);
  return mapped(data, (x) => {
    const modulus = Math.abs(x);
    if (modulus <= low) return 0;
    return modulus > high ? x : Math.sign(x) * (modulus - low) * slope;
  });
}

function mapped<A extends FloatArray>(data: A, of: (x: number) => number): A {
  const result = zerosLike(data, data.length);
  for (let i = 0; i < data.length; i++) result[i] = of(data[i]!);
  return result;
}
