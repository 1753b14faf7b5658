import {
  type Order,
  type Reading,
  type TokenLanguage,
  type TokenLanguageOptions,
  tokenLanguage,
} from "../../codec/tokenLanguage.ts";
import type { Vocabulary } from "../../codec/tokens.ts";
import { floorLog2, planeLimit } from "../../codec/walk/startingPlane.ts";
import type { Raster } from "../../data/images/raster.ts";
import { UserError } from "../../errors/userError.ts";
import { pack, unpack } from "../../wavelets/discrete/bands/mosaic.ts";
import { wavedec2, waverec2 } from "../../wavelets/discrete/wavedec2.ts";
import { wavelet } from "../../wavelets/families/wavelet.ts";
import type { Wavelet } from "../../wavelets/filterBank/wavelet.ts";
import { type ColorSpace, channelsOf, fromPlanes, toPlanes } from "./color.ts";
import type { ImageWavelet } from "./imageWavelets.ts";
import {
  type IntegerLifting,
  integerLiftings,
  readBands,
  unitPlane,
  writeBands,
} from "./integerBands.ts";
import { crop, type Frame, frameOf, type Padding, pad } from "./padding.ts";
import { fromIntegerPlanes, toIntegerPlanes } from "./reversibleColor.ts";
import { wallBounds } from "./wallBounds.ts";

/** The options of an image language; all but the wavelet and T_f have defaults. */
export type ImageLanguageOptions = LossyOptions | LosslessOptions;

/** The options of a language that describes images down to a finest threshold. */
export interface LossyOptions extends CommonOptions {
  /** T_f, the finest threshold, a power of two such as 0.125: smaller means better quality. */
  readonly finest: number;
  readonly lossless?: false;
  readonly order?: "planes";
  /** `zero` by default, as in the paper; `edge` suits photographs. */
  readonly padding?: Padding;
}

/**
 * The options of a language of integers, whose streams end exactly at the 8-bit image: reading A, of the wavelets `haar` and
 * `bior2.2`. Nothing is padded, and the finest threshold is the last bit.
 */
export interface LosslessOptions extends CommonOptions {
  readonly lossless: true;
  /**
   * `planes` by default. `coefficients`, of `haar` in blocks alone, tells one coefficient after another and only what the range
   * of samples leaves possible: longer streams of less information, which suit models.
   */
  readonly order?: Order;
  readonly finest?: undefined;
  readonly padding?: undefined;
}

interface CommonOptions {
  readonly wavelet: ImageWavelet;
  /** Analysis steps; by default ⌈log2 of the shorter side⌉ − 1, at most 5. */
  readonly levels?: number;
  /** `blocks` by default. */
  readonly vocabulary?: Vocabulary;
  /** `A` by default. */
  readonly reading?: Reading;
  /** `gray` by default. */
  readonly color?: ColorSpace;
}

/** An image language resolved for images of one size. Immutable: share it between images. */
export interface ImageLanguage {
  readonly width: number;
  readonly height: number;
  readonly wavelet: Wavelet;
  readonly waveletName: ImageWavelet;
  /** How integers are lifted in a lossless language; undefined in any other. */
  readonly lossless: IntegerLifting | undefined;
  /** T_f; 1, a gray level, of a lossless language. */
  readonly finest: number;
  readonly levels: number;
  readonly color: ColorSpace;
  readonly padding: Padding;
  /** Where the image lies in the coefficient matrix; at the top left of a lossless one, with nothing around it. */
  readonly frame: Frame;
  /**
   * Between which values the samples of each channel lie. Approximation coefficients of d steps are samples times 2^d, in
   * the unit of thresholds.
   */
  readonly walls: readonly Walls[];
  /** The token language of the coefficient matrices; it holds geometry, vocabulary and reading. */
  readonly tokens: TokenLanguage;
}

/** The least and the largest value of a sample. */
export interface Walls {
  readonly low: number;
  readonly high: number;
}

/** Of luma, then of chroma. In a lossless language they are gray levels, and chroma counts half. */
const wallsOf = (most: 1 | 255, color: ColorSpace): readonly Walls[] => {
  const chroma = { low: -most / 2, high: most / 2 };
  return color === "gray" ? [{ low: 0, high: most }] : [{ low: 0, high: most }, chroma, chroma];
};

/** Coefficients of one channel at most: 2^25 are enough for photographs of 33 million pixels. */
const areaLimit = 2 ** 25;
const sideLimit = 2 ** 16;

/**
 * Resolves the language for images of a size. Throws UserError if T_f is not a power of two, if the number of
 * levels is not a whole number from 0 to 15, if the coefficient matrix would be too large, or if lossless is asked of what
 * cannot be.
 */
export function imageLanguage(
  options: ImageLanguageOptions,
  { width, height }: { readonly width: number; readonly height: number },
): ImageLanguage {
  const { color = "gray", padding = "zero" } = options;
  const lossless = options.lossless ? losslessLifting(options) : undefined;
  const { vocabulary = "blocks", reading = "A" } = options;
  const levels = options.levels ?? defaultLevels(Math.min(width, height));
  if (!Number.isInteger(levels) || levels < 0 || levels > 15)
    throw new UserError(`the number of levels must be a whole number from 0 to 15, not ${levels}`);
  const centered = frameOf(height, width, 2 ** levels);
  const frame = lossless ? { ...centered, top: 0, left: 0 } : centered;
  const size = { height: frame.height, width: frame.width };
  if (size.height * size.width > areaLimit || Math.max(size.height, size.width) > sideLimit)
    throw new UserError(
      `an image of ${width}×${height} with ${levels} levels needs ${size.width}×${size.height} ` +
        `coefficients; at most ${areaLimit} in all and ${sideLimit} along a side are supported`,
    );
  const geometry = { channels: channelsOf[color], ...size, levels };
  const finest = options.lossless ? 1 : options.finest;
  const ending = options.lossless
    ? {
        geometry: { ...geometry, content: { height, width } },
        finestPlane: unitPlane(levels),
        ...orderOf(options),
      }
    : { geometry, finestPlane: planeOf(finest) };
  return {
    width,
    height,
    wavelet: wavelet(options.wavelet),
    waveletName: options.wavelet,
    lossless,
    finest,
    levels,
    color,
    padding,
    frame,
    walls: wallsOf(lossless ? 255 : 1, color),
    tokens: tokenLanguage({ ...ending, vocabulary, reading }),
  };
}

