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
 * The wavelet called `name`: an immutable value with the filters of PyWavelets' wavelet of that name, which are computed
 * and exact to rounding where there is a construction (all but `bior4.4`, `rbio4.4` and `dmey`). The longest take up to a tenth of
 * a second when first asked for. Aliases such as "cdf9/7" are understood. Throws RangeError, with names near to
 * it, for any other name.
 */
export function wavelet(name: WaveletName | WaveletAlias): DiscreteWavelet {
  return knownWavelet(resolveWaveletName(name));
}

/** A wavelet, or the name of one. */
export type WaveletLike = WaveletName | WaveletAlias | Wavelet;

/** The wavelet itself, whichever was given. Throws RangeError for filters that do not have one even length. */
export function waveletOf(like: WaveletLike): Wavelet {
  if (typeof like === "string") return wavelet(like);
  checkFilterLengths(like);
  return like;
}
