import { UserError } from "../../errors/userError.ts";
import type { Notice } from "../files/notice.ts";
import { spreadEvenly } from "../random/spreadEvenly.ts";
import type { ImageSource } from "./imageSource.ts";
import type { ImageForm, LoadedImages } from "./loadedImages.ts";
import type { DecodeOptions } from "./openPicture.ts";
import { gatherNotes, type PictureNote } from "./pictureNote.ts";
import { type Raster, toGray, toRgb } from "./raster.ts";
import { resizeCover } from "./resizeCover.ts";

/** How pictures are loaded. */
export interface LoadOptions extends ImageForm {
  /** Load at most this many pictures, spread evenly over all. */
  readonly limit?: number;
  /**
   * Hears what was done to pictures that a person may not expect, one sentence for each kind. Pictures that cannot be read
   * are left out with a notice; without `notice` they are errors.
   */
  readonly notice?: Notice | undefined;
  /** Makes a picture that cannot be read an error, with `notice` too. */
  readonly strict?: boolean | undefined;
  /** Called after each picture with the number of pictures done. */
  readonly onLoaded?: (done: number) => void;
  readonly signal?: AbortSignal;
}

/** Pictures decoded at a time: enough to keep sharp's threads busy, few enough to keep memory flat. */
const inFlight = 8;

/**
 * Decodes a source into memory. Throws UserError, naming the picture, where one cannot be read (see `LoadOptions.notice`) or
 * is too small to crop, and where none of a class can be read; throws the reason of `signal` when it is aborted.
 *
 * @example
 * const source = await openImages("photos");
 * const { rasters, labels, classNames } = await loadImages(source, { color: "rgb", size: 64 });
 */
export async function loadImages(source: ImageSource, options: LoadOptions): Promise<LoadedImages> {
  const { notice, strict = notice === undefined } = options;
  const indices = spreadEvenly(source.count, options.limit);
  const loaded: (Raster | UserError)[] = new Array(indices.length);
  // By slot, since decoding overlaps: what is reported must not depend on which picture is done first.
  const heard: PictureNote[][] = indices.map(() => []);
  let next = 0;
  let done = 0;
  const worker = async () => {
    while (next < indices.length) {
      options.signal?.throwIfAborted();
      const slot = next++;
      loaded[slot] = await loadImage(source, indices[slot]!, {
        ...options,
        onNote: notice && ((note) => heard[slot]!.push(note)),
      }).catch((error: unknown) => {
        if (strict || !isUnreadable(error)) throw error;
        heard[slot]!.push({ kind: "left-out", sentence: `${error.message}; it is left out` });
        return error;
      });
      options.onLoaded?.(++done);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
  const kept = indices.filter((_, slot) => !(loaded[slot] instanceof UserError));
  // A model cannot learn a class of which no picture is left.
  const known = new Set(kept.map((i) => source.label(i)));
  const lost = loaded.find(
    (one, slot) => one instanceof UserError && !known.has(source.label(indices[slot]!)),
  );
  if (lost instanceof UserError) throw lost;
  const notes = gatherNotes();
  heard.flat().forEach(notes.add);
  if (notice) notes.report(notice);
  const rasters = loaded.filter((one): one is Raster => !(one instanceof UserError));
  const { caption } = source;
  return {
    classNames: source.classNames,
    rasters,
    labels: Uint16Array.from(kept, (i) => source.label(i)),
    ...(caption && { captions: kept.map((i) => caption(i)) }),
  };
}

/** Whether an error is about one picture alone, which others can do without. */
export function isUnreadable(error: unknown): error is UserError {
  const codes = ["damaged-file", "unsupported-file", "wrong-kind", "not-found"];
  return error instanceof UserError && codes.includes(error.code);
}

/** Decodes picture `i` of a source and brings it to a form. Throws UserError, naming it, where it cannot be read. */
export async function loadImage(
  source: ImageSource,
  i: number,
  { color, size, fit = "resize", onNote }: ImageForm & DecodeOptions,
): Promise<Raster> {
  const raw = await source.read(i, { onNote });
  const raster = color === "gray" ? toGray(raw) : toRgb(raw);
  const { width, height } = raster;
  if (size === undefined || (width === size && height === size)) return raster;
  if (fit === "crop") {
    if (width >= size && height >= size) return raster;
    throw new UserError(
      `${source.name(i)} is ${width}×${height} pixels, too small to cut ${size}×${size} out of it`,
      "sizes-do-not-fit",
    );
  }
  const fits = width <= size && height <= size;
  return fits && !source.enlargeable ? raster : resizeCover(raster, size);
}
