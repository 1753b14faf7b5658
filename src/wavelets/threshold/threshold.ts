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

/** Writes the thresholded values of `data` into `result`. A loop for each mode: a call for each value would cost more than its rule. */
type Rule = (data: FloatArray, t: number, substitute: number, result: FloatArray) => void;

// No comparison is true of NaN, which so stays NaN.
const rules: Readonly<Record<ThresholdMode, Rule>> = {
  soft(data, t, substitute, result) {
    for (let i = 0; i < data.length; i++) {
      const x = data[i]!;
      result[i] = Math.abs(x) < t ? substitute : x < 0 ? x + t : x - t;
    }
  },
  hard(data, t, substitute, result) {
    for (let i = 0; i < data.length; i++) {
      const x = data[i]!;
      result[i] = Math.abs(x) < t ? substitute : x;
    }
  },
  garrote(data, t, substitute, result) {
    const square = t * t;
    for (let i = 0; i < data.length; i++) {
      const x = data[i]!;
      result[i] = Math.abs(x) < t ? substitute : x === 0 ? 0 : x - square / x;
    }
  },
  greater(data, t, substitute, result) {
    for (let i = 0; i < data.length; i++) {
      const x = data[i]!;
      result[i] = x < t ? substitute : x;
    }
  },
  less(data, t, substitute, result) {
    for (let i = 0; i < data.length; i++) {
      const x = data[i]!;
      result[i] = x > t ? substitute : x;
    }
  },
};

const modes = ["soft", "hard", "garrote", "greater", "less"] as const;
/** Modes that compare moduli: a threshold below 0 has no meaning. */
const ofModuli: ReadonlySet<ThresholdMode> = new Set(["soft", "hard", "garrote"]);

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
  if (typeof value !== "number" || Number.isNaN(value) || (value < 0 && ofModuli.has(mode)))
    throw new RangeError(`the threshold of mode ${mode} must be 0 or more, not ${value}`);
  const result = zerosLike(data, data.length);
  rules[mode](data, value, substitute, result);
  return result;
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
  const result = zerosLike(data, data.length);
  for (let i = 0; i < data.length; i++) {
    const x = data[i]!;
    const modulus = Math.abs(x);
    if (modulus >= high) result[i] = x;
    else if (modulus > low) result[i] = (x < 0 ? low - modulus : modulus - low) * slope;
    else result[i] = Number.isNaN(x) ? x : 0;
  }
  return result;
}
