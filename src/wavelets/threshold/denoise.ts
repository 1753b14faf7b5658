import { checkLevels } from "../arguments/levels.ts";
import {
  checkFinite,
  checkSignal,
  type FloatArray,
  ofKind,
  zerosLike,
} from "../arrays/floatArray.ts";
import { modulo } from "../arrays/modulo.ts";
import { levelsWithin } from "../discrete/maxLevel.ts";
import { wavedec, waverec } from "../discrete/wavedec.ts";
import { type WaveletLike, waveletOf } from "../families/wavelet.ts";
import type { Wavelet } from "../filterBank/wavelet.ts";
import { iswt, swt } from "../undecimated/swt.ts";
import { noiseGains } from "./noise.ts";
import { type DenoiseOptions, type DenoisePlan, denoisePlan, shrinkage } from "./shrinkage.ts";

/**
 * Removes noise from a signal: transforms it, shrinks the details level by level, and transforms back. `levels` is
 * `dwtMaxLevel` by default; a signal that is too short for one level is returned unchanged.
 *
 * Throws RangeError for an empty signal, a value that is NaN or infinite, and options out of range; TypeError for arguments
 * of the wrong type and unknown options.
 *
 * @example
 * ```ts
 * const clean = demoSignal("HeaviSine", 1024);
 * const noisy = clean.map((x, i) => x + Math.sin(12.9898 * i * i));
 * const error = (y) => Math.sqrt(y.reduce((sum, v, i) => sum + (v - clean[i]) ** 2, 0) / 1024);
 * console.log(error(noisy).toFixed(2), error(denoise(noisy, "sym8")).toFixed(2));
 * // → 0.71 0.18
 * ```
 */
export function denoise<A extends FloatArray>(
  data: A,
  like: WaveletLike,
  options: DenoiseOptions = {},
): A {
  checkSignal(data);
  const plan = denoisePlan(options, data.length);
  const wavelet = waveletOf(like);
  const levels = checkLevels(options.levels ?? levelsWithin(data.length, wavelet.decLo.length));
  checkFinite(data);
  if (levels === 0) return data.slice() as A;
  const { shifts } = plan;
  const once = (signal: A) =>
    (plan.transform === "swt" ? bySwt : byDwt)(signal, wavelet, levels, plan);
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
  plan: DenoisePlan,
): A {
  const { mode = "symmetric" } = plan;
  const decomposition = wavedec(data, wavelet, { levels, mode });
  const [approximation, ...details] = decomposition.coefficients;
  const shrunk = shrunkDetails(details, wavelet, data.length, plan);
  return waverec({ ...decomposition, coefficients: [approximation!, ...shrunk] });
}

function bySwt<A extends FloatArray>(
  data: A,
  wavelet: Wavelet,
  levels: number,
  plan: DenoisePlan,
): A {
  const bands = swt(data, wavelet, { levels, trimApprox: true });
  return iswt({ ...bands, details: shrunkDetails(bands.details, wavelet, data.length, plan) });
}

/** The details of a decomposition, coarsest first, each shrunk. */
function shrunkDetails<A extends FloatArray>(
  details: readonly A[],
  wavelet: Wavelet,
  samples: number,
  plan: DenoisePlan,
): A[] {
  const gains = noiseGains(wavelet, details.length).map((gain) => gain.high);
  const shrink = shrinkage(plan, samples, details.at(-1)!, gains[0]!);
  return details.map((band, i) => shrink(band, gains[details.length - 1 - i]!));
}

/** The signal shifted circularly to the right. */
function rolled<A extends FloatArray>(data: A, by: number): A {
  const result = zerosLike(data, data.length);
  const cut = modulo(-by, data.length);
  result.set(data.subarray(cut));
  result.set(data.subarray(0, cut), data.length - cut);
  return result;
}
