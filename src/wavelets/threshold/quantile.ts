import { describe } from "../arguments/describe.ts";
import { checkOptions, optionNames } from "../arguments/options.ts";
import { checkFinite, checkFloats, type FloatArray } from "../arrays/floatArray.ts";
import { scratch } from "../arrays/scratch.ts";
import { select } from "./selection.ts";

/** Options of {@link quantile}. */
export interface QuantileOptions {
  /** Whether the moduli of the values are meant; false by default. */
  readonly moduli?: boolean;
}

const names = optionNames<QuantileOptions>({ moduli: true });

/**
 * The value below which a share of all values lies: linear between the two neighbors in order, as in NumPy's `quantile`. It
 * is selected, not sorted, so it takes time in proportion to the number of values. The values are left as they are. Several arrays,
 * such as the bands of a transform, count as one.
 *
 * Throws RangeError if there are no values, one is NaN or infinite, or the share is not within 0 … 1.
 *
 * @example
 * ```ts
 * const coefficients = Float64Array.of(0.1, -8, 0.3, 5, -0.2);
 * console.log(quantile(coefficients, 0.5, { moduli: true })); // a threshold that keeps the larger half
 * // → 0.3
 * ```
 */
export function quantile(
  values: FloatArray | readonly FloatArray[],
  share: number,
  options: QuantileOptions = {},
): number {
  const areSeveral = Array.isArray(values) && values.every((part) => ArrayBuffer.isView(part));
  const parts = (areSeveral ? values : [values]) as readonly FloatArray[]; // checked below
  for (const part of parts) checkFloats(part, "values");
  checkOptions(options, names);
  const { moduli = false } = options;
  if (typeof moduli !== "boolean")
    throw new TypeError(`moduli must be true or false, not ${describe(moduli)}`);
  if (parts.every(({ length }) => length === 0))
    throw new RangeError("a quantile needs at least one value");
  if (typeof share !== "number" || !(share >= 0 && share <= 1))
    throw new RangeError(
      `the share of a quantile must be a number from 0 to 1, not ${typeof share === "number" ? share : describe(share)}`,
    );
  return quantileOf(parts, share, moduli, "values");
}

/** {@link quantile} of values, at least one, that may be NaN or infinite: then throws RangeError with their `name`. */
export function quantileOf(
  parts: readonly FloatArray[],
  share: number,
  moduli: boolean,
  name: string,
): number {
  // Working memory in double precision: loops that meet one type alone are faster.
  const copy = scratch(parts.reduce((sum, { length }) => sum + length, 0));
  let end = 0;
  for (const part of parts) {
    checkFinite(part, name);
    copy.set(part, end);
    end += part.length;
  }
  if (moduli) for (let i = 0; i < copy.length; i++) copy[i] = Math.abs(copy[i]!);
  const place = share * (copy.length - 1);
  const k = Math.floor(place);
  const low = select(copy, k);
  const part = place - k;
  if (part === 0) return low;
  let next = Number.POSITIVE_INFINITY; // the least of those behind k
  for (let i = k + 1; i < copy.length; i++) next = Math.min(next, copy[i]!);
  return part === 0.5 ? (low + next) / 2 : low + part * (next - low);
}
