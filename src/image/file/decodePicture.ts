import {
  isOfSections,
  readSections,
  SectionType,
  sectionsVersion,
} from "../../codec/file/sections.ts";
import type { Picture } from "../../data/images/picture.ts";
import { UserError } from "../../errors/userError.ts";
import { synthesize } from "../language/language.ts";
import { headerSize, readContainer, readHeader } from "./container.ts";
import { readPictureFile, readPictureHead } from "./pictureFile.ts";
import { checkPixels, type PixelLimit } from "./pixelLimit.ts";
import { checkWanted, shaped, type Wanted } from "./viewPicture.ts";

/** A picture of a file, or of a beginning of one. */
export interface DecodedPicture {
  /** Samples of eight bits, or of up to 16 in a `Uint16Array`; with `alpha` where it is not opaque. */
  readonly raster: Picture;
  /** Whether the file was decoded to its end: nothing makes the picture finer. */
  readonly finished: boolean;
  /** Bytes that are missing from the end; 0 of a whole file. */
  readonly missingBytes: number;
}

/** How messages of errors name a file. */
export interface FileName {
  /** By default "the picture". */
  readonly name?: string;
}

/**
 * Options of {@link decodePicture}: the size or the region that is wanted, and the most pixels that are decoded; by default as many as a
 * file can have, 2^27. A pixel in color takes about 100 bytes of memory, and a file of few bytes can have many: a program that decodes
 * untrusted files sets a lower limit.
 */
export interface DecodePictureOptions extends FileName, PixelLimit, Wanted {}

const usualName = "the picture";

/**
 * Decodes a compressed picture (`.ondl`, of any version), or a beginning of one: all that the bytes determine. Throws UserError where
 * they are damaged, of another format, end before the picture's size is told, or hold a picture that is larger than wanted.
 *
 * @example
 * ```ts
 * import { decodePicture, encodePictureLosslessly } from "ondelette/codec";
 *
 * const data = Uint8Array.from({ length: 3 * 40 * 30 }, (_, i) => (i * i) % 251);
 * const { file } = encodePictureLosslessly({ width: 40, height: 30, channels: 3, data });
 * const { raster, finished } = decodePicture(file);
 * console.log(finished, raster.data.every((sample, i) => sample === data[i]));
 * // → true true
 * const half = decodePicture(file.subarray(0, file.length / 2));
 * console.log(half.finished, half.raster.width, half.raster.height);
 * // → false 40 30
 * ```
 */
export function decodePicture(
  bytes: Uint8Array,
  { name = usualName, ...options }: DecodePictureOptions = {},
): DecodedPicture {
  if (isOfSections(bytes)) {
    const { raster, finished, missingBytes } = readPictureFile(bytes, name, options);
    return { raster, finished, missingBytes };
  }
  const info = pictureInfo(bytes, { name });
  if (info) {
    checkPixels(info, name, options);
    checkWanted(info, options, name);
  }
  const { approximation, language, finished, missingBytes } = readContainer(bytes, name);
  const { raster } = synthesize(approximation, language);
  return { raster: shaped(raster, options), finished, missingBytes };
}

/** What the head of a compressed picture tells. */
export interface PictureInfo {
  readonly width: number;
  readonly height: number;
  /** 1 is gray, 3 is color. */
  readonly channels: 1 | 3;
  /** Bits of a sample. */
  readonly bits: number;
  /** Whether the whole file gives the samples exactly. */
  readonly lossless: boolean;
  /** Version of the file's format, 1 to 4. */
  readonly version: number;
}

/**
 * What the first bytes of a compressed picture tell, without decoding it; undefined while they are too few. Some 40 bytes are enough. Throws
 * UserError where they do not begin a picture.
 */
export function pictureInfo(
  bytes: Uint8Array,
  { name = usualName }: FileName = {},
): PictureInfo | undefined {
  if (magic.some((byte, i) => i < bytes.length && bytes[i] !== byte))
    throw new UserError(`${name} is not an ondelette image`, "unsupported-file");
  const version = bytes[magic.length];
  if (version === undefined) return undefined;
  if (isOfSections(bytes)) {
    const first = readSections(bytes, name).find(({ type }) => type === SectionType.picture);
    if (!first || first.missingBytes > 0) return undefined;
    const { width, height, channels, coding, depth } = readPictureHead(bytes, name).head;
    const lossless = coding.type !== "lossy";
    return { width, height, channels, bits: depth?.bits ?? 8, lossless, version };
  }
  if (version > sectionsVersion)
    throw new UserError(
      `${name} has format version ${version}; this program reads versions 1 to ${sectionsVersion}`,
      "unsupported-file",
    );
  if (bytes.length < headerSize) return undefined;
  const { width, height, color, lossless } = readHeader(bytes, name).language;
  const channels = color === "gray" ? 1 : 3;
  return { width, height, channels, bits: 8, lossless: !!lossless, version };
}

/** "ONDL", with which files of all versions begin. */
const magic = [0x4f, 0x4e, 0x44, 0x4c] as const;
