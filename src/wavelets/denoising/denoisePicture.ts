import { checkOneOf } from "../arguments/checkOneOf.ts";
import { checkOptions, optionNames } from "../arguments/options.ts";
import { type FloatArray, zerosLike } from "../arrays/floatArray.ts";
import type { Matrix } from "../arrays/matrix.ts";
import { dualTree2, idualTree2, type Orientation } from "../dualTree/dualTree2.ts";
import { standardFilters } from "../dualTree/filters.ts";
import { denoise2 } from "../threshold/denoise2.ts";
import { checkNoise } from "../threshold/noise.ts";
import { shrinkByParent } from "./bivariate.ts";
import { checkChannels } from "./channels.ts";
import { type Clipping, clippedNoise, isClipped, type Limits, limitsOf } from "./clipping.ts";
import { inside, mirrored } from "./mirrored.ts";
import { noiseLevel2 } from "./noiseLevel2.ts";
import { fromOpponents, toOpponents } from "./opponentColors.ts";
import { shrinkByMixture } from "./scaleMixture.ts";
import type { ShrinkBand } from "./shrinkBand.ts";
import { treeNoise } from "./treeNoise.ts";

/** How a plane is denoised. */
type Method = <A extends FloatArray>(plane: Matrix<A>, sigma: number) => Matrix<A>;

/** All methods, by name. */
const methods = {
  mixture: (plane, sigma) => byDualTree(plane, sigma, shrinkByMixture),
  bivariate: (plane, sigma) => byDualTree(plane, sigma, shrinkByParent),
  bayes: (plane, sigma) => denoise2(plane, wavelet, { rule: "bayes", noise: sigma }),
  spunBayes: (plane, sigma) => spun(plane, sigma),
} as const satisfies Readonly<Record<string, Method>>;

/**
 * How a picture is denoised, from the best and slowest to the fastest:
 *
 * - `mixture`    Gaussian scale mixtures of 3 × 3 coefficients of the dual tree (Portilla et al., 2003)
 * - `bivariate`  coefficients of the dual tree with their parents (Sendur and Selesnick, 2002)
 * - `spunBayes`  `bayes`, the mean over 4 × 4 shifts (cycle spinning; Coifman and Donoho, 1995)
 * - `bayes`      soft thresholds of the discrete transform, one a band (Chang, Yu and Vetterli, 2000)
 */
export type PictureDenoiser = keyof typeof methods;

/** The names of all methods, for those that let a person choose. */
export const pictureDenoiserNames: readonly PictureDenoiser[] = Object.freeze(
  Object.keys(methods) as PictureDenoiser[],
);

/** Options of {@link denoisePicture}. */
export interface DenoisePictureOptions {
  /** `mixture` by default. */
  readonly method?: PictureDenoiser;
  /** Standard deviation of the noise in every channel; `auto` (default) for `noiseLevel2`. */
  readonly sigma?: number | "auto";
  /** Where noisy samples were cut off; `auto` by default. */
  readonly clipping?: Clipping;
}

const names = optionNames<DenoisePictureOptions>({ method: true, sigma: true, clipping: true });

/** Levels of the dual tree, where the picture is large enough for them. */
const mostLevels = 5;

/** Of `bayes` and `spunBayes`. */
const wavelet = "sym4";
/** Shifts along each axis of `spunBayes`. */
const shifts = 4;
/** Rows and columns of the mirror image around a picture that is shifted, at most. */
const mostMargin = 16;

