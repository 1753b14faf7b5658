import { loadSharp } from "../images/loadSharp.ts";
import { type Raster, toRgb } from "../images/raster.ts";

/** Draws an SVG picture on white; `scale` 2 gives twice its size in pixels. */
export async function drawSvg(svg: string, scale = 1): Promise<Raster> {
  const sharp = await loadSharp();
  // 72 dots per inch is the density at which one SVG unit is one pixel.
  const { data, info } = await sharp(Buffer.from(svg), { density: 72 * scale })
    .flatten({ background: "white" })
    .removeAlpha()
    .toColorspace("srgb")
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, channels: 3, data: new Uint8Array(data) };
}

/** Draws an SVG picture over another, which becomes a color picture; one SVG unit is one pixel. */
export async function drawOver(raster: Raster, svg: string): Promise<Raster> {
  const { width, height, channels, data } = toRgb(raster);
  const sharp = await loadSharp();
  const drawn = await sharp(data, { raw: { width, height, channels } })
    .composite([{ input: Buffer.from(svg), density: 72, left: 0, top: 0 }])
    .removeAlpha()
    .toColorspace("srgb")
    .raw()
    .toBuffer();
  return { width, height, channels: 3, data: new Uint8Array(drawn) };
}
