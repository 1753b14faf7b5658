import { checkLength } from "../arguments/numbers.ts";
import { type WaveletLike, waveletOf } from "../families/wavelet.ts";

/**
 * The most levels at which some coefficient does not depend on the boundary: ⌊log2(N / (f − 1))⌋ for N samples and
 * filters of length f, at least 0. Throws RangeError unless N is an integer from 0 up.
 *
 * @example
 * ```ts
 * console.log(dwtMaxLevel(1001, "db4"));
 * // → 7
 * ```
 */
export function dwtMaxLevel(length: number, wavelet: WaveletLike): number {
  return levelsWithin(checkLength("the length", length), waveletOf(wavelet).decLo.length);
}

/** {@link dwtMaxLevel} for a valid length, with filters of length f. */
export function levelsWithin(length: number, f: number): number {
  let levels = 0;
  while (length >= (f - 1) * 2 ** (levels + 1)) levels++;
  return levels;
}
