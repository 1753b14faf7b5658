import { type Picture, whiteOf } from "../data/images/picture.ts";
import type { Raster } from "../data/images/raster.ts";
import { toPlanes } from "./language/color.ts";
import { type ImageLanguage, synthesize } from "./language/language.ts";
import { toIntegerPlanes } from "./language/reversibleColor.ts";

/**
 * Peak signal-to-noise ratio in dB between samples in [0, 1], peak 1; Infinity if they are equal.
 * Throws RangeError if the numbers of samples differ.
 */
export function psnr(original: ArrayLike<number>, samples: ArrayLike<number>): number {
  if (original.length !== samples.length)
    throw new RangeError(`cannot compare ${original.length} samples with ${samples.length}`);
  let squares = 0;
  for (let i = 0; i < original.length; i++) {
    const error = original[i]! - samples[i]!;
    squares += error * error;
  }
  return 10 * Math.log10(original.length / squares);
}

/**
 * PSNR in dB over all samples of two pictures of one shape, whose peak is white; Infinity if they are equal. Pixels that are wholly
 * transparent in the original do not count. Throws RangeError for different shapes and for samples of different types.
 */
export function rasterPsnr(original: Picture, other: Picture): number {
  const { data, alpha, channels } = original;
  if (data.constructor !== other.data.constructor)
    throw new RangeError("cannot compare samples of eight bits with those of more");
  if (data.length !== other.data.length || original.width !== other.width)
    throw new RangeError(
      `cannot compare ${original.width}×${original.height}×${original.channels} samples with ` +
        `${other.width}×${other.height}×${other.channels}`,
    );
  let squares = 0;
  let count = 0;
  for (let i = 0; i < data.length; i++) {
    if (alpha?.[Math.floor(i / channels)] === 0) continue;
    const error = data[i]! - other.data[i]!;
    squares += error * error;
    count++;
  }
  return squares === 0 ? Infinity : 10 * Math.log10((whiteOf(original) ** 2 * count) / squares);
}

/**
 * PSNR of the image that `approximation` gives, clipped, over the original area. A color image in a gray
 * language is compared with its luma (rounded where that is lossless), any other in its own samples.
 */
export function imagePsnr(
  raster: Raster,
  approximation: Float64Array,
  language: ImageLanguage,
): number {
  const { samples } = synthesize(approximation, language);
  return psnr(comparable(raster, language), samples);
}

function comparable(raster: Raster, { color, lossless }: ImageLanguage): Float64Array {
  if (color === "gray" && lossless)
    return new Float64Array(toIntegerPlanes(raster, "gray")[0]!).map((x) => x / 255);
  if (color === "gray") return toPlanes(raster, "gray")[0]!;
  const { channels, data, width, height } = raster;
  const samples = new Float64Array(3 * width * height);
  for (let i = 0; i < samples.length; i++)
    samples[i] = data[channels === 3 ? i : Math.floor(i / 3)]! / 255;
  return samples;
}
