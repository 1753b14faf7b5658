import { type Reading, type TokenLanguage, tokenLanguage } from "../../codec/tokenLanguage.ts";
import type { Vocabulary } from "../../codec/tokens.ts";
import { floorLog2, planeLimit } from "../../codec/walk/startingPlane.ts";
import type { Raster } from "../../data/images/raster.ts";
import { UserError } from "../../errors/userError.ts";
import { wavelet } from "../../wavelets/families/wavelet.ts";
import type { Wavelet } from "../../wavelets/filterBank/wavelet.ts";
import { pack, unpack, wavedec2, waverec2 } from "../../wavelets/index.ts";
import { type ColorSpace, channelsOf, fromPlanes, toPlanes } from "./color.ts";
import type { ImageWavelet } from "./imageWavelets.ts";
import { crop, type Frame, frameOf, type Padding, pad } from "./padding.ts";

/** The options of an image language; all but the wavelet and T_f have defaults. */
export interface ImageLanguageOptions {
  readonly wavelet: ImageWavelet;
  /** T_f, the finest threshold, a power of two such as 0.125: smaller means better quality. */
  readonly finest: number;
  /** Analysis steps; by default ⌈log2 of the shorter side⌉ − 1, at most 5. */
  readonly levels?: number;
  /** `blocks` by default. */
  readonly vocabulary?: Vocabulary;
  /** `A` by default. */
  readonly reading?: Reading;
  /** `gray` by default. */
  readonly color?: ColorSpace;
  /** `zero` by default, as in the paper; `edge` suits photographs. */
  readonly padding?: Padding;
}

/** An image language resolved for images of one size. Immutable: share it between images. */
export interface ImageLanguage {
  readonly width: number;
  readonly height: number;
  readonly wavelet: Wavelet;
  readonly waveletName: ImageWavelet;
  readonly finest: number;
  readonly levels: number;
  readonly color: ColorSpace;
  readonly padding: Padding;
  readonly frame: Frame;
  /** The token language of the coefficient matrices; it holds geometry, vocabulary and reading. */
  readonly tokens: TokenLanguage;
}

/** Coefficients of one channel at most: 2^25 are enough for photographs of 33 million pixels. */
const areaLimit = 2 ** 25;
const sideLimit = 2 ** 16;

/**
 * Resolves the language for images of a size. Throws UserError if T_f is not a power of two, if the number of
 * levels is not a whole number from 0 to 15, or if the coefficient matrix would be too large.
 */
export function imageLanguage(
  options: ImageLanguageOptions,
  { width, height }: { readonly width: number; readonly height: number },
): ImageLanguage {
  const { finest, color = "gray", padding = "zero" } = options;
  const { vocabulary = "blocks", reading = "A" } = options;
  const levels = options.levels ?? defaultLevels(Math.min(width, height));
  if (!Number.isInteger(levels) || levels < 0 || levels > 15)
    throw new UserError(`the number of levels must be a whole number from 0 to 15, not ${levels}`);
  const frame = frameOf(height, width, 2 ** levels);
  const size = { height: frame.height, width: frame.width };
  if (size.height * size.width > areaLimit || Math.max(size.height, size.width) > sideLimit)
    throw new UserError(
      `an image of ${width}×${height} with ${levels} levels needs ${size.width}×${size.height} ` +
        `coefficients; at most ${areaLimit} in all and ${sideLimit} along a side are supported`,
    );
  const geometry = { channels: channelsOf[color], ...size, levels };
  const finestPlane = planeOf(finest);
  return {
    width,
    height,
    wavelet: wavelet(options.wavelet),
    waveletName: options.wavelet,
    finest,
    levels,
    color,
    padding,
    frame,
    tokens: tokenLanguage({ geometry, finestPlane, vocabulary, reading }),
  };
}

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
 * float64 throughout. Throws RangeError if the image has another size than the language.
 */
export function analyze(raster: Raster, language: ImageLanguage): Float64Array {
  const { width, height, frame, levels, padding } = language;
  if (raster.width !== width || raster.height !== height)
    throw new RangeError(
      `a language for ${width}×${height} cannot read an image of ${raster.width}×${raster.height}`,
    );
  const planes = toPlanes(raster, language.color);
  const size = frame.height * frame.width;
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
  const size = frame.height * frame.width;
  const planes = Array.from({ length: channels }, (_, channel) => {
    const data = approximation.subarray(channel * size, (channel + 1) * size);
    const mosaic = { height: frame.height, width: frame.width, data };
    const bands = unpack<Float64Array>(mosaic, { levels, mode: "periodization", wavelet });
    return crop(waverec2(bands).data, height, width, frame);
  });
  const samples = fromPlanes(planes);
  const data = Uint8Array.from(samples, (x) => Math.round(255 * x));
  return { raster: { width, height, channels, data }, samples };
}
