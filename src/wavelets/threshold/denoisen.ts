import { checkLevels } from "../arguments/levels.ts";
import { checkOptions } from "../arguments/options.ts";
import { type AxesOption, resolveAxes } from "../arrays/axes.ts";
import { checkFinite, type FloatArray } from "../arrays/floatArray.ts";
import { arrayOf, matrixOf } from "../arrays/matrix.ts";
import { type NdArray, rowMajor } from "../arrays/ndArray.ts";
import { onAxes } from "../arrays/onAxes.ts";
import { levelsWithin } from "../discrete/maxLevel.ts";
import { wavedecn, waverecn } from "../discrete/wavedecn.ts";
import { type WaveletLike, waveletOf } from "../families/wavelet.ts";
import { iswtn, swtn } from "../undecimated/swtn.ts";
import { denoise } from "./denoise.ts";
import { denoise2 } from "./denoise2.ts";
import { noiseGains } from "./noise.ts";
import {
  type DenoiseOptions,
  type DenoisePlan,
  denoiseOptionNames,
  denoisePlan,
  shrinkage,
} from "./shrinkage.ts";

/** Options of denoising along some axes. */
export interface DenoisenOptions extends DenoiseOptions, AxesOption {}

const denoisenNames = new Set([...denoiseOptionNames, "axes"]);

/**
 * Removes noise from an array along some of its axes, all by default: `denoise` along one axis, `denoise2` along two, and the
 * same with the bands of `wavedecn` or `swtn` along more. The other axes are a batch: each part has its own noise level and
 * thresholds, so `axes: [0, 1]` of height × width × channels treats each channel by itself.
 *
 * Throws as `denoise` does, RangeError for axes that do not exist or occur twice, and for `shifts` along more than two axes.
 *
 * @example
 * ```ts
 * const film = { shape: [16, 16, 16], data: Float64Array.from({ length: 4096 }, (_, i) => Math.sin(12.9898 * i * i)) };
 * const energy = (x) => x.reduce((sum, v) => sum + v * v, 0);
 * const [one, all] = [[0], [0, 1, 2]].map((axes) => energy(denoisen(film, "haar", { axes, rule: "universal" }).data));
 * console.log(all < one); // a volume tells more about its noise than a line
 * // → true
 * ```
 */
export function denoisen<A extends FloatArray>(
  array: NdArray<A>,
  wavelet: WaveletLike,
  options: DenoisenOptions = {},
): NdArray<A> {
  checkFinite(rowMajor(array), "array.data");
  checkOptions(options, denoisenNames);
  const { axes, ...rest } = options;
  const own = resolveAxes(array.shape, axes);
  if (own.length === 1)
    return onAxes(array, own, ({ shape, data }) => ({ shape, data: denoise(data, wavelet, rest) }));
  if (own.length === 2)
    return onAxes(array, own, (part) => arrayOf(denoise2(matrixOf(part), wavelet, rest)));
  return onAxes(array, own, (part) => denoiseArray(part, wavelet, rest));
}

/** The whole of an array. */
function denoiseArray<A extends FloatArray>(
  array: NdArray<A>,
  like: WaveletLike,
  options: DenoiseOptions,
): NdArray<A> {
  const { shape, data } = array;
  const plan = denoisePlan(options, Math.max(...shape));
  if (plan.shifts > 1) throw new RangeError("shifts need one or two axes; use transform swt");
  const wavelet = waveletOf(like);
  const shortest = Math.min(...shape);
  const levels = checkLevels(options.levels ?? levelsWithin(shortest, wavelet.decLo.length));
  if (levels === 0) return array;
  const shrunk = shrinkerOf(plan, noiseGains(wavelet, levels), data.length);
  if (plan.transform === "swt") {
    const bands = swtn(array, wavelet, { levels, trimApprox: true });
    return iswtn({ ...bands, details: shrunk(bands.details) });
  }
  const bands = wavedecn(array, wavelet, { levels, mode: plan.mode ?? "symmetric" });
  return waverecn({ ...bands, details: shrunk(bands.details) });
}

/** Shrinks the details of a decomposition, coarsest first. A band amplifies noise by the gains of its filters. */
function shrinkerOf(
  plan: DenoisePlan,
  gains: readonly { readonly low: number; readonly high: number }[],
  samples: number,
) {
  return <A extends FloatArray>(details: readonly Readonly<Record<string, NdArray<A>>>[]) => {
    const keys = Object.keys(details[0]!);
    const finest = details.at(-1)!["d".repeat(keys[0]!.length)]!;
    const shrink = shrinkage(plan, samples, finest.data, gains[0]!.high ** keys[0]!.length);
    return details.map((bands, i) => {
      const { low, high } = gains[details.length - 1 - i]!;
      return Object.fromEntries(
        Object.entries(bands).map(([key, { shape, data }]) => {
          let gain = 1;
          for (const letter of key) gain *= letter === "d" ? high : low;
          return [key, { shape, data: shrink(data, gain) }];
        }),
      );
    });
  };
}
