import { bitsOf, type Picture } from "../../data/images/picture.ts";
import { UserError } from "../../errors/userError.ts";
import { codeDrawing, codeExactly } from "../compression/codeExactly.ts";
import { type CodedPicture, codeLosslessly } from "../compression/codePicture.ts";
import { fillTransparent } from "../compression/fillTransparent.ts";
import type { PlanesEncoder } from "../compression/layout/encodeLaidOut.ts";
import { type Aim, codeToAim } from "../compression/rate.ts";
import { type Extras, extraBytesOf, type Origin, writePictureFile } from "./pictureFile.ts";

/** What a file is to be like: as {@link Aim} says, exact, or exact by as few bytes as possible, even if its beginnings are poor. */
export type FileAim = Aim | "lossless" | "smallest";

/** The file of a picture, and how its colors are coded. */
export interface CodedFile {
  readonly file: Uint8Array<ArrayBuffer>;
  readonly colors: CodedPicture;
}

/**
 * Codes a picture of any depth, with its opacity: exactly, or to an aim. Opacity is always exact; to an aim, colors that nobody sees become
 * whatever costs least, and a drawing is coded exactly where that is not longer. `encode` makes the planes of the colors a code, where they
 * are to be laid out in another way than usual; bands are weighted by what is seen of them where pixels per degree are given. Throws UserError where the aim cannot be met.
 */
export function codeFile(
  picture: Picture,
  aim: FileAim,
  origin: Origin = {},
  encode?: PlanesEncoder,
  pixelsPerDegree?: number,
): CodedFile {
  const extras = { ...origin, alpha: codeAlpha(picture) };
  const colors =
    aim === "lossless" || aim === "smallest"
      ? encode
        ? codeLosslessly(picture, encode)
        : codeExactly(picture, aim === "smallest")
      : codeNearly(picture, aimOfColors(aim, extras), encode, pixelsPerDegree);
  return { file: new Uint8Array(writePictureFile(colors.head, colors.code, extras)), colors };
}

/** Codes to an aim that take more than this part of the samples' bytes may be longer than exact ones. */
const longPart = 0.3;

/** Codes colors to an aim; exactly where that is not longer, as of drawings, or where much is asked for. */
function codeNearly(
  picture: Picture,
  aim: Aim,
  encode?: PlanesEncoder,
  pixelsPerDegree?: number,
): CodedPicture {
  const near = codeToAim(fillTransparent(picture), aim, encode, pixelsPerDegree);
  if (encode) return near;
  const isLong = near.code.length > longPart * picture.data.byteLength;
  const exact = isLong ? codeExactly(picture) : codeDrawing(picture);
  return exact && exact.code.length <= near.code.length ? exact : near;
}

/** The opacity of a picture as a gray picture's code; undefined where it is opaque. */
function codeAlpha(picture: Picture): CodedPicture | undefined {
  const { width, height, alpha } = picture;
  if (!alpha) return undefined;
  return codeExactly({ width, height, channels: 1, data: alpha, bits: bitsOf(picture) }, true);
}

/** What of a number of bytes is left for the colors. */
function aimOfColors(aim: Aim, extras: Extras): Aim {
  const others = extraBytesOf(extras);
  if (!("bytes" in aim) || others === 0) return aim;
  const bytes = aim.bytes - others;
  if (bytes < leastBytes) {
    const what = extras.alpha ? "opacity" : "profile and camera notes";
    throw new UserError(
      `${aim.bytes} bytes are too few: the picture's ${what} alone needs ${others}, and its colors need ${leastBytes} or more`,
    );
  }
  return { bytes };
}

/** The head of a picture in color, with nothing of it. */
const leastBytes = 36 + 6;
