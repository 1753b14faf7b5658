import { checkLevels } from "../arguments/levels.ts";
import { type FloatArray, ofKind, zerosLike } from "../arrays/floatArray.ts";
import { modulo } from "../arrays/modulo.ts";
import { dwtMaxLevel } from "../discrete/maxLevel.ts";
import { wavedec, waverec } from "../discrete/wavedec.ts";
import { type WaveletLike, waveletOf } from "../families/wavelet.ts";
import type { Wavelet } from "../filterBank/wavelet.ts";
import { iswt, swt } from "../undecimated/swt.ts";
import { noiseGains } from "./noise.ts";
import { type DenoiseOptions, resolveTransform, shrinkage } from "./shrinkage.ts";

/**
 * A signal without its noise: its details shrunk, level by level, and transformed back. `levels` is `dwtMaxLevel` by
 * default; a signal too short for one level comes back as it is. Throws RangeError for an empty signal and options that
 * make no sense.
 */
export function denoise<A extends FloatArray>(
  data: A,
  like: WaveletLike,
  options: DenoiseOptions = {},
): A {
  const wavelet = waveletOf(like);
  const levels = checkLevels(options.levels ?? dwtMaxLevel(data.length, wavelet));
  const { transform, shifts } = resolveTransform(options);
  if (data.length === 0) throw new RangeError("cannot denoise an empty signal");
  if (levels === 0) return data.slice() as A;
  const once = (signal: A) =>
    (transform === "swt" ? bySwt : byDwt)(signal, wavelet, levels, options);
  if (shifts === 1) return once(data);
  const sum = new Float64Array(data.length);
  for (let shift = 0; shift < shifts; shift++)
    rolled(once(rolled(data, shift)), -shift).forEach((value, i) => {
      sum[i]! += value / shifts;
    });
  return ofKind(data, sum);
}

function byDwt<A extends FloatArray>(
  data: A,
  wavelet: Wavelet,
  levels: number,
  options: DenoiseOptions,
): A {
  const { mode } = options;
  const decomposition = wavedec(data, wavelet, { levels, ...(mode && { mode }) });
  const [approximation, ...details] = decomposition.coefficients;
  const shrunk = shrunkDetails(details, wavelet, data.length, options);
  return waverec({ ...decomposition, coefficients: [approximation!, ...shrunk] }); // wavedec always gives one
}

function bySwt<A extends FloatArray>(
  data: A,
  wavelet: Wavelet,
  levels: number,
  options: DenoiseOptions,
): A {
  const bands = swt(data, wavelet, { levels, trimApprox: true });
  return iswt({ ...bands, details: shrunkDetails(bands.details, wavelet, data.length, options) });
}

/** The details of a decomposition, coarsest first and at least one, each shrunk. */
function shrunkDetails<A extends FloatArray>(
  details: readonly A[],
  wavelet: Wavelet,
  samples: number,
  options: DenoiseOptions,
): A[] {
  const gains = noiseGains(wavelet, details.length).map((gain) => gain.high);
  const shrink = shrinkage(options, samples, details.at(-1)!, gains[0]!); // at least one
  return details.map((band, i) => shrink(band, gains[details.length - 1 - i]!));
}

/** The signal moved to the right by some samples, around the end. */
function rolled<A extends FloatArray>(data: A, by: number): A {
  const result = zerosLike(data, data.length);
  const cut = modulo(-by, data.length);
  result.set(data.subarray(cut));
  result.set(data.subarray(0, cut), data.length - cut);
  return result;
}
