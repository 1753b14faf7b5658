import { describe } from "../arguments/describe.ts";
import { checkFinite, checkFloats, type FloatArray } from "../arrays/floatArray.ts";
import { select } from "./selection.ts";

/**
 * The value below which a share of all values lies: linear between the two neighbors in order, as in NumPy's `quantile`. It
 * is selected, not sorted, so it takes time in proportion to the number of values. The values are left as they are.
 *
 * Throws RangeError if there are no values, one is NaN or infinite, or the share is not within 0 … 1.
 *
 * @example
 * ```ts
 * const moduli = Float64Array.of(0.1, -8, 0.3, 5, -0.2).map(Math.abs);
 * console.log(quantile(moduli, 0.5)); // to keep the larger half
 * // → 0.3
 * ```
 */
export function quantile(values: FloatArray, share: number): number {
  checkFloats(values, "values");
  if (values.length === 0) throw new RangeError("a quantile needs at least one value");
  if (typeof share !== "number" || !(share >= 0 && share <= 1))
    throw new RangeError(
      `the share of a quantile must be a number from 0 to 1, not ${typeof share === "number" ? share : describe(share)}`,
    );
  checkFinite(values, "values");
  return quantileInPlace(values.slice(), share);
}

/** {@link quantile} of values that may be reordered, finite and at least one. */
export function quantileInPlace(values: FloatArray, share: number): number {
  const place = share * (values.length - 1);
  const k = Math.floor(place);
  const low = select(values, k);
  const part = place - k;
  if (part === 0) return low;
  let next = Number.POSITIVE_INFINITY; // the least of those behind k
  for (let i = k + 1; i < values.length; i++) if (values[i]! < next) next = values[i]!;
  return part === 0.5 ? (low + next) / 2 : low + part * (next - low);
}
