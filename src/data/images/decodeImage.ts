import { readWholeFile } from "../files/readWholeFile.ts";
import { decodeFineImage } from "./decodeFineImage.ts";
import { type DecodeOptions, noteDecoding, openPicture } from "./openPicture.ts";
import { pngFrames } from "./pngFrames.ts";
import type { Raster } from "./raster.ts";

/**
 * Reads a picture of any common format (PNG, JPEG, WebP, GIF, TIFF, AVIF) as eight-bit gray or sRGB. The camera's orientation
 * is applied, transparency lies on white, an animation gives its first frame, sixteen bits are rounded to eight. Throws
 * UserError, naming the file, where it is missing, damaged, or not a picture; with code `missing-dependency` where sharp is
 * not installed.
 *
 * @example
 * const { width, height, channels, data } = await readImage("photo.jpg");
 */
export async function readImage(path: string, options: DecodeOptions = {}): Promise<Raster> {
  return decodeImage(await readWholeFile(path), path, options);
}

/** The same for the bytes of a file; `name` is for messages. */
export async function decodeImage(
  bytes: Uint8Array,
  name: string,
  options: DecodeOptions = {},
): Promise<Raster> {
  const { onNote } = options;
  const eight = await openPicture(
    bytes,
    name,
    options,
    async (open, whole): Promise<Raster | undefined> => {
      const image = open();
      const { channels = 3, hasAlpha, depth, pages } = await image.metadata();
      if (depth === "ushort") return undefined;
      const gray = channels < 3;
      const { data, info } = await image
        .autoOrient()
        .flatten({ background: "white" })
        .toColorspace(gray ? "b-w" : "srgb")
        .raw({ depth: "uchar" })
        .toBuffer({ resolveWithObject: true });
      if (onNote) {
        // Another pass over the picture, which only its note needs.
        const transparent = hasAlpha === true && !(await open().stats()).isOpaque;
        noteDecoding(name, { frames: pages ?? pngFrames(whole), transparent }, onNote);
      }
      return {
        width: info.width,
        height: info.height,
        channels: gray ? 1 : 3,
        data: new Uint8Array(data.buffer, data.byteOffset, data.length),
      };
    },
  );
  if (eight !== undefined) return eight;
  // sharp cuts sixteen bits to eight instead of rounding, and rounds twice where there is transparency.
  const fine = await decodeFineImage(bytes, name, options);
  noteDecoding(name, fine, onNote);
  onNote?.({
    kind: "depth",
    sentence: `${name} has 16 bits a sample, which are rounded to 8`,
  });
  const { width, height, channels, samples } = fine;
  const data = new Uint8Array(samples.length).map((_, i) => Math.round(255 * samples[i]!));
  return { width, height, channels, data };
}
