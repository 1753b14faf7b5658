import type { Raster } from "../data/raster.ts";

/**
 * Peak signal-to-noise ratio in dB between an image and reconstructed samples in [0, 1], peak 1, over
 * all samples of the image; Infinity if they are equal. Throws RangeError if the numbers of samples differ.
 */
export function psnr(original: Raster, samples: ArrayLike<number>): number {
  const { data } = original;
  if (data.length !== samples.length)
    throw new RangeError(`cannot compare ${data.length} samples with ${samples.length}`);
  let squares = 0;
  for (let i = 0; i < data.length; i++) {
    const error = data[i]! / 255 - samples[i]!;
    squares += error * error;
  }
  return 10 * Math.log10(data.length / squares);
}
