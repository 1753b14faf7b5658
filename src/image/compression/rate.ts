import { encodePlanes } from "../../codec/planes/encodePlanes.ts";
import type { Picture } from "../../data/images/picture.ts";
import { UserError } from "../../errors/userError.ts";
import { analyzePicture, type CodedPicture, codeAtStep } from "./codePicture.ts";
import type { PlanesEncoder } from "./layout/encodeLaidOut.ts";
import { roundStep } from "./sizeGuess.ts";
import { codeToBytes } from "./toBytes.ts";
import { codeToBytesByTrials } from "./toBytesByTrials.ts";
import { codeToPsnr } from "./toPsnr.ts";

/** What a compressed picture is to be like. */
export type Aim =
  /** A file of exactly so many bytes, or fewer where the picture needs no more. */
  | { readonly bytes: number }
  /** At least so many dB of PSNR over all samples, by as few bytes as will do. */
  | { readonly psnr: number }
  /** 0 … 100; see {@link stepOfQuality}. */
  | { readonly quality: number }
  /** The finest threshold, in gray levels. */
  | { readonly step: number };

/** The finest threshold of a quality: 3 gray levels at 95, and twice that for each 10 less. */
export const stepOfQuality = (quality: number): number => roundStep(3 * 2 ** ((95 - quality) / 10));

/**
 * Codes a picture so that it is as wanted; by what is seen of it, where pixels per degree are given. Throws UserError where a file cannot be so
 * small, and where a PSNR is wanted of what is seen.
 */
export function codeToAim(
  raster: Picture,
  aim: Aim,
  encode?: PlanesEncoder,
  pixelsPerDegree?: number,
): CodedPicture {
  if (pixelsPerDegree !== undefined && "psnr" in aim) throw psnrOfSeen();
  const isPlain = encode === undefined || encode === encodePlanes;
  const analysis = {
    ...analyzePicture(raster, undefined, pixelsPerDegree),
    ...(!isPlain && { encode }),
  };
  if ("step" in aim) return codeAtStep(analysis, roundStep(aim.step));
  if ("quality" in aim) return codeAtStep(analysis, stepOfQuality(aim.quality));
  if ("psnr" in aim) return codeToPsnr(analysis, aim.psnr);
  return isPlain ? codeToBytes(analysis, aim.bytes) : codeToBytesByTrials(analysis, aim.bytes);
}

/** PSNR counts all errors alike, and so does not tell what is seen. */
export const psnrOfSeen = (): UserError =>
  new UserError(
    "a PSNR counts what is not seen as much as what is: a perceptual picture is made to a number of bytes, a quality or a finest threshold",
  );
