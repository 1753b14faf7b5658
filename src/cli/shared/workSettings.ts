import { fingerprint } from "../../data/files/fingerprint.ts";
import type { LoadedImages } from "../../data/images/loadedImages.ts";
import type { ImageRun } from "../../image/run.ts";

/** A fingerprint of a run: its configuration, but for names of files, and its parameters. */
export function fingerprintOfRun({ config, parameters, step }: ImageRun): string {
  const { words, data: _, ...rest } = config;
  const { buffer, byteOffset, byteLength } = parameters;
  const told = words && { ...words, from: undefined };
  return fingerprint([
    JSON.stringify({ ...rest, words: told, step }),
    new Uint8Array(buffer, byteOffset, byteLength),
  ]);
}

/** A fingerprint of pictures, their classes and captions. */
export function fingerprintOfImages(images: LoadedImages): string {
  const { classNames, rasters, labels, captions = [] } = images;
  return fingerprint([
    JSON.stringify([classNames, [...labels], captions]),
    ...rasters.flatMap(({ width, height, channels, data }) => [
      `${width}×${height}×${channels}`,
      data,
    ]),
  ]);
}
