import { bitsOf, greatest, type Picture } from "../../data/images/picture.ts";
import { UserError } from "../../errors/userError.ts";
import { laidOut } from "../compression/layout/encodeLaidOut.ts";
import { type LayoutOptions, layoutOf } from "../compression/layout/layout.ts";
import type { Aim } from "../compression/rate.ts";
import { usualPixelsPerDegree } from "../compression/sensitivity.ts";
import { type CodedFile, codeFile } from "./codeFile.ts";

/** A compressed picture. */
export interface EncodedPicture {
  /** The bytes of the file (`.ondl`); each beginning of it is a coarser picture. */
  readonly file: Uint8Array<ArrayBuffer>;
  /** Bits of the file for each pixel. */
  readonly bitsPerPixel: number;
  /** The finest threshold in gray levels; 0 of a picture that comes back exactly. */
  readonly step: number;
}

/** How {@link encodePicture} compresses a picture. */
export interface EncodePictureOptions extends LayoutOptions {
  /**
   * Whether errors count by how well the eye sees them, at 40 pixels per degree of sight, instead of all alike: fine details and colors get fewer bytes.
   * Not for a PSNR. By default false.
   */
  readonly perceptual?: boolean;
}

/**
 * Compresses a picture to a number of bytes, a PSNR or a quality; how opaque it is comes back exactly. The same picture gives the same bytes on every machine with the
 * same `Math`. Throws UserError where the raster is not a picture, the aim is no such number, or cannot be met.
 *
 * @example
 * ```ts
 * import { encodePicture } from "ondelette/codec";
 *
 * const data = Uint8Array.from({ length: 64 * 64 }, (_, i) => 2 * (i % 64) + Math.floor(i / 64));
 * const { file } = encodePicture({ width: 64, height: 64, channels: 1, data }, { bytes: 120 });
 * console.log(file.length);
 * // → 120
 * ```
 */
export function encodePicture(
  raster: Picture,
  aim: Aim,
  options: EncodePictureOptions = {},
): EncodedPicture {
  checkPicture(raster);
  checkAim(aim);
  const pixelsPerDegree = options.perceptual ? usualPixelsPerDegree : undefined;
  return encoded(raster, codeFile(raster, aim, {}, laidOut(layoutOf(options)), pixelsPerDegree));
}

/** Options of {@link encodePictureLosslessly}. */
export interface LosslessOptions extends LayoutOptions {
  /** As few bytes as possible, whatever beginnings of the file look like; without it, only drawings give up good ones. */
  readonly smallest?: boolean;
}

/** Compresses a picture so that {@link decodePicture} gives the same samples; beginnings of the file are coarser pictures. Throws UserError where the raster is not a picture. */
export function encodePictureLosslessly(
  raster: Picture,
  { smallest = false, ...options }: LosslessOptions = {},
): EncodedPicture {
  checkPicture(raster);
  const encode = laidOut(layoutOf(options));
  if (smallest && encode)
    throw new UserError("the smallest exact code has no tiles and no other order than usual");
  return encoded(raster, codeFile(raster, smallest ? "smallest" : "lossless", {}, encode));
}

function encoded({ width, height }: Picture, { file, colors }: CodedFile): EncodedPicture {
  const { coding } = colors.head;
  return {
    file,
    bitsPerPixel: (8 * file.length) / (width * height),
    step: coding.type === "lossy" ? coding.step : 0,
  };
}

/** Throws UserError where something is not a picture. */
export function checkPicture(picture: Picture): void {
  const { width, height, channels, data, alpha, bits } = picture;
  const isSize = (length: number) => Number.isSafeInteger(length) && length > 0;
  if (!isSize(width) || !isSize(height))
    throw new UserError(`a picture has whole numbers of pixels, not ${width}×${height}`);
  if (channels !== 1 && channels !== 3)
    throw new UserError(`a picture has 1 channel or 3, not ${channels}`);
  const samples = width * height * channels;
  if (data.length !== samples)
    throw new UserError(
      `a picture of ${width}×${height} with ${channels} channels has ${samples} samples, not ${data.length}`,
      "sizes-differ",
    );
  if (alpha && alpha.length !== width * height)
    throw new UserError(
      `a picture of ${width}×${height} has ${width * height} samples of alpha, not ${alpha.length}`,
      "sizes-differ",
    );
  if (!(data instanceof Uint8Array || data instanceof Uint16Array))
    throw new UserError("the samples of a picture are in a Uint8Array or a Uint16Array");
  if (alpha && alpha.constructor !== data.constructor)
    throw new UserError("the alpha of a picture has samples of the same type as its colors");
  if (data instanceof Uint8Array) {
    if (bits !== undefined && bits !== 8)
      throw new UserError(`samples of a Uint8Array have 8 bits, not ${bits}`);
    return;
  }
  if (bits !== undefined && !(Number.isInteger(bits) && bits >= 1 && bits <= 16))
    throw new UserError(`samples of a Uint16Array have 1 to 16 bits, not ${bits}`);
  const most = Math.max(greatest(data), greatest(alpha ?? []));
  if (most >= 2 ** bitsOf(picture))
    throw new UserError(`a sample of ${most} needs more than ${bits} bits`);
}

/** Throws UserError where an aim is not one. */
export function checkAim(aim: Aim): void {
  const names = Object.keys(aim);
  const [name] = names;
  if (names.length !== 1 || !isAim(name))
    throw new UserError(
      `an aim is one of ${Object.keys(aimRanges).join(", ")}, not ${names.join(" and ") || "nothing"}`,
    );
  const value = new Map(Object.entries(aim)).get(name);
  const [least, most] = aimRanges[name];
  const kind = name === "bytes" ? "a whole number" : "a number";
  const isOfKind = name === "bytes" ? Number.isInteger(value) : typeof value === "number";
  if (!isOfKind || value === undefined || !(value >= least && value <= most))
    throw new UserError(`${name} is ${kind} from ${least} to ${most}, not ${value}`);
}

type AimName = Aim extends infer One ? (One extends unknown ? keyof One : never) : never;

/** What is possible for each aim. */
const aimRanges: Readonly<Record<AimName, readonly [least: number, most: number]>> = {
  bytes: [1, 1e12],
  psnr: [1, 120],
  quality: [0, 100],
  step: [2 ** -20, 2 ** 20],
};

const isAim = (name: string | undefined): name is AimName =>
  name !== undefined && Object.hasOwn(aimRanges, name);
