import type { Raster } from "../../data/images/raster.ts";

/** Samples as a canvas has them: red, green, blue and opacity of each pixel, row by row. An `ImageData` is one. */
export interface RgbaPicture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray<ArrayBuffer>;
}

/** The samples of a picture for a canvas: `new ImageData(data, width, height)`. */
export function toRgba({ width, height, channels, data }: Raster): RgbaPicture {
  const rgba = new Uint8ClampedArray(4 * width * height);
  const [green, blue] = channels === 1 ? [0, 0] : [1, 2];
  for (let from = 0, to = 0; to < rgba.length; from += channels, to += 4) {
    rgba[to] = data[from]!;
    rgba[to + 1] = data[from + green]!;
    rgba[to + 2] = data[from + blue]!;
    rgba[to + 3] = 255;
  }
  return { width, height, data: rgba };
}

/** The picture of a canvas's samples, over white where it is not opaque: gray if each pixel is, else in color. */
export function fromRgba({ width, height, data }: RgbaPicture): Raster {
  const pixels = width * height;
  let isGray = true;
  for (let at = 0; isGray && at < 4 * pixels; at += 4)
    isGray = data[at] === data[at + 1] && data[at] === data[at + 2];
  const channels = isGray ? 1 : 3;
  const samples = new Uint8Array(channels * pixels);
  for (let from = 0, to = 0; to < samples.length; from += 4) {
    const opacity = data[from + 3]! / 255;
    for (let channel = 0; channel < channels; channel++)
      samples[to++] = Math.round(255 + opacity * (data[from + channel]! - 255));
  }
  return { width, height, channels, data: samples };
}
