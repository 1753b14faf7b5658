import { UserError } from "../../errors/userError.ts";
import { readWholeFile } from "../files/readWholeFile.ts";
import { conversionOf } from "./decodeFineImage.ts";
import { uprightExif } from "./exif.ts";
import { type ColorProfile, changesColors } from "./iccProfile.ts";
import type { ImageSource } from "./imageSource.ts";
import { type DecodeOptions, noteDecoding, openPicture } from "./openPicture.ts";
import type { Picture, Samples } from "./picture.ts";
import { pngFrames } from "./pngFrames.ts";

/** A picture as a file has it, and what the file tells of its origin. */
export interface ReadPicture {
  readonly picture: Picture;
  /** The ICC profile that its samples follow; sRGB, or its gray, where there is none. */
  readonly profile: Uint8Array | undefined;
  /** What a camera noted, EXIF, from its byte order on, of an upright picture. */
  readonly camera: Uint8Array | undefined;
}

/** How a picture is read. */
export interface ReadPictureOptions extends DecodeOptions {
  /** Leaves samples as they are under the file's profile and tells that; else they are brought to sRGB, and nothing of the origin is told. */
  readonly keepsOrigin?: boolean;
}

/**
 * Reads a picture of any common format with all the bits of its samples and with its opacity: eight or sixteen bits, gray or
 * color, the camera's orientation applied, the first frame. Samples are exactly the file's where its profile is sRGB's, or none.
 * Throws UserError, naming the file, where it is damaged, not a picture, or has pixels of other types.
 */
export async function readPicture(
  path: string,
  options: ReadPictureOptions = {},
): Promise<ReadPicture> {
  const bytes = await readWholeFile(path);
  const { onNote, keepsOrigin = false } = options;
  return openPicture(bytes, path, options, async (open, whole) => {
    const { channels: all, hasAlpha, depth, pages, icc, exif, space } = await open().metadata();
    if (depth !== "uchar" && depth !== "ushort")
      throw new UserError(
        `${path} has pixels of type “${depth}”; eight and sixteen bits are read`,
        "unsupported-file",
      );
    const isGray = all - Number(hasAlpha) === 1;
    const isDeep = depth === "ushort";
    const channels = isGray ? 1 : 3;
    const isInk = space === "cmyk";
    const isForeign = icc !== undefined && (isInk || changesColors(icc, channels));
    const isKept = keepsOrigin && !isInk;
    const conversion =
      isForeign && !isKept && isDeep && !isInk ? conversionOf(icc, isGray) : undefined;
    const isLeft = !isInk && (!isForeign || isKept || conversion?.from === "file");
    const space8 = isGray && !hasAlpha ? "b-w" : "srgb";
    const { data, info } = await open({ ignoreIcc: isLeft })
      .autoOrient()
      .toColorspace(isDeep ? (isGray ? "grey16" : "rgb16") : space8)
      .raw({ depth })
      .toBuffer({ resolveWithObject: true });
    // A copy, because sixteen bits must be aligned.
    const levels = isDeep ? new Uint16Array(new Uint8Array(data).buffer) : new Uint8Array(data);
    const { width, height, channels: stored } = info;
    noteDecoding(path, { frames: pages ?? pngFrames(whole), transparent: false }, onNote);
    if (isForeign && !isKept)
      onNote?.({
        kind: "profile",
        sentence: `${path} has a color profile of its own; its colors are converted to sRGB`,
      });
    const samples = separated(levels, stored, channels, conversion?.profile);
    return {
      picture: {
        width,
        height,
        channels,
        ...samples,
        ...(isDeep && samples.alpha && { bits: 16 }),
      },
      profile: keepsOrigin && isKept ? copyOf(icc) : undefined,
      camera: keepsOrigin && exif ? uprightExif(exif) : undefined,
    };
  });
}

const copyOf = (bytes: Uint8Array | undefined) => bytes && Uint8Array.from(bytes);

/** Reads a picture of a source: with all that its file has where it has one. Throws as {@link readPicture} does. */
export async function readOf(
  source: ImageSource,
  i: number,
  options: ReadPictureOptions = {},
): Promise<Pick<ReadPicture, "picture"> & Partial<ReadPicture>> {
  return source.enlargeable
    ? readPicture(source.name(i), options)
    : { picture: await source.read(i, options) };
}

/** Colors and opacity of pixels of `stored` levels each, brought to sRGB by a profile; no opacity where all is opaque. */
function separated(
  levels: Samples,
  stored: number,
  channels: 1 | 3,
  profile: ColorProfile | undefined,
): { readonly data: Samples; readonly alpha?: Samples } {
  const most = levels instanceof Uint8Array ? 255 : 65535;
  const pixels = levels.length / stored;
  const like = (length: number): Samples =>
    levels instanceof Uint8Array ? new Uint8Array(length) : new Uint16Array(length);
  const data = stored === channels ? levels : like(pixels * channels);
  if (data !== levels)
    for (let i = 0, to = 0; i < pixels; i++)
      for (let c = 0; c < channels; c++) data[to++] = levels[i * stored + c]!;
  if (profile) convert(data, channels, most, profile);
  if (stored % 2 === 1) return { data };
  const alpha = like(pixels);
  for (let i = 0; i < pixels; i++) alpha[i] = levels[(i + 1) * stored - 1]!; // the last of a pixel
  return alpha.every((opacity) => opacity === most) ? { data } : { data, alpha };
}

function convert(data: Samples, channels: number, most: number, profile: ColorProfile): void {
  const pixel = new Float64Array(channels);
  for (let at = 0; at < data.length; at += channels) {
    for (let c = 0; c < channels; c++) pixel[c] = data[at + c]! / most;
    profile.convert(pixel);
    for (let c = 0; c < channels; c++) data[at + c] = Math.round(most * pixel[c]!);
  }
}
