import { luma as weights } from "../../data/images/luma.ts";
import type { Raster } from "../../data/images/raster.ts";
import type { ColorSpace } from "./color.ts";

/**
 * The planes of an image as integers, each height × width row-major, from which {@link fromIntegerPlanes} restores it.
 *
 * - `gray`   the samples, 0 … 255; of a color image its rounded luma, from which the colors do not come back
 * - `ycbcr`  the reversible color transform of JPEG 2000 (ISO/IEC 15444-1, annex G): Y = ⌊(R + 2G + B) / 4⌋ in 0 … 255,
 *            B − G and R − G in −255 … 255, so that a gray image has zero chroma
 */
export function toIntegerPlanes(raster: Raster, color: ColorSpace): readonly Int32Array[] {
  const pixels = raster.width * raster.height;
  const luma = new Int32Array(pixels);
  const planes = color === "gray" ? [luma] : [luma, new Int32Array(pixels), new Int32Array(pixels)];
  const { data } = raster;
  if (raster.channels === 1) {
    luma.set(data);
    return planes;
  }
  const [, cb, cr] = planes;
  const { red, green, blue } = weights;
  for (let i = 0; i < pixels; i++) {
    const r = data[3 * i]!;
    const g = data[3 * i + 1]!;
    const b = data[3 * i + 2]!;
    if (cb && cr) {
      luma[i] = (r + 2 * g + b) >> 2;
      cb[i] = b - g;
      cr[i] = r - g;
    } else luma[i] = Math.round(red * r + green * g + blue * b);
  }
  return planes;
}

/** Samples clipped to 0 … 255, interleaved as in a `Raster`: the inverse of {@link toIntegerPlanes}. */
export function fromIntegerPlanes(planes: readonly Int32Array[]): Uint8Array {
  const [luma, cb, cr] = planes;
  if (luma === undefined) throw new RangeError("an image has at least one plane");
  if (cb === undefined || cr === undefined) return Uint8Array.from(Uint8ClampedArray.from(luma));
  const samples = new Uint8ClampedArray(3 * luma.length);
  for (let i = 0; i < luma.length; i++) {
    const g = luma[i]! - ((cb[i]! + cr[i]!) >> 2);
    samples[3 * i] = cr[i]! + g;
    samples[3 * i + 1] = g;
    samples[3 * i + 2] = cb[i]! + g;
  }
  return new Uint8Array(samples.buffer);
}