/** The lifting that the options ask for. Throws UserError where they contradict themselves. */
function losslessLifting(options: ImageLanguageOptions): IntegerLifting {
  const { wavelet, reading = "A", finest, padding } = options;
  const lifting = integerLiftings[wavelet];
  if (!lifting)
    throw new UserError(
      `lossless needs a wavelet of integers, ${Object.keys(integerLiftings).join(" or ")}, not ${wavelet}`,
    );
  if (reading !== "A")
    throw new UserError("lossless needs reading A: reading B would ask for bits after the last");
  if (finest !== undefined || padding !== undefined)
    throw new UserError("lossless has no finest threshold and no padding: it ends at the last bit");
  return lifting;
}

/** The order of a lossless language, and what it takes to be possible. Throws UserError where there is no such order. */
function orderOf(options: LosslessOptions): Pick<TokenLanguageOptions, "order" | "bounds"> {
  const { order = "planes" } = options;
  if (order === "planes") return { order };
  if (learnedOrder(options) === order) return { order, bounds: wallBounds };
  throw new UserError("the order coefficients needs the wavelet haar and the vocabulary blocks");
}

/** The order in which models learn a lossless language: by coefficients where the range of samples bounds them. */
export const learnedOrder = ({
  wavelet,
  vocabulary = "blocks",
}: Pick<LosslessOptions, "wavelet" | "vocabulary">): Order =>
  wavelet === "haar" && vocabulary === "blocks" ? "coefficients" : "planes";

/** ⌈log2 side⌉ − 1 within 0 … 5: a square of side 2^m up to 64 keeps a 2×2 scaling band. */
export function defaultLevels(side: number): number {
  return Math.min(Math.max(Math.ceil(Math.log2(side)) - 1, 0), 5);
}

/** log2 of a threshold that is a power of two. Throws UserError for any other number. */
export function planeOf(finest: number): number {
  const plane = finest > 0 && Number.isFinite(finest) ? floorLog2(finest) : Number.NaN;
  if (2 ** plane !== finest || Math.abs(plane) > planeLimit)
    throw new UserError(
      `the finest threshold must be a power of two such as 0.125 or 0.0625, not ${finest}`,
    );
  return plane;
}

/**
 * The coefficient matrix of an image, channels × frame height × frame width in the Mallat layout,
 * float64 throughout. In a lossless language coefficients stand for integers: ±(|n| + ½) units of the band, or 0. Throws
 * RangeError if the image has another size than the language.
 */
export function analyze(raster: Raster, language: ImageLanguage): Float64Array {
  const { width, height, frame, levels, padding } = language;
  if (raster.width !== width || raster.height !== height)
    throw new RangeError(
      `a language for ${width}×${height} cannot read an image of ${raster.width}×${raster.height}`,
    );
  const size = frame.height * frame.width;
  const { lossless } = language;
  if (lossless) {
    const planes = toIntegerPlanes(raster, language.color);
    const coefficients = new Float64Array(planes.length * size);
    for (const [channel, data] of planes.entries())
      writeBands(coefficients, channel, { height, width, data }, lossless, language.tokens);
    return coefficients;
  }
  const planes = toPlanes(raster, language.color);
  const coefficients = new Float64Array(planes.length * size);
  for (const [channel, plane] of planes.entries()) {
    const data = pad(plane, height, width, frame, padding);
    const matrix = { height: frame.height, width: frame.width, data };
    const options = { mode: "periodization", levels } as const;
    coefficients.set(pack(wavedec2(matrix, language.wavelet, options)).data, channel * size);
  }
  return coefficients;
}

/** A reconstructed image. */
export interface Synthesis {
  readonly raster: Raster;
  /** The samples before rounding, in [0, 1], laid out as in the raster. */
  readonly samples: Float64Array;
}

/** The image of a coefficient matrix: inverse transform, color, crop, clip to [0, 1], round to 8 bits. */
export function synthesize(approximation: Float64Array, language: ImageLanguage): Synthesis {
  const { width, height, frame, levels, wavelet } = language;
  const channels = channelsOf[language.color];
  const { lossless } = language;
  if (lossless) {
    const planes = Array.from(
      { length: channels },
      (_, channel) => readBands(approximation, channel, 0, lossless, language.tokens).data,
    );
    const data = fromIntegerPlanes(planes);
    const samples = new Float64Array(data).map((x) => x / 255);
    return { raster: { width, height, channels, data }, samples };
  }
  const size = frame.height * frame.width;
  const planes = Array.from({ length: channels }, (_, channel) => {
    const data = approximation.subarray(channel * size, (channel + 1) * size);
    const mosaic = { height: frame.height, width: frame.width, data };
    const bands = unpack<Float64Array>(mosaic, { levels, mode: "periodization", wavelet });
    return crop(waverec2(bands).data, height, width, frame);
  });
  const samples = fromPlanes(planes);
  const data = new Uint8Array(samples.length).map((_, i) => Math.round(255 * samples[i]!));
  return { raster: { width, height, channels, data }, samples };
}
