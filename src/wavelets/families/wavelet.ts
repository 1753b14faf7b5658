import { describe } from "../arguments/describe.ts";
import { checkFilterLengths, type Wavelet } from "../filterBank/wavelet.ts";
import type { DiscreteWavelet } from "./discreteWavelet.ts";
import { knownWavelet } from "./known.ts";
import { resolveWaveletName, type WaveletAlias, type WaveletName } from "./names.ts";

export type { DiscreteWavelet, Symmetry, WaveletProperties } from "./discreteWavelet.ts";
export {
  isWaveletName,
  type WaveletAlias,
  type WaveletName,
  waveletAliases,
  waveletNames,
} from "./names.ts";

/**
 * The discrete wavelet of a name: an immutable value with the filters of PyWavelets' wavelet of this name. Filters are
 * computed and exact to rounding, except those without a construction (`bior4.4`, `rbio4.4` and `dmey`, from tables). The
 * longest take up to a tenth of a second on first use. Aliases such as "cdf9/7" are accepted. Throws RangeError with similar
 * names for any other name.
 *
 * @example
 * ```ts
 * const { decLo, vanishingMoments, orthogonal } = wavelet("db4");
 * console.log(decLo.length, vanishingMoments, orthogonal);
 * // → 8 4 true
 * ```
 */
export function wavelet(name: WaveletName | WaveletAlias): DiscreteWavelet {
  return knownWavelet(resolveWaveletName(name));
}

/** A wavelet, or the name of one. */
export type WaveletLike = WaveletName | WaveletAlias | Wavelet;

/**
 * The wavelet that is given, or the wavelet of a name. Throws RangeError unless its filters have the same even length,
 * TypeError for anything but a wavelet or a name.
 */
export function waveletOf(like: WaveletLike): Wavelet {
  if (typeof like === "string") return wavelet(like);
  if (typeof like !== "object" || like === null || !Array.isArray(like.decLo))
    throw new TypeError(
      `the wavelet must be a name such as "db2" or a wavelet with filters, not ${describe(like)}`,
    );
  checkFilterLengths(like);
  return like;
}
