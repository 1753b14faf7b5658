import { checkLength } from "../arguments/numbers.ts";
import { type WaveletLike, waveletOf } from "../families/wavelet.ts";

/**
 * The most levels at which at least one coefficient does not depend on the boundary: ⌊log2(N / (f − 1))⌋ for N samples
 * and filters of length f, at least 0. Throws RangeError unless N is an integer from 0 up.
 *
 * @example
 * dwtMaxLevel(1001, "db4"); // → 7
 */
export function dwtMaxLevel(length: number, wavelet: WaveletLike): number {
  return levelsWithin(
    checkLength("the length of a signal", length),
    waveletOf(wavelet).decLo.length,
  );
}

/** {@link dwtMaxLevel} of a checked length, by the length of the filters. */
export function levelsWithin(length: number, f: number): number {
  let levels = 0;
  while (length >= (f - 1) * 2 ** (levels + 1)) levels++;
  return levels;
}
