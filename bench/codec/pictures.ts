import { readdir } from "node:fs/promises";
import { extname, join, parse } from "node:path";
import { readImage } from "../../src/data/images/decodeImage.ts";
import { imageExtensions } from "../../src/data/images/imageExtensions.ts";
import { type Raster, toGray } from "../../src/data/images/raster.ts";
import { UserError } from "../../src/errors/userError.ts";
import type { Picture } from "./trials.ts";

/** The pictures of a folder in the order of their names, the first `count` of them; UserError where there are none. */
export async function readPictures(
  folder: string,
  count: number,
  channels: 1 | 3,
): Promise<Picture[]> {
  const entries = await readdir(folder).catch(() => []);
  const names = entries.filter((name) => imageExtensions.has(extname(name).toLowerCase())).sort();
  if (names.length === 0)
    throw new UserError(
      `${folder} holds no pictures: give --data FOLDER, such as one of the Kodak pictures as PNG files`,
      "not-found",
    );
  const pictures: Picture[] = [];
  for (const name of names.slice(0, count)) {
    const raster = await readImage(join(folder, name));
    pictures.push({ name: parse(name).name, raster: channels === 1 ? toGray(raster) : raster });
  }
  return pictures;
}

/** A large picture: these side by side in rows, again and again, until it has so many megapixels. */
export function mosaic(pictures: readonly Picture[], megapixels: number): Raster {
  const first = pictures[0]!.raster; // one or more
  const { width, height, channels } = first;
  const fitting = pictures
    .map(({ raster }) => raster)
    .filter((raster) => raster.width === width && raster.height === height);
  const side = Math.ceil(Math.sqrt((megapixels * 1e6) / (width * height)));
  const [stride, row] = [side * width * channels, width * channels];
  const data = new Uint8Array(side * height * stride);
  for (let i = 0; i < side * side; i++) {
    const tile = fitting[i % fitting.length]!.data;
    const corner = Math.floor(i / side) * height * stride + (i % side) * row;
    for (let y = 0; y < height; y++)
      data.set(tile.subarray(y * row, (y + 1) * row), corner + y * stride);
  }
  return { width: side * width, height: side * height, channels, data };
}
