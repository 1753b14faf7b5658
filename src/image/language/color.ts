import { luma as weights } from "../../data/images/luma.ts";
import type { Raster } from "../../data/images/raster.ts";

/**
 * The meaning of the channels of a coefficient matrix. `gray`: luma alone. `ycbcr`: luma and two color
 * differences, ITU-R BT.601 full range as in JPEG, from [0, 1] samples: Y in [0, 1], Cb and Cr centered
 * on zero in [−½, ½], so that gray has no chroma at all.
 */
export type ColorSpace = "gray" | "ycbcr";

/** Channels of a coefficient matrix, which is also the channels of the image that comes back. */
export const channelsOf: Readonly<Record<ColorSpace, 1 | 3>> = { gray: 1, ycbcr: 3 };

const { red, green, blue } = weights;
const cbScale = 0.5 / (1 - blue);
const crScale = 0.5 / (1 - red);

/** The color planes of an image, each height × width row-major, in the ranges of {@link ColorSpace}. */
export function toPlanes(raster: Raster, color: ColorSpace): readonly Float64Array[] {
  const pixels = raster.width * raster.height;
  const luma = new Float64Array(pixels);
  const planes =
    color === "gray" ? [luma] : [luma, new Float64Array(pixels), new Float64Array(pixels)];
  const { data } = raster;
  if (raster.channels === 1) {
    for (let i = 0; i < pixels; i++) luma[i] = data[i]! / 255;
    return planes;
  }
  const [, cb, cr] = planes;
  for (let i = 0; i < pixels; i++) {
    const r = data[3 * i]! / 255;
    const b = data[3 * i + 2]! / 255;
    const y = red * r + (green * data[3 * i + 1]!) / 255 + blue * b;
    luma[i] = y;
    if (cb && cr) {
      cb[i] = cbScale * (b - y);
      cr[i] = crScale * (r - y);
    }
  }
  return planes;
}

/** Samples in [0, 1], clipped, interleaved as in a `Raster`: the inverse of {@link toPlanes}. */
export function fromPlanes(planes: readonly Float64Array[]): Float64Array {
  const [luma, cb, cr] = planes;
  if (luma === undefined) throw new RangeError("an image has at least one plane");
  if (cb === undefined || cr === undefined) return luma.map(clip);
  const samples = new Float64Array(3 * luma.length);
  for (let i = 0; i < luma.length; i++) {
    const y = luma[i]!;
    const r = y + cr[i]! / crScale;
    const b = y + cb[i]! / cbScale;
    samples[3 * i] = clip(r);
    samples[3 * i + 1] = clip((y - red * r - blue * b) / green);
    samples[3 * i + 2] = clip(b);
  }
  return samples;
}

function clip(x: number): number {
  return Math.min(Math.max(x, 0), 1);
}
