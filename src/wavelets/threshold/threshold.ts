import { checkOneOf } from "../arguments/checkOneOf.ts";
import { checkOptions, optionNames } from "../arguments/options.ts";
import { checkFloats, type FloatArray, zerosLike } from "../arrays/floatArray.ts";

/**
 * What is done with a value x at a threshold t:
 *
 * - `soft`     sign(x) max(|x| − t, 0)       shrinks every value: continuous, biased by t
 * - `hard`     x where |x| ≥ t, else 0       keeps or zeroes: unbiased, jumps at t
 * - `garrote`  x max(1 − t² / x², 0)         continuous, and almost unbiased for large x
 * - `greater`  x where x ≥ t, else 0
 * - `less`     x where x ≤ t, else 0
 */
export type ThresholdMode = "soft" | "hard" | "garrote" | "greater" | "less";

/** Options of {@link threshold}. */
export interface ThresholdOptions {
  /** `soft` by default. */
  readonly mode?: ThresholdMode;
  /** The value that replaces what does not pass the threshold; 0 by default. */
  readonly substitute?: number;
}

/** A mode as two functions: whether a value is replaced, and its new value if not. */
interface Rule {
  readonly replaces: (x: number, t: number) => boolean;
  readonly keeps: (x: number, t: number) => number;
}

const modes = ["soft", "hard", "garrote", "greater", "less"] as const;

const isSmall = (x: number, t: number) => Math.abs(x) < t;
const asItIs = (x: number) => x;

const rules: Readonly<Record<ThresholdMode, Rule>> = {
  soft: { replaces: isSmall, keeps: (x, t) => (x < 0 ? x + t : x - t) },
  hard: { replaces: isSmall, keeps: asItIs },
  garrote: { replaces: isSmall, keeps: (x, t) => (x === 0 ? 0 : x - (t * t) / x) },
  greater: { replaces: (x, t) => x < t, keeps: asItIs },
  less: { replaces: (x, t) => x > t, keeps: asItIs },
};

const optionsOfThreshold = optionNames<ThresholdOptions>({ mode: true, substitute: true });

/**
 * Shrinks or replaces values by a threshold: Donoho and Johnstone's soft and hard thresholds (1994), Breiman's garrote
 * (1995). The values are PyWavelets', except that 0 at threshold 0 stays 0, where PyWavelets returns NaN. NaN stays NaN.
 *
 * Throws RangeError for an unknown mode, a threshold that is NaN, and a negative threshold in a mode that compares moduli.
 *
 * @example
 * ```ts
 * console.log(threshold(Float64Array.of(-3, 0.5, 2), 1));
 * // → Float64Array(3) [ -2, 0, 1 ]
 * console.log(threshold(Float64Array.of(-3, 0.5, 2), 1, { mode: "hard" }));
 * // → Float64Array(3) [ -3, 0, 2 ]
 * ```
 */
export function threshold<A extends FloatArray>(
  data: A,
  value: number,
  options: ThresholdOptions = {},
): A {
  checkFloats(data);
  checkOptions(options, optionsOfThreshold);
  const { mode = "soft", substitute = 0 } = options;
  checkOneOf("threshold mode", mode, modes);
  if (
    typeof value !== "number" ||
    Number.isNaN(value) ||
    (value < 0 && rules[mode].replaces === isSmall)
  )
    throw new RangeError(`the threshold of mode ${mode} must be 0 or more, not ${value}`);
  const { replaces, keeps } = rules[mode];
  return mapped(data, (x) => (replaces(x, value) ? substitute : keeps(x, value)));
}

/**
 * Firm threshold (Gao and Bruce, 1997): 0 for |x| ≤ `low`, x for |x| ≥ `high`, and linear in between. If `low` = `high` it is
 * the hard threshold, which keeps |x| = `high`; with `high` = Infinity it is the soft threshold. (PyWavelets returns NaN in
 * these two cases.) Throws RangeError unless 0 ≤ `low` ≤ `high`.
 *
 * @example
 * ```ts
 * console.log(thresholdFirm(Float64Array.of(0.5, 1.5, 3), 1, 2));
 * // → Float64Array(3) [ 0, 1, 3 ]
 * ```
 */
export function thresholdFirm<A extends FloatArray>(data: A, low: number, high: number): A {
  checkFloats(data);
  if (!(low >= 0 && high >= low))
    throw new RangeError(`a firm threshold needs 0 ≤ low ≤ high, not low ${low} and high ${high}`);
  const slope = high === Number.POSITIVE_INFINITY ? 1 : high / (high - low);
  return mapped(data, (x) => {
    const modulus = Math.abs(x);
    if (modulus >= high) return x;
    return modulus <= low ? 0 : Math.sign(x) * (modulus - low) * slope;
  });
}

function mapped<A extends FloatArray>(data: A, of: (x: number) => number): A {
  const result = zerosLike(data, data.length);
  for (let i = 0; i < data.length; i++) result[i] = of(data[i]!);
  return result;
}
