import { luma } from "./luma.ts";

/** A decoded picture: eight bits a sample, row by row, the channels of a pixel side by side. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  /** 1 is gray, 3 is sRGB. */
  readonly channels: 1 | 3;
  readonly data: Uint8Array;
}

/** A raster of one color. */
export function blankRaster(width: number, height: number, channels: 1 | 3, value = 0): Raster {
  return {
    width,
    height,
    channels,
    data: new Uint8Array(width * height * channels).fill(value),
  };
}

/** Gray as luma, rounded to eight bits: the Y that a color codec keeps. */
export function toGray(raster: Raster): Raster {
  if (raster.channels === 1) return raster;
  const { width, height, data } = raster;
  const gray = new Uint8Array(width * height);
  for (let i = 0, j = 0; i < gray.length; i++, j += 3) {
    gray[i] = Math.round(
      luma.red * data[j]! + luma.green * data[j + 1]! + luma.blue * data[j + 2]!,
    );
  }
  return { width, height, channels: 1, data: gray };
}

/** A gray raster with three equal channels; a color raster unchanged. */
export function toRgb(raster: Raster): Raster {
  if (raster.channels === 3) return raster;
  const { width, height, data } = raster;
  const rgb = new Uint8Array(data.length * 3);
  for (let i = 0; i < data.length; i++) rgb.fill(data[i]!, 3 * i, 3 * i + 3);
  return { width, height, channels: 3, data: rgb };
}

/** The `size`×`size` square whose top left corner is (`x`, `y`). Throws RangeError where it leaves the raster. */
export function cropAt(raster: Raster, x: number, y: number, size: number): Raster {
  const { width, height, channels, data } = raster;
  if (x < 0 || y < 0 || x + size > width || y + size > height) {
    throw new RangeError(`cropAt: ${size}×${size} at (${x}, ${y}) leaves ${width}×${height}`);
  }
  const square = new Uint8Array(size * size * channels);
  for (let row = 0; row < size; row++) {
    const from = ((y + row) * width + x) * channels;
    square.set(data.subarray(from, from + size * channels), row * size * channels);
  }
  return { width: size, height: size, channels, data: square };
}

/** The complete `size`×`size` squares of a grid, row by row; a remainder at the right and bottom is left out. */
export function tiles(raster: Raster, size: number): Raster[] {
  const squares: Raster[] = [];
  for (let y = 0; y + size <= raster.height; y += size) {
    for (let x = 0; x + size <= raster.width; x += size) squares.push(cropAt(raster, x, y, size));
  }
  return squares;
}
