import type { ImageSource } from "../../data/images/imageSource.ts";
import { loadImage } from "../../data/images/loadImages.ts";
import { openImages } from "../../data/images/openImages.ts";
import { spreadEvenly } from "../../data/random/spreadEvenly.ts";
import { UserError } from "../../errors/userError.ts";
import type { Examples } from "./examples.ts";
import { isHeldOut, type Task } from "./task.ts";
import type { ImageSettings } from "./taskChoice.ts";

/**
 * Pictures pixel by pixel, row by row, a token for each of 256 levels of gray. The test part is for validation, or every
 * tenth picture (the last of fewer) where there is none. Pictures are read when they are first asked for, and kept. Throws UserError where
 * there are none, or fewer than two classes.
 */
export async function openImageTask({ path, side, valid }: ImageSettings): Promise<Task> {
  const source = await openImages(path, { part: "train" });
  const test = source.part === "train" ? await openTest(path) : undefined;
  const { classNames } = source;
  if (classNames.length < 2) {
    throw new UserError(`${path} holds pictures of one class, and there is nothing to tell apart`);
  }
  const stray = test?.classNames.find((name, i) => name !== classNames[i]);
  if (stray !== undefined) {
    throw new UserError(`${path} has pictures of a class “${stray}” in its test part alone`);
  }
  const all = Array.from({ length: source.count }, (_, i) => i);
  const kept = test ? all : all.filter((i) => !isHeldOut(i, source.count));
  const heldOut = test ? spreadEvenly(test.count) : all.filter((i) => isHeldOut(i, source.count));
  const watched = spreadEvenly(heldOut.length, valid).map((i) => heldOut[i]!); // i < length
  const pixels = (await loadImage(source, 0, { color: "gray", size: side })).data.length;
  const part = (from: ImageSource, indices: readonly number[]): Examples => {
    const known = new Map<number, Uint8Array>();
    return {
      count: indices.length,
      async at(index) {
        const i = indices[index]!; // index < count
        let tokens = known.get(i);
        if (!tokens) {
          const { data, width, height } = await loadImage(from, i, { color: "gray", size: side });
          if (data.length !== pixels) {
            throw new UserError(
              `${from.name(i)} is ${width}×${height} pixels, unlike others of ${path}`,
            );
          }
          tokens = data;
          known.set(i, tokens);
        }
        return { tokens, label: from.label(i) };
      },
    };
  };
  return {
    symbols: 256,
    classNames,
    longest: pixels,
    train: part(source, kept),
    valid: part(test ?? source, watched),
  };
}

/** The test part of data that come in parts; undefined where it is missing. */
async function openTest(path: string): Promise<ImageSource | undefined> {
  return openImages(path, { part: "test" }).catch((error: unknown) => {
    if (error instanceof UserError) return undefined;
    throw error;
  });
}
