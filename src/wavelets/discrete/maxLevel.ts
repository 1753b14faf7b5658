import { checkLength } from "../arguments/numbers.ts";
import { type WaveletLike, waveletOf } from "../families/wavelet.ts";

/**
 * The most levels at which some coefficient does not depend on the boundary: ⌊log2(N / (f − 1))⌋ for N samples and
 * filters of length f, at least 0. f can be given instead of the wavelet. Throws RangeError unless N is an integer from 0 up,
 * and f one from 2 up.
 *
 * @example
 * ```ts
 * console.log(dwtMaxLevel(1001, "db4"));
 * // → 7
 * ```
 */
export function dwtMaxLevel(length: number, wavelet: WaveletLike | number): number {
  const f = typeof wavelet === "number" ? wavelet : waveletOf(wavelet).decLo.length;
  if (checkLength("the length of the filters", f) < 2)
    throw new RangeError(`the length of the filters must be an integer from 2 up, not ${f}`);
  return levelsWithin(checkLength("the length", length), f);
}

/** {@link dwtMaxLevel} for a valid length, with filters of length f. */
export function levelsWithin(length: number, f: number): number {
  let levels = 0;
  while (length >= (f - 1) * 2 ** (levels + 1)) levels++;
  return levels;
}
