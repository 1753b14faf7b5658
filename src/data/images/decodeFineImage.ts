import type { Sharp } from "sharp";
import { UserError } from "../../errors/userError.ts";
import { readWholeFile } from "../files/readWholeFile.ts";
import { type ColorProfile, displayP3, parseProfile } from "./iccProfile.ts";
import { type DecodeOptions, openPicture } from "./openPicture.ts";
import { pngFrames } from "./pngFrames.ts";

/** A picture with all the precision of its file, and what was done to it on the way. */
export interface FinePicture {
  readonly width: number;
  readonly height: number;
  /** 1 is gray, 3 is sRGB. */
  readonly channels: 1 | 3;
  /** Row by row, the channels of a pixel side by side: 0 is black and 1 white. */
  readonly samples: Float32Array;
  /** Pixels as the file has them, the right way up. */
  readonly original: { readonly width: number; readonly height: number };
  /** Frames of an animation or pages of a document; the first is the one that was read. */
  readonly frames: number;
  /** Whether it was transparent in places, which were laid on white. */
  readonly transparent: boolean;
}

/** How a picture is read. */
export interface FineOptions extends DecodeOptions {
  /** Pixels of the longer side at most: a larger picture is reduced to it. */
  readonly maxSize?: number;
}

/**
 * Reads a picture as numbers: eight or sixteen bits without rounding, in sRGB or in the gray of sRGB whatever its color
 * profile, the camera's orientation applied, transparency laid on white, the first frame. Throws UserError, naming the file,
 * where it is damaged, not a picture, or has floating point pixels.
 */
export async function readFineImage(path: string, options: FineOptions = {}): Promise<FinePicture> {
  return decodeFineImage(await readWholeFile(path), path, options);
}

/** The same for the bytes of a file; `name` is for messages. `onNote` hears of a missing end marker only. */
export function decodeFineImage(
  bytes: Uint8Array,
  name: string,
  options: FineOptions = {},
): Promise<FinePicture> {
  const { maxSize = Infinity } = options;
  return openPicture(bytes, name, options, async (open, whole) => {
    const {
      channels: stored,
      hasAlpha,
      depth,
      pages,
      autoOrient,
      icc,
      space,
    } = await open().metadata();
    if (depth !== "uchar" && depth !== "ushort") {
      throw new UserError(
        `${name} has pixels of type “${depth}”: eight and sixteen bits are read, other numbers from .npy files`,
        "unsupported-file",
      );
    }
    const { width, height } = autoOrient;
    const gray = stored - Number(hasAlpha) === 1;
    const deep = depth === "ushort";
    // sharp applies the profiles of eight bits. Of sixteen it turns RGB into Display P3, and leaves gray as it is.
    const conversion =
      deep && icc !== undefined && space !== "cmyk" ? conversionOf(icc, gray) : undefined;
    const image = open({ ignoreIcc: conversion?.from === "file" });
    if (Math.max(width, height) > maxSize) reduce(image, width, height, maxSize);
    // Eight bits of gray would lose their alpha as "b-w".
    const eight = gray && !hasAlpha ? "b-w" : "srgb";
    const { data, info } = await image
      .autoOrient()
      .toColorspace(deep ? (gray ? "grey16" : "rgb16") : eight)
      .raw({ depth })
      .toBuffer({ resolveWithObject: true });
    // A copy, because sixteen bits must be aligned.
    const levels = deep ? new Uint16Array(new Uint8Array(data).buffer) : data;
    const channels = gray ? 1 : 3;
    const { samples, transparent } = onWhite(levels, info.channels, {
      channels,
      most: deep ? 65535 : 255,
      convert: conversion?.profile.convert,
    });
    return {
      width: info.width,
      height: info.height,
      channels,
      samples,
      original: { width, height },
      frames: pages ?? pngFrames(whole),
      transparent,
    };
  });
}

/** What brings sixteen bits to sRGB: from the levels of the file, or from Display P3, to which sharp brings them. */
export function conversionOf(
  icc: Uint8Array,
  gray: boolean,
): { readonly from: "file" | "p3"; readonly profile: ColorProfile } | undefined {
  const profile = parseProfile(icc);
  if (profile?.channels === (gray ? 1 : 3)) return { from: "file", profile };
  return gray ? undefined : { from: "p3", profile: displayP3() };
}

function reduce(image: Sharp, width: number, height: number, maxSize: number): void {
  const scale = maxSize / Math.max(width, height);
  const [w, h] = [width, height].map((side) => Math.max(1, Math.round(side * scale)));
  image.resize({
    ...(w !== undefined && h !== undefined && { width: w, height: h }),
    ...{ fit: "fill", kernel: "cubic", fastShrinkOnLoad: false },
  });
}

/**
 * The first channels of pixels of `stored` levels as numbers in [0, 1], `most` being 1, brought to sRGB by `convert` and laid on
 * white: where a pixel has two or four levels, the last is its alpha.
 */
function onWhite(
  levels: Uint8Array | Uint16Array,
  stored: number,
  {
    channels,
    most,
    convert,
  }: {
    readonly channels: 1 | 3;
    readonly most: number;
    readonly convert: ColorProfile["convert"] | undefined;
  },
) {
  const hasAlpha = stored % 2 === 0;
  const samples = new Float32Array((levels.length / stored) * channels);
  const pixel = new Float64Array(channels);
  let transparent = false;
  for (let from = 0, to = 0; from < levels.length; from += stored) {
    const alpha = hasAlpha ? levels[from + stored - 1]! / most : 1; // the last of the pixel
    if (alpha < 1) transparent = true;
    for (let c = 0; c < channels; c++) pixel[c] = levels[from + c]! / most;
    convert?.(pixel);
    for (let c = 0; c < channels; c++) samples[to++] = pixel[c]! * alpha + (1 - alpha);
  }
  return { samples, transparent };
}
