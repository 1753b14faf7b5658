import { type Picture, type Samples, samplesLike } from "../../../data/images/picture.ts";
import { resizeTriangle } from "../../fidelity/resizeTriangle.ts";
import type { Rectangle } from "../../rectangle.ts";

/** The part of a picture within a rectangle, which lies inside of it. */
export function crop(raster: Picture, { x, y, width, height }: Rectangle): Picture {
  if (width === raster.width && height === raster.height) return raster;
  const cut = (samples: Samples, channels: number): Samples => {
    const data = samplesLike(samples, width * height * channels);
    for (let row = 0; row < height; row++) {
      const from = ((y + row) * raster.width + x) * channels;
      data.set(samples.subarray(from, from + width * channels), row * width * channels);
    }
    return data;
  };
  const { data, channels, alpha } = raster;
  return {
    ...{ ...raster, width, height },
    data: cut(data, channels),
    ...(alpha && { alpha: cut(alpha, 1) }),
  };
}

/**
 * A picture whose longer side has `size` pixels, the shorter one in proportion; by {@link resizeTriangle}. Colors count as much as they are
 * opaque.
 */
export function resized(raster: Picture, size: number): Picture {
  const to = sizeOf(raster, size);
  if (to.width === raster.width && to.height === raster.height) return raster;
  const { width, height } = raster;
  const { data, channels, alpha } = raster;
  const shrunk = (plane: Float64Array) => resizeTriangle(plane, { width, height }, to);
  const weights = alpha && shrunk(Float64Array.from(alpha));
  const scaled = (samples: Samples, channels: number, isWeighted = false): Samples => {
    const data = samplesLike(samples, to.width * to.height * channels);
    for (let channel = 0; channel < channels; channel++) {
      const plane = Float64Array.from(
        { length: width * height },
        (_, i) => samples[i * channels + channel]!,
      );
      const small = shrunk(plane);
      const seen = isWeighted && alpha ? shrunk(plane.map((x, i) => x * alpha[i]!)) : undefined;
      for (let i = 0; i < small.length; i++) {
        const weight = weights?.[i] ?? 0;
        const value = seen && weight > 0 ? seen[i]! / weight : small[i]!;
        data[i * channels + channel] = Math.floor(value + 0.5);
      }
    }
    return data;
  };
  return {
    ...raster,
    ...to,
    data: scaled(data, channels, true),
    ...(alpha && { alpha: scaled(alpha, 1) }),
  };
}

/** The sides of a picture whose longer one has `size` pixels. */
export function sizeOf(
  { width, height }: { readonly width: number; readonly height: number },
  size: number,
): { readonly width: number; readonly height: number } {
  const longer = Math.max(width, height);
  const side = (own: number) => Math.max(Math.round((own * size) / longer), 1);
  return { width: side(width), height: side(height) };
}
