import { decodeIndices, encodeIndices } from "../../codec/indices/codeIndices.ts";
import { colorLimit } from "../../codec/indices/walkIndices.ts";
import { type Picture, samplesLike } from "../../data/images/picture.ts";
import { coded, codedBits, depthOf, uncoded } from "./depth.ts";
import type { PictureHead } from "./pictureHead.ts";

/** The colors of a picture that has few, sorted by brightness, and which of them each pixel has. */
export interface IndexedPicture {
  readonly palette: Uint16Array;
  readonly indices: Uint16Array;
  readonly count: number;
  /** The part of pixels that are like the one to their left. */
  readonly evenness: number;
}

/** The colors of a picture, as coded samples; undefined where they are too many. */
export function indexed(picture: Picture): IndexedPicture | undefined {
  const { width, height, channels } = picture;
  const data = coded(picture.data, depthOf(picture));
  const found = new Map<number, number>();
  const indices = new Uint16Array(width * height);
  let same = 0;
  for (let i = 0, at = 0; i < indices.length; i++, at += channels) {
    // 48 bits at most, which a number holds exactly.
    const color =
      channels === 1 ? data[at]! : (data[at]! * 65536 + data[at + 1]!) * 65536 + data[at + 2]!;
    let index = found.get(color);
    if (index === undefined) {
      if (found.size === colorLimit) return undefined;
      index = found.size;
      found.set(color, index);
    }
    indices[i] = index;
    if (i % width > 0 && index === indices[i - 1]) same++;
  }
  const colors = [...found.keys()].map((color) =>
    channels === 1
      ? [color]
      : [Math.floor(color / 2 ** 32), Math.floor(color / 65536) % 65536, color % 65536],
  );
  const brightness = ([red = 0, green = red, blue = red]: readonly number[]) =>
    2 * red + 5 * green + blue;
  const order = colors
    .map((_, i) => i)
    .sort((i, j) => brightness(colors[i]!) - brightness(colors[j]!) || i - j);
  const place = new Uint16Array(order.length);
  for (const [rank, i] of order.entries()) place[i] = rank;
  return {
    palette: Uint16Array.from(order.flatMap((i) => colors[i]!)),
    indices: indices.map((index) => place[index]!),
    count: order.length,
    evenness: same / indices.length,
  };
}

/** Codes a picture exactly by its colors. */
export function codeIndexed(
  picture: Picture,
  { palette, indices, count }: IndexedPicture,
): { readonly head: PictureHead; readonly code: Uint8Array } {
  const { width, height, channels } = picture;
  const depth = depthOf(picture);
  const colors = { samples: palette, channels, bits: codedBits(depth) };
  const code = encodeIndices(indices, colors, { width, height, count });
  const coding = { type: "indexed", count } as const;
  const size = { width, height, channels, levels: 0, startingPlane: -1 };
  return { head: { ...size, coding, isCut: false, depth }, code };
}

/** The picture of a code of indices, or of the beginning of one. */
export function pictureOfIndices(
  { width, height, channels, depth }: PictureHead,
  count: number,
  code: Uint8Array,
  isWhole: boolean,
): { readonly raster: Picture; readonly finished: boolean } {
  const colors = { channels, bits: codedBits(depth) };
  const extent = { width, height, count };
  const { indices, palette, finished } = decodeIndices(code, colors, extent, isWhole);
  const data = samplesLike(depth ? palette : new Uint8Array(0), indices.length * channels);
  for (let i = 0, to = 0; i < indices.length; i++)
    for (let c = 0; c < channels; c++) data[to++] = palette[indices[i]! * channels + c]!;
  return { raster: { width, height, channels, ...uncoded(data, depth) }, finished };
}
