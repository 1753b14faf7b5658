import { blankRaster, type Raster } from "../../data/images/raster.ts";

/** A part of a picture, in pixels. */
export interface Region {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A part of a picture with each pixel enlarged to `magnify` × `magnify`. Throws RangeError if the region leaves the picture. */
export function magnifiedCrop(raster: Raster, region: Region, magnify: number): Raster {
  const { x: left, y: top, width, height } = region;
  if (left < 0 || top < 0 || left + width > raster.width || top + height > raster.height) {
    throw new RangeError(
      `magnifiedCrop: ${width}×${height} at (${left}, ${top}) leaves ${raster.width}×${raster.height}`,
    );
  }
  const { channels } = raster;
  const crop = blankRaster(width * magnify, height * magnify, channels);
  for (let y = 0; y < crop.height; y++) {
    const row = (top + Math.floor(y / magnify)) * raster.width;
    for (let x = 0; x < crop.width; x++) {
      const from = (row + left + Math.floor(x / magnify)) * channels;
      crop.data.set(raster.data.subarray(from, from + channels), (y * crop.width + x) * channels);
    }
  }
  return crop;
}
