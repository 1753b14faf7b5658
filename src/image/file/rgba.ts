import { type Picture, whiteOf } from "../../data/images/picture.ts";

/** Samples as a canvas has them: red, green, blue and opacity of each pixel, row by row. An `ImageData` is one. */
export interface RgbaPicture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray<ArrayBuffer>;
}

/** The samples of a picture for a canvas: `new ImageData(data, width, height)`. More than eight bits are rounded. */
export function toRgba(picture: Picture): RgbaPicture {
  const { width, height, channels, data, alpha } = picture;
  const rgba = new Uint8ClampedArray(4 * width * height);
  const unit = data instanceof Uint8Array ? 1 : 255 / whiteOf(picture);
  const [green, blue] = channels === 1 ? [0, 0] : [1, 2];
  for (let from = 0, to = 0, pixel = 0; to < rgba.length; from += channels, to += 4) {
    rgba[to] = unit * data[from]!;
    rgba[to + 1] = unit * data[from + green]!;
    rgba[to + 2] = unit * data[from + blue]!;
    rgba[to + 3] = alpha ? unit * alpha[pixel++]! : 255;
  }
  return { width, height, data: rgba };
}

/** The picture of a canvas's samples: gray if each pixel is, else in color; with `alpha` where it is not opaque. */
export function fromRgba({ width, height, data }: RgbaPicture): Picture & { data: Uint8Array } {
  const pixels = width * height;
  let [isGray, isOpaque] = [true, true];
  for (let at = 0; at < 4 * pixels; at += 4) {
    if (data[at] !== data[at + 1] || data[at] !== data[at + 2]) isGray = false;
    if (data[at + 3] !== 255) isOpaque = false;
  }
  const channels = isGray ? 1 : 3;
  const samples = new Uint8Array(channels * pixels);
  for (let from = 0, to = 0; to < samples.length; from += 4)
    for (let channel = 0; channel < channels; channel++) samples[to++] = data[from + channel]!;
  const picture = { width, height, channels, data: samples } as const;
  return isOpaque
    ? picture
    : { ...picture, alpha: Uint8Array.from({ length: pixels }, (_, i) => data[4 * i + 3]!) };
}