/**
 * Removes white Gaussian noise, equally strong in all channels, from a picture: matrices of one size, such as red, green and
 * blue, or one alone. Channels are denoised as opponent planes, lightness and differences of colors, in which the picture is
 * stronger against the noise. Where noisy samples were clipped, means are pulled away from the limits; that is undone, and the
 * result lies between the limits.
 *
 * The result has the type and the range of the channels, but is not rounded. A picture of one row or column is only denoised
 * by the methods `bayes`.
 *
 * Throws RangeError for no channel, channels of several sizes, a value that is NaN or infinite, and options out of range;
 * TypeError for arguments of the wrong type and unknown options.
 *
 * @example
 * ```ts
 * const truth = Float64Array.from({ length: 64 * 64 }, (_, i) => (Math.hypot((i % 64) - 30, (i >> 6) - 30) < 20 ? 9 : 0));
 * let seed = 1; // sums of four uniform numbers are approximately Gaussian
 * const uniform = () => (seed = (seed * 16807) % 2147483647) / 2147483647 - 0.5;
 * const noisy = truth.map((x) => x + Math.sqrt(3) * (uniform() + uniform() + uniform() + uniform()));
 * const [clean] = denoisePicture([{ height: 64, width: 64, data: noisy }]);
 * const error = (y) => Math.sqrt(y.reduce((sum, v, i) => sum + (v - truth[i]) ** 2, 0) / y.length);
 * console.log(error(noisy).toFixed(2), error(clean.data).toFixed(2));
 * // → 1.00 0.59
 * ```
 */
export function denoisePicture<A extends FloatArray>(
  channels: readonly Matrix<A>[],
  options: DenoisePictureOptions = {},
): Matrix<A>[] {
  checkChannels(channels);
  checkOptions(options, names);
  const { sigma: given = "auto", clipping = "auto" } = options;
  const method = checkOneOf("denoising method", options.method ?? "mixture", pictureDenoiserNames);
  const limits = limitsOf(channels, clipping);
  const sigma =
    typeof given === "number"
      ? checkNoise(given)
      : noiseLevel2(channels, {
          clipping: checkOneOf("noise level", given, ["auto"]) && [limits.low, limits.high],
        });
  if (sigma === 0)
    return channels.map(({ data, ...size }) => ({ ...size, data: data.slice() as A }));
  const planes = toOpponents(channels).map((plane) => methods[method](plane, sigma));
  return fromOpponents(planes).map((channel) => unclipped(channel, sigma, limits));
}

/** Every complex band of the dual tree shrunk, of the picture with its mirror image around it. */
function byDualTree<A extends FloatArray>(
  plane: Matrix<A>,
  sigma: number,
  shrink: ShrinkBand,
): Matrix<A> {
  const shorter = Math.min(plane.height, plane.width);
  const levels = Math.min(mostLevels, Math.floor(Math.log2(shorter)));
  if (levels === 0) return plane;
  const margin = 2 ** (levels - 1);
  const tree = dualTree2(mirrored(plane, margin, 2 ** levels), { levels });
  const noise = treeNoise(standardFilters(), levels);
  const details = tree.details.map((bands, i) => {
    const ofLevel = noise[levels - 1 - i]!;
    const shrunk = (name: Orientation) =>
      shrink({
        ...{ band: bands[name], parent: tree.details[i - 1]?.[name] },
        ...{ sigma, noise: ofLevel[name] },
      });
    return {
      [-75]: shrunk(-75),
      [-45]: shrunk(-45),
      [-15]: shrunk(-15),
      15: shrunk(15),
      45: shrunk(45),
      75: shrunk(75),
    };
  });
  return inside(idualTree2({ ...tree, details }), margin, plane);
}

/** Of the picture with its mirror image around it, as shifts are circular. */
function spun<A extends FloatArray>(plane: Matrix<A>, sigma: number): Matrix<A> {
  const shorter = Math.min(plane.height, plane.width);
  const margin = Math.min(mostMargin, shorter);
  const options = { rule: "bayes", noise: sigma, shifts } as const;
  return inside(denoise2(mirrored(plane, margin, shifts), wavelet, options), margin, plane);
}

/** The true values of means of clipped samples, between the limits. */
function unclipped<A extends FloatArray>(
  { data, ...size }: Matrix<A>,
  sigma: number,
  limits: Limits,
): Matrix<A> {
  if (!isClipped(limits)) return { ...size, data };
  const { trueValue } = clippedNoise(sigma, limits);
  const result = zerosLike(data, data.length);
  for (let i = 0; i < data.length; i++) result[i] = trueValue(data[i]!);
  return { ...size, data: result };
}
