import { luma as weights } from "../../data/images/luma.ts";
import type { Picture } from "../../data/images/picture.ts";
import type { ColorSpace } from "./color.ts";

/**
 * The planes of an image as integers, each height × width row-major, from which {@link fromIntegerPlanes} restores it.
 *
 * - `gray`   the samples; of a color image its rounded luma, from which the colors do not come back
 * - `ycbcr`  the reversible color transform of JPEG 2000 (ISO/IEC 15444-1, annex G): Y = ⌊(R + 2G + B) / 4⌋,
 *            B − G and R − G, so that a gray image has zero chroma
 */
export function toIntegerPlanes(
  raster: Pick<Picture, "width" | "height" | "channels" | "data">,
  color: ColorSpace,
): readonly Int32Array[] {
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
export const fromIntegerPlanes = (planes: readonly Int32Array[]): Uint8Array =>
  Uint8Array.from(fromDeepPlanes(planes, 255));

/** The same for samples clipped to 0 … `white`. */
export function fromDeepPlanes(planes: readonly Int32Array[], white: number): Uint16Array {
  const [luma, cb, cr] = planes;
  if (luma === undefined) throw new RangeError("an image has at least one plane");
  const clip = (x: number) => (x < 0 ? 0 : x > white ? white : x);
  if (cb === undefined || cr === undefined)
    return new Uint16Array(luma.length).map((_, i) => clip(luma[i]!));
  const samples = new Uint16Array(3 * luma.length);
  for (let i = 0; i < luma.length; i++) {
    const g = luma[i]! - ((cb[i]! + cr[i]!) >> 2);
    samples[3 * i] = clip(cr[i]! + g);
    samples[3 * i + 1] = clip(g);
    samples[3 * i + 2] = clip(cb[i]! + g);
  }
  return samples;
}
