import { crc32 } from "node:zlib";
import sharp, { type Color } from "sharp";

/** A 4×2 picture of one color, as sharp makes it. */
export const flat = (background: Color, channels: 3 | 4 = 3) =>
  sharp({ create: { width: 4, height: 2, channels, background } });

/** A PNG file of sixteen bits with these levels. */
export const deepPng = (levels: Uint16Array, width: number, channels: 1 | 2 | 3 | 4) =>
  sharp(levels, { raw: { width, height: levels.length / width / channels, channels } })
    .toColorspace(channels < 3 ? "grey16" : "rgb16")
    .png()
    .toBuffer();

/** A chunk of a PNG file. */
export function pngChunk(type: string, data: Uint8Array): Buffer {
  const chunk = Buffer.alloc(12 + data.length);
  chunk.writeUInt32BE(data.length);
  chunk.write(type, 4, "latin1");
  chunk.set(data, 8);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 8 + data.length)), 8 + data.length);
  return chunk;
}
