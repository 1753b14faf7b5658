import type { Raster } from "../../src/data/images/raster.ts";
import { psnr } from "../../src/image/psnr.ts";

/** PSNR in dB over all samples of all channels together, peak 255; Infinity of equal pictures. Throws RangeError where they differ in size. */
export function rasterPsnr(original: Raster, decoded: Raster): number {
  if (original.width !== decoded.width || original.channels !== decoded.channels)
    throw new RangeError(
      `${decoded.width} columns of ${decoded.channels} channels instead of ${original.width} of ${original.channels}`,
    );
  return psnr(original.data, decoded.data) + 20 * Math.log10(255);
}
