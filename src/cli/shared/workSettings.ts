import { fingerprint, fingerprintOf } from "../../data/files/fingerprint.ts";
import type { LoadedImages } from "../../data/images/loadedImages.ts";
import type { ImageRun } from "../../image/run.ts";
import type { TextVectorArgs } from "./textVectorOptions.ts";

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

/** A fingerprint of the files that vectors of texts come from, where any are named. */
export async function fingerprintOfTexts(args: TextVectorArgs): Promise<string | undefined> {
  const { textEncoder, tokenizer, embeddings } = args;
  const files = [textEncoder, tokenizer, embeddings].filter((path) => path !== undefined);
  if (embeddings !== undefined) files.push(embeddings.replace(/\.npy$/, ".txt"));
  return files.length === 0 ? undefined : fingerprint(await Promise.all(files.map(fingerprintOf)));
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
