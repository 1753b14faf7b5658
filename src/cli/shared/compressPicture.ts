import { encodeTokens } from "../../codec/encode.ts";
import { colorOf, grayOf, type Picture, toRaster } from "../../data/images/picture.ts";
import type { OnPictureNote } from "../../data/images/pictureNote.ts";
import type { ReadPicture } from "../../data/images/readPicture.ts";
import { UserError } from "../../errors/userError.ts";
import { decodePicture } from "../../image/compression/layout/decodeView.ts";
import { laidOut } from "../../image/compression/layout/encodeLaidOut.ts";
import { usualPixelsPerDegree } from "../../image/compression/sensitivity.ts";
import { codeFile } from "../../image/file/codeFile.ts";
import { writeContainer } from "../../image/file/container.ts";
import { analyze, imageLanguage } from "../../image/language/language.ts";
import { imagePsnr, rasterPsnr } from "../../image/psnr.ts";
import { aimOf } from "./aimOptions.ts";
import { type EncodeArgs, writesTokens } from "./encodeOptions.ts";
import { layoutFrom } from "./layoutOptions.ts";

/** A compressed picture and its figures. */
export interface Compressed {
  readonly file: Uint8Array;
  readonly bytes: number;
  readonly bitsPerPixel: number;
  /** dB; null where the picture comes back exactly. */
  readonly psnr: number | null;
  readonly lossless: boolean;
  /** Of the paper's language; null in other files. */
  readonly tokens: number | null;
  readonly width: number;
  readonly height: number;
  readonly color: "gray" | "ycbcr";
}

/** What is coded of a picture. Throws UserError where that would lose colors that are to be kept. */
export function sourceOf(picture: Picture, { color, lossless }: EncodeArgs, name: string): Picture {
  if (lossless && color === "gray" && picture.channels === 3)
    throw new UserError(
      `${name} has colors, which --color gray would lose; leave it out with --lossless`,
    );
  return color === "gray" ? grayOf(picture) : color === "ycbcr" ? colorOf(picture) : picture;
}

/** Compresses a picture as the options say. `onNote` hears what its file does not keep. */
export function compress(
  { picture, profile, camera }: Pick<ReadPicture, "picture"> & Partial<ReadPicture>,
  args: EncodeArgs,
  name: string,
  onNote: OnPictureNote,
): Compressed {
  const { lossless, smallest } = args;
  const source = sourceOf(picture, args, name);
  if (writesTokens(args)) return compressTokensOf(picture, args, name, onNote);
  // Only colors follow a profile of colors.
  const isOwn = source.channels === picture.channels;
  const origin = { camera, profile: isOwn ? profile : undefined };
  const { file, colors } = codeFile(
    source,
    lossless ? (smallest ? "smallest" : "lossless") : aimOf(args, source),
    origin,
    laidOut(layoutFrom(args)),
    args.perceptual ? usualPixelsPerDegree : undefined,
  );
  const { width, height } = source;
  const reached = lossless
    ? Infinity
    : rasterPsnr(source, decodePicture(colors.head, colors.code, true).raster);
  // Colors that nobody sees are not counted, and may have changed.
  const isExact =
    colors.head.coding.type !== "lossy" || (reached === Infinity && !source.alpha?.includes(0));
  return {
    ...{ file, bytes: file.length, bitsPerPixel: (8 * file.length) / (width * height) },
    ...{ psnr: reached === Infinity ? null : reached, lossless: isExact, tokens: null },
    ...{ width, height, color: source.channels === 1 ? "gray" : "ycbcr" },
  };
}

function compressTokensOf(
  picture: Picture,
  args: EncodeArgs,
  name: string,
  onNote: OnPictureNote,
): Compressed {
  if (picture.alpha)
    onNote({
      kind: "transparent",
      sentence: `${name} is transparent in places; it is laid on white`,
    });
  if (!(picture.data instanceof Uint8Array))
    onNote({
      kind: "depth",
      sentence: `${name} has 16 bits a sample, of which tokens keep 8; without --language all are kept`,
    });
  const raster = toRaster(picture);
  const { language: vocabulary = "blocks", lossless: asked } = args;
  const { width, height } = raster;
  const color = args.color ?? (raster.channels === 3 ? "ycbcr" : "gray");
  const { wavelet = asked ? "bior2.2" : "bior4.4", finest = 0.0625 } = args;
  const common = { wavelet, vocabulary, color };
  const language = imageLanguage(
    asked ? { ...common, lossless: true } : { ...common, finest, padding: "edge" },
    raster,
  );
  const encoding = encodeTokens(analyze(raster, language), language.tokens);
  const file = writeContainer(encoding, language);
  const reached = imagePsnr(raster, encoding.approximation, language);
  const lossless = reached === Infinity;
  return {
    ...{ file, bytes: file.length, bitsPerPixel: (8 * file.length) / (width * height) },
    ...{ psnr: lossless ? null : reached, lossless },
    ...{ tokens: encoding.tokens.length, width, height, color },
  };
}
