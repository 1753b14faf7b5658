import { type FloatArray, ofKind } from "../arrays/floatArray.ts";
import { type Bank, merge, split } from "./banks.ts";
import { toFloat64 } from "./circular.ts";

/** What an undecimated cascade leaves of a signal, coarsest level first. */
export interface Bands<A extends FloatArray> {
  /** One for each level; the signal itself if there are no levels. */
  readonly approximations: readonly A[];
  readonly details: readonly A[];
}

/**
 * Splits a signal by the bank of each level, finest first, and goes on with the low band. Between levels it stays in
 * double precision. Throws RangeError for an empty signal.
 */
export function cascade<A extends FloatArray>(data: A, banks: readonly Bank[]): Bands<A> {
  if (data.length === 0) throw new RangeError("cannot transform an empty signal");
  const approximations: A[] = [];
  const details: A[] = [];
  let low = toFloat64(data);
  for (const bank of banks) {
    const bands = split(low, bank);
    low = bands[0];
    approximations.unshift(ofKind(data, low));
    details.unshift(ofKind(data, bands[1]));
  }
  return { approximations: banks.length === 0 ? [data.slice() as A] : approximations, details };
}

/**
 * Merges bands by the bank of each level (finest first), from the coarsest approximation on. A finer approximation, where
 * there is one, is added to what the coarser levels make in its place. Throws RangeError if a band is not of `length`.
 */
export function rebuild<A extends FloatArray>(
  { approximations, details }: Bands<A>,
  banks: readonly Bank[],
  length: number,
): A {
  const [coarsest, ...finer] = approximations;
  if (coarsest === undefined) throw new RangeError("at least one approximation must be there");
  for (const band of [...approximations, ...details])
    if (band.length !== length)
      throw new RangeError(
        `a band of ${band.length} coefficients stands where ${length} belong, one for each sample`,
      );
  const signal = details.reduce<Float64Array>((low, detail, i) => {
    const merged = merge(low, toFloat64(detail), banks[details.length - 1 - i]!);
    const known = finer[i];
    return known === undefined ? merged : merged.map((value, n) => value + known[n]!);
  }, Float64Array.from(coarsest));
  return ofKind(coarsest, signal);
}
