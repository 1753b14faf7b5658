import { readFile } from "node:fs/promises";
import { extname } from "node:path";
import sharp from "sharp";
import { UserError } from "../userError.ts";
import { writeFileAtomically } from "./atomicWrite.ts";
import { encodePng } from "./png.ts";
import type { Raster } from "./raster.ts";

/** File names that are taken for pictures, in a folder of them. */
export const imageExtensions: ReadonlySet<string> = new Set(
  ".png .jpg .jpeg .webp .gif .tif .tiff .avif".split(" "),
);

/**
 * Reads a picture of any common format as eight-bit grey or sRGB. The camera's orientation is applied,
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
      .toColourspace(gray ? "b-w" : "srgb")
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

/** Scales so that the `size`×`size` square is covered and cuts what sticks out on two sides evenly. */
export async function resizeCover(raster: Raster, size: number): Promise<Raster> {
  const { width, height, channels, data } = raster;
  const resized = await sharp(data, { raw: { width, height, channels } })
    .resize(size, size, { fit: "cover" })
    .toColourspace(channels === 1 ? "b-w" : "srgb")
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
    .toColourspace("srgb")
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, channels: 3, data: new Uint8Array(data) };
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
