import { checkOneOf } from "../arguments/checkOneOf.ts";
import { checkOptions, optionNames } from "../arguments/options.ts";
import { checkFloats, type FloatArray } from "../arrays/floatArray.ts";
import { arrayFor, checkApartOrSame, type Into, intoNames } from "../arrays/into.ts";
import { scratch } from "../arrays/scratch.ts";
import { type SingleRules, singleRules } from "./singleRules.ts";

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
type Rule = (data: Float64Array, t: number, substitute: number, result: Float64Array) => void;

// Both outcomes are written down and one is taken by its index: processors cannot foresee which values of a band pass, and a branch
// that is foreseen wrongly costs ten times the arithmetic. No comparison is true of NaN, which so stays NaN.
const rules: Readonly<Record<ThresholdMode, Rule>> = {
  soft(data, t, substitute, result) {
    const outcomes = Float64Array.of(0, substitute);
    const shifts = Float64Array.of(t, -t);
    for (let i = 0; i < data.length; i++) {
      const x = data[i]!;
      outcomes[0] = x - shifts[Number(x < 0)]!;
      result[i] = outcomes[Number(Math.abs(x) < t)]!;
    }
  },
  hard(data, t, substitute, result) {
    const outcomes = Float64Array.of(0, substitute);
    for (let i = 0; i < data.length; i++) {
      const x = data[i]!;
      outcomes[0] = x;
      result[i] = outcomes[Number(Math.abs(x) < t)]!;
    }
  },
  garrote(data, t, substitute, result) {
    const outcomes = Float64Array.of(0, substitute);
    const square = t * t;
    for (let i = 0; i < data.length; i++) {
      const x = data[i]!;
      outcomes[0] = x - square / x;
      result[i] = outcomes[Number(Math.abs(x) < t)]!;
    }
  },
  greater(data, t, substitute, result) {
    const outcomes = Float64Array.of(0, substitute);
    for (let i = 0; i < data.length; i++) {
      const x = data[i]!;
      outcomes[0] = x;
      result[i] = outcomes[Number(x < t)]!;
    }
  },
  less(data, t, substitute, result) {
    const outcomes = Float64Array.of(0, substitute);
    for (let i = 0; i < data.length; i++) {
      const x = data[i]!;
      outcomes[0] = x;
      result[i] = outcomes[Number(x > t)]!;
    }
  },
};

/** How many values of single precision are converted at a time. */
const block = 1024;

/** From which length on vectors are worth the time that it takes to make their code, once in a program. */
const long = 1024;

/**
 * Runs a loop over double-precision numbers: on the arrays, or on blocks of converted values. A loop that meets one type alone is
 * faster. Long arrays of single precision have vectors, which compute the same values.
 */
function inDoubles(
  data: FloatArray,
  result: FloatArray,
  loop: (data: Float64Array, result: Float64Array) => void,
  [rule, ...constants]: readonly [Parameters<SingleRules>[0], ...number[]],
): void {
  if (data instanceof Float64Array && result instanceof Float64Array) {
    loop(data, result);
    return;
  }
  const vectors = data.length < long ? undefined : singleRules();
  if (vectors && data instanceof Float32Array && result instanceof Float32Array) {
    vectors(rule, constants, data, result);
    return;
  }
  const own = scratch(Math.min(block, data.length));
  for (let at = 0; at < data.length; at += block) {
    const part = own.subarray(0, Math.min(block, data.length - at));
    part.set(data.subarray(at, at + part.length));
    loop(part, part);
    result.set(part, at);
  }
}

const modes = ["soft", "hard", "garrote", "greater", "less"] as const;
/** Modes that compare moduli: a threshold below 0 has no meaning. */
const ofModuli: ReadonlySet<ThresholdMode> = new Set(["soft", "hard", "garrote"]);

const optionsOfThreshold = optionNames<ThresholdOptions & Into<unknown>>({
  mode: true,
  substitute: true,
  out: true,
});

/**
 * Shrinks or replaces values by a threshold: Donoho and Johnstone's soft and hard thresholds (1994), Breiman's garrote
 * (1995). The values are PyWavelets', except that 0 at threshold 0 stays 0, where PyWavelets returns NaN. NaN stays NaN.
 *
 * The result is written into `out` if it is given, which may be the data.
 *
 * Throws RangeError for an unknown mode, a threshold that is NaN, a negative threshold in a mode that compares moduli, and an `out`
 * of another length or type, or one that shares other memory with the data.
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
  options: ThresholdOptions & Into<A> = {},
): A {
  checkFloats(data);
  checkOptions(options, optionsOfThreshold);
  const { mode = "soft", substitute = 0 } = options;
  checkOneOf("threshold mode", mode, modes);
  if (typeof value !== "number" || Number.isNaN(value) || (value < 0 && ofModuli.has(mode)))
    throw new RangeError(`the threshold of mode ${mode} must be 0 or more, not ${value}`);
  const result = arrayFor(options.out, data, data.length);
  checkApartOrSame(result, data);
  if (mode === "garrote" && value === 0) {
    result.set(data); // the quotient of 0 and 0 would be NaN
    return result;
  }
  const third = mode === "garrote" ? value * value : -0;
  const loop = (from: Float64Array, to: Float64Array) => rules[mode](from, value, substitute, to);
  inDoubles(data, result, loop, [mode, value, substitute, third]);
  return result;
}

/**
 * Firm threshold (Gao and Bruce, 1997): 0 for |x| ≤ `low`, x for |x| ≥ `high`, and linear in between. If `low` = `high` it is
 * the hard threshold, which keeps |x| = `high`; with `high` = Infinity it is the soft threshold. (PyWavelets returns NaN in
 * these two cases.) The result is written into `out` if it is given, which may be the data.
 *
 * Throws RangeError unless 0 ≤ `low` ≤ `high`, and for an `out` of another length or type or one that shares
 * other memory with the data.
 *
 * @example
 * ```ts
 * console.log(thresholdFirm(Float64Array.of(0.5, 1.5, 3), 1, 2));
 * // → Float64Array(3) [ 0, 1, 3 ]
 * ```
 */
export function thresholdFirm<A extends FloatArray>(
  data: A,
  low: number,
  high: number,
  options: Into<A> = {},
): A {
  checkFloats(data);
  checkOptions(options, intoNames);
  if (!(low >= 0 && high >= low))
    throw new RangeError(`a firm threshold needs 0 ≤ low ≤ high, not low ${low} and high ${high}`);
  const slope = high === Number.POSITIVE_INFINITY ? 1 : high / (high - low);
  const result = arrayFor(options.out, data, data.length);
  checkApartOrSame(result, data);
  const loop = (from: Float64Array, to: Float64Array) => firm(from, low, high, slope, to);
  inDoubles(data, result, loop, ["firm", low, high, slope, -0]);
  return result;
}

/** {@link thresholdFirm} of double-precision numbers, without branches like the other rules. */
function firm(
  data: Float64Array,
  low: number,
  high: number,
  slope: number,
  result: Float64Array,
): void {
  const outcomes = new Float64Array(3); // x, x on the slope, 0
  const shifts = Float64Array.of(low, -low);
  for (let i = 0; i < data.length; i++) {
    const x = data[i]!;
    const modulus = Math.abs(x);
    outcomes[0] = x;
    outcomes[1] = (x - shifts[Number(x < 0)]!) * slope;
    result[i] = outcomes[Number(modulus < high) * (1 + Number(modulus <= low))]!;
  }
}
