import type { Picture } from "../../data/images/picture.ts";
import { UserError } from "../../errors/userError.ts";
import { crop, resized, sizeOf } from "../compression/layout/crop.ts";
import { decodeView, type PartBytes } from "../compression/layout/decodeView.ts";
import { type Need, type NeededPart, needOf, type View } from "../compression/layout/need.ts";
import type { PictureHead } from "../compression/pictureHead.ts";
import type { Rectangle } from "../rectangle.ts";
import { checkPixels, type PixelLimit, withMemory } from "./pixelLimit.ts";

/** What is wanted of a picture, where that is not the whole. */
export interface Wanted {
  /** Pixels of the longer side; the shorter one is in proportion. Only what such a picture needs is decoded. */
  readonly size?: number;
  /** The part that is wanted, which lies within the picture. Of tiles only those that it needs are decoded. */
  readonly region?: Rectangle;
}

/** A view that is checked, and what has to be decoded for it. */
export interface CheckedView {
  readonly view: View;
  readonly need: Need;
}

/** What has to be decoded for what is wanted. Throws UserError where that is no part of the picture, or too large. */
export function viewOf(head: PictureHead, wanted: Wanted & PixelLimit, name: string): CheckedView {
  checkWanted(head, wanted, name);
  const { size, region } = wanted;
  const { width, height, levels } = head;
  let omitted = 0;
  if (size !== undefined && !region)
    while (omitted < levels && Math.ceil(Math.max(width, height) / 2 ** (omitted + 1)) >= size)
      omitted++;
  const view = { region, omitted };
  const need = needOf(head, view);
  checkPixels(halved(need.frame, omitted), name, wanted);
  for (const part of need.parts) checkPixels(halved(part.tile, part.omitted), name, wanted);
  return { view, need };
}

const halved = ({ width, height }: Rectangle, times: number) => ({
  width: Math.ceil(width / 2 ** times),
  height: Math.ceil(height / 2 ** times),
});

/** Throws UserError where what is wanted is no part of a picture, or too large. */
export function checkWanted(
  picture: { readonly width: number; readonly height: number },
  { size, region, ...limit }: Wanted & PixelLimit,
  name: string,
): void {
  if (region) {
    const { x, y, width, height } = region;
    const isInside =
      [x, y, width, height].every(Number.isInteger) &&
      Math.min(x, y) >= 0 &&
      Math.min(width, height) > 0 &&
      x + width <= picture.width &&
      y + height <= picture.height;
    if (!isInside)
      throw new UserError(
        `${name} has ${picture.width}×${picture.height} pixels; a region of ${width}×${height} at ${x},${y} does not lie within it`,
      );
  }
  if (size === undefined) return;
  if (!Number.isInteger(size) || size < 1)
    throw new UserError(`the size of a picture is a whole number of pixels, not ${size}`);
  checkPixels(sizeOf(region ?? picture, size), name, limit);
}

/** A picture as it is wanted, of one that is decoded. */
export function shaped(raster: Picture, { size, region }: Wanted): Picture {
  const part = region ? crop(raster, region) : raster;
  return size === undefined ? part : resized(part, size);
}

/** The picture of a view. Throws UserError, naming the file, where its code is damaged or memory is not enough. */
export function viewPicture(
  head: PictureHead,
  { view, need }: CheckedView,
  { size }: Wanted,
  bytesOf: (part: NeededPart) => PartBytes,
  name: string,
): { readonly raster: Picture; readonly finished: boolean } {
  return withMemory(name, head, () => {
    const { raster, finished, isDamaged } = decodeView(head, view, need, bytesOf);
    if (isDamaged)
      throw new UserError(`${name} is damaged: its code ends before its picture`, "damaged-file");
    return { raster: size === undefined ? raster : resized(raster, size), finished };
  });
}
