import { checkFloats, type FloatArray, ofKind } from "../arrays/floatArray.ts";
import { type Bank, merge, split } from "./banks.ts";
import { toFloat64 } from "./circular.ts";

/** The bands of an undecimated cascade, coarsest level first. */
export interface Bands<A extends FloatArray> {
  /** One per level; the signal itself if there are no levels. */
  readonly approximations: readonly A[];
  readonly details: readonly A[];
}

/**
 * Splits a signal by the filter bank of each level, finest first, and continues with the low-pass band. Between levels
 * the numbers stay in double precision.
 */
export function cascade<A extends FloatArray>(data: A, banks: readonly Bank[]): Bands<A> {
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
 * Merges bands by the filter bank of each level (finest first), starting with the coarsest approximation. A finer
 * approximation, if there is one, is added to the merged band of its level. Throws RangeError if a band does not have
 * `length` coefficients.
 */
export function rebuild<A extends FloatArray>(
  { approximations, details }: Bands<A>,
  banks: readonly Bank[],
  length: number,
): A {
  const [coarsest, ...finer] = approximations;
  if (coarsest === undefined) throw new RangeError("a transform needs at least one approximation");
  for (const band of [...approximations, ...details]) {
    checkFloats(band, "a band");
    if (band.length !== length)
      throw new RangeError(
        `a band has ${band.length} coefficients instead of ${length}, one for each sample`,
      );
  }
  const signal = details.reduce<Float64Array>((low, detail, i) => {
    const merged = merge(low, toFloat64(detail), banks[details.length - 1 - i]!);
    const known = finer[i];
    return known === undefined ? merged : merged.map((value, n) => value + known[n]!);
  }, Float64Array.from(coarsest));
  return ofKind(coarsest, signal);
}
