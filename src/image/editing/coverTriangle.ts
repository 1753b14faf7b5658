import type { Raster } from "../../data/images/raster.ts";
import { resizeTriangle } from "../fidelity/resizeTriangle.ts";

/**
 * Scales a picture so that it covers the `size`×`size` square, by {@link resizeTriangle}, and cuts what sticks out evenly on
 * two sides.
 */
export function coverTriangle(raster: Raster, size: number): Raster {
  const { width, height, channels, data } = raster;
  const scale = size / Math.min(width, height);
  const scaled = { width: Math.round(width * scale), height: Math.round(height * scale) };
  const [left, top] = [scaled.width - size, scaled.height - size].map((rest) => rest >> 1);
  const square = new Uint8Array(size * size * channels);
  for (let c = 0; c < channels; c++) {
    const plane = Float64Array.from({ length: width * height }, (_, i) => data[i * channels + c]!);
    const resized = resizeTriangle(plane, { width, height }, scaled);
    for (let y = 0, to = c; y < size; y++) {
      for (let x = 0; x < size; x++, to += channels) {
        square[to] = Math.round(resized[(y + top!) * scaled.width + x + left!]!); // two of two
      }
    }
  }
  return { width: size, height: size, channels, data: square };
}
