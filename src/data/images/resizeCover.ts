import { loadSharp } from "./loadSharp.ts";
import type { Raster } from "./raster.ts";

/** Scales a picture so that it covers the `size`×`size` square, and cuts what sticks out evenly on two sides. */
export async function resizeCover(raster: Raster, size: number): Promise<Raster> {
  const { width, height, channels, data } = raster;
  const sharp = await loadSharp();
  const resized = await sharp(data, { raw: { width, height, channels } })
    .resize(size, size, { fit: "cover" })
    .toColorspace(channels === 1 ? "b-w" : "srgb")
    .raw()
    .toBuffer();
  return { width: size, height: size, channels, data: new Uint8Array(resized) };
}
