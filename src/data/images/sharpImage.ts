import { readFile } from "node:fs/promises";
import { extname } from "node:path";
import sharp from "sharp";
import { UserError } from "../../errors/userError.ts";
import { writeFileAtomically } from "../files/atomicWrite.ts";
import { encodePng } from "../formats/png.ts";
import { type Raster, toRgb } from "./raster.ts";

/** File names that are taken for pictures, in a folder of them. */
export const imageExtensions: ReadonlySet<string> = new Set(
  ".png .jpg .jpeg .webp .gif .tif .tiff .avif".split(" "),
);

/**
 * Reads a picture of any common format as eight-bit gray or sRGB. The camera's orientation is applied,
 * transparency lies on white, an animation gives its first frame, 16 bits are rounded to eight.
 */
export async function readImage(path: string): Promise<Raster> {
  // The file is read here, so that a missing file is a file-system error and only damage is sharp's.
  return decodeImage(await readFile(path), path);
}

/** The same for bytes; `name` is for messages. */
export async function decodeImage(bytes: Uint8Array, name: string): Promise<Raster> {
  try {
    const image = sharp(bytes, { failOn: "truncated" });
    const { channels = 3 } = await image.metadata();
    const gray = channels < 3;
    const { data, info } = await image
      .autoOrient()
      .flatten({ background: "white" })
      .toColorspace(gray ? "b-w" : "srgb")
      .raw({ depth: "uchar" })
      .toBuffer({ resolveWithObject: true });
    return {
      width: info.width,
      height: info.height,
      channels: gray ? 1 : 3,
      data: new Uint8Array(data.buffer, data.byteOffset, data.length),
    };
  } catch (error) {
    throw new UserError(`${name} is not a picture that can be read: ${plain(error)}`);
  }
}

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
  /** Of an animation or a document of many pages; the first is the one that was read. */
  readonly frames: number;
  /** Whether anything shone through and was laid on white. */
  readonly transparent: boolean;
}

/** How a picture is read. */
export interface FineOptions {
  /** Pixels of the longer side at most: a larger picture is reduced to it. */
  readonly maxSize?: number;
}

/**
 * Reads a picture as numbers: eight or sixteen bits as they are, the camera's orientation applied, transparency on
 * white, the first frame. Throws UserError, naming the file, where it is none or has floating point pixels.
 */
export async function readFineImage(path: string, options: FineOptions = {}): Promise<FinePicture> {
  return decodeFineImage(await readFile(path), path, options);
}

/** The same for bytes; `name` is for messages. */
export async function decodeFineImage(
  bytes: Uint8Array,
  name: string,
  { maxSize = Infinity }: FineOptions = {},
): Promise<FinePicture> {
  try {
    const image = sharp(bytes, { failOn: "truncated" });
    const { channels: stored, hasAlpha, depth, pages, autoOrient } = await image.metadata();
    if (depth !== "uchar" && depth !== "ushort") {
      throw new UserError(
        `${name} has pixels of type “${depth}”: eight and sixteen bits are read, other numbers from .npy files`,
      );
    }
    const { width, height } = autoOrient;
    const gray = stored - Number(hasAlpha) === 1;
    const deep = depth === "ushort";
    if (Math.max(width, height) > maxSize) {
      const scale = maxSize / Math.max(width, height);
      const [w, h] = [width, height].map((side) => Math.max(1, Math.round(side * scale)));
      image.resize({ width: w, height: h, fit: "fill", kernel: "cubic", fastShrinkOnLoad: false });
    }
    // Eight bits of gray would lose their alpha as "b-w".
    const eight = gray && !hasAlpha ? "b-w" : "srgb";
    const { data, info } = await image
      .autoOrient()
      .toColorspace(deep ? (gray ? "gray16" : "rgb16") : eight)
      .raw({ depth })
      .toBuffer({ resolveWithObject: true });
    // A copy, because sixteen bits must be aligned.
    const levels = deep ? new Uint16Array(new Uint8Array(data).buffer) : data;
    const channels = gray ? 1 : 3;
    const { samples, transparent } = onWhite(levels, info.channels, {
      channels,
      most: deep ? 65535 : 255,
    });
    return {
      width: info.width,
      height: info.height,
      channels,
      samples,
      original: { width, height },
      frames: pages ?? pngFrames(bytes),
      transparent,
    };
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(`${name} is not a picture that can be read: ${plain(error)}`);
  }
}

