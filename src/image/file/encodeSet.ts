import type { Picture } from "../../data/images/picture.ts";
import { UserError } from "../../errors/userError.ts";
import { codeSet, type SetCoding } from "../compression/codeSet.ts";
import { stepOfQuality } from "../compression/rate.ts";
import { checkAim, checkPicture } from "./encodePicture.ts";
import { namesSection, writeSetFile } from "./setFile.ts";

/** A picture for a set. */
export interface SetPicture {
  readonly raster: Picture;
  /** Its name, without an ending; slashes make folders. All pictures of a set have one, or none has. */
  readonly name?: string;
}

/** What the pictures of a set are to be like: exact, or as fine as a quality or a finest threshold in gray levels says. */
export type SetAim =
  | { readonly lossless: true }
  | { readonly quality: number }
  | { readonly step: number };

/** A set of pictures, compressed. */
export interface EncodedSet {
  /** The bytes of the file (`.ondl`). */
  readonly file: Uint8Array<ArrayBuffer>;
  /** Bits of the file for each pixel. */
  readonly bitsPerPixel: number;
}

/**
 * Compresses pictures of any sizes to one file, in which each opaque picture is coded by what was learned of those before: many small pictures of one kind
 * become much smaller than files of their own. Throws UserError where a raster is not a picture, a name cannot be one or the aim is none.
 *
 * @example
 * ```ts
 * import { decodeSet, encodePictureLosslessly, encodeSet } from "ondelette/codec";
 *
 * const icons = Array.from({ length: 20 }, (_, k) => ({
 *   name: `icon-${k}`,
 *   raster: {
 *     ...{ width: 16, height: 16, channels: 1 as const },
 *     data: Uint8Array.from({ length: 256 }, (_, i) => ((i % 16) + (i >> 4) < k + 6 ? 200 : 30)),
 *   },
 * }));
 * const { file } = encodeSet(icons, { lossless: true });
 * const alone = icons.reduce((sum, { raster }) => sum + encodePictureLosslessly(raster).file.length, 0);
 * console.log(file.length < alone / 2);
 * // → true
 * const { count, pictures } = decodeSet(file);
 * for (const { name, raster } of pictures) if (name === "icon-7") console.log(count, raster.width);
 * // → 20 16
 * ```
 */
export function encodeSet(pictures: readonly SetPicture[], aim: SetAim): EncodedSet {
  for (const { raster } of pictures) {
    checkPicture(raster);
    if (raster.alpha)
      throw new UserError("the pictures of a set are opaque; toRaster puts one on white");
  }
  const section = namesSection(namesOfAll(pictures));
  const rasters = pictures.map(({ raster }) => raster);
  const file = new Uint8Array(writeSetFile(codeSet(rasters, codingOf(aim)), section));
  const pixels = rasters.reduce((sum, { width, height }) => sum + width * height, 0);
  return { file, bitsPerPixel: (8 * file.length) / pixels };
}

/** The names of pictures; undefined where none has one. Throws UserError where only some have. */
export function namesOfAll(
  pictures: readonly { readonly name?: string }[],
): readonly string[] | undefined {
  const names = pictures.flatMap(({ name }) => (name === undefined ? [] : [name]));
  if (names.length > 0 && names.length < pictures.length)
    throw new UserError("all pictures of a set have a name, or none has");
  return names.length > 0 ? names : undefined;
}

function codingOf(aim: SetAim): SetCoding {
  if ("lossless" in aim) return { lossless: true };
  if (!("quality" in aim || "step" in aim))
    throw new UserError("the aim of a set is one of lossless, quality, step");
  checkAim(aim);
  return { step: "step" in aim ? Math.fround(aim.step) : stepOfQuality(aim.quality) };
}