/**
 * The first channels of pixels of `stored` levels as numbers in [0, 1], `most` being 1, laid on white: where a pixel has two or
 * four levels, the last is its alpha.
 */
function onWhite(
  levels: Uint8Array | Uint16Array,
  stored: number,
  { channels, most }: { readonly channels: 1 | 3; readonly most: number },
) {
  const hasAlpha = stored % 2 === 0;
  const samples = new Float32Array((levels.length / stored) * channels);
  let transparent = false;
  for (let from = 0, to = 0; from < levels.length; from += stored) {
    const alpha = hasAlpha ? levels[from + stored - 1]! / most : 1; // the last of the pixel
    if (alpha < 1) transparent = true;
    for (let c = 0; c < channels; c++) {
      samples[to++] = (levels[from + c]! / most) * alpha + (1 - alpha); // c < stored
    }
  }
  return { samples, transparent };
}

/** Frames of an animated PNG, of which sharp sees the first alone; 1 for any other file. */
function pngFrames(bytes: Uint8Array): number {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (file.toString("latin1", 1, 4) !== "PNG") return 1;
  for (let at = 8; at + 12 <= file.length; at += 12 + file.readUInt32BE(at)) {
    const type = file.toString("latin1", at + 4, at + 8);
    if (type === "acTL") return file.readUInt32BE(at + 8);
    if (type === "IDAT") return 1;
  }
  return 1;
}

/** Scales so that the `size`×`size` square is covered and cuts what sticks out on two sides evenly. */
export async function resizeCover(raster: Raster, size: number): Promise<Raster> {
  const { width, height, channels, data } = raster;
  const resized = await sharp(data, { raw: { width, height, channels } })
    .resize(size, size, { fit: "cover" })
    .toColorspace(channels === 1 ? "b-w" : "srgb")
    .raw()
    .toBuffer();
  return { width: size, height: size, channels, data: new Uint8Array(resized) };
}

/** Draws an SVG picture; `scale` 2 gives twice its size in pixels. */
export async function drawSvg(svg: string, scale = 1): Promise<Raster> {
  // 72 dots per inch is the density at which one SVG unit is one pixel.
  const { data, info } = await sharp(Buffer.from(svg), { density: 72 * scale })
    .flatten({ background: "white" })
    .removeAlpha()
    .toColorspace("srgb")
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, channels: 3, data: new Uint8Array(data) };
}

/** Lays an SVG picture over another; one SVG unit is one pixel. */
export async function drawOver(raster: Raster, svg: string): Promise<Raster> {
  const { width, height, channels, data } = toRgb(raster);
  const drawn = await sharp(data, { raw: { width, height, channels } })
    .composite([{ input: Buffer.from(svg), density: 72, left: 0, top: 0 }])
    .removeAlpha()
    .toColorspace("srgb")
    .raw()
    .toBuffer();
  return { width, height, channels: 3, data: new Uint8Array(drawn) };
}

/** Writes a PNG file; any other extension is refused. */
export async function writeImage(path: string, raster: Raster): Promise<void> {
  if (extname(path).toLowerCase() !== ".png") {
    throw new UserError(
      `${path} cannot be written: pictures are written as PNG, so end it in .png`,
    );
  }
  await writeFileAtomically(path, encodePng(raster));
}

/** The first line of what sharp says, without its "Input buffer" prefix. */
function plain(error: unknown): string {
  const [line = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
  return line.replace(/^Input buffer (contains |has )?/, "");
}
