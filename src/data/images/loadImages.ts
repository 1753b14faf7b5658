import { UserError } from "../../errors/userError.ts";
import { spreadEvenly } from "../random/spreadEvenly.ts";
import type { ImageSource } from "./imageSource.ts";
import { type Raster, toGray, toRgb } from "./raster.ts";
import { resizeCover } from "./resizeCover.ts";

/** How pictures are brought into one form. */
export interface LoadOptions {
  readonly color: "gray" | "rgb";
  /** Side of the square the model works on, in pixels; absent keeps every picture's own size. */
  readonly size?: number;
  /**
   * `resize` (the default) scales every picture to cover the square and cuts the rest. IDX images smaller
   * than the square stay as they are: the wavelet pads them. `crop` keeps full-size pictures, from which
   * squares are cut later (`cropAt`, `tiles`), and refuses one that is smaller than a square.
   */
  readonly fit?: "resize" | "crop";
  /** At most so many, spread evenly. */
  readonly limit?: number;
  /** Called after each picture with the number that are ready. */
  readonly onLoaded?: (done: number) => void;
  readonly signal?: AbortSignal;
}

/** Decoded pictures, in memory, at one byte per sample. */
export interface LoadedImages {
  readonly classNames: readonly string[];
  readonly rasters: readonly Raster[];
  /** One index into `classNames` per raster. */
  readonly labels: Uint16Array;
}

/** Decodes this many at once: enough to keep sharp's threads busy, few enough to keep memory flat. */
const inFlight = 8;

/** Decodes a source into memory. */
export async function loadImages(source: ImageSource, options: LoadOptions): Promise<LoadedImages> {
  const indices = spreadEvenly(source.count, options.limit);
  const rasters: Raster[] = new Array(indices.length);
  let next = 0;
  let done = 0;
  const worker = async () => {
    while (next < indices.length) {
      options.signal?.throwIfAborted();
      const slot = next++;
      rasters[slot] = await loadImage(source, indices[slot]!, options);
      options.onLoaded?.(++done);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
  return {
    classNames: source.classNames,
    rasters,
    labels: Uint16Array.from(indices, (i) => source.label(i)),
  };
}

/** Decodes picture `i` of a source. */
export async function loadImage(
  source: ImageSource,
  i: number,
  { color, size, fit = "resize" }: LoadOptions,
): Promise<Raster> {
  const raw = await source.read(i);
  const raster = color === "gray" ? toGray(raw) : toRgb(raw);
  const { width, height } = raster;
  if (size === undefined || (width === size && height === size)) return raster;
  if (fit === "crop") {
    if (width >= size && height >= size) return raster;
    throw new UserError(
      `${source.name(i)} is ${width}×${height} pixels, too small to cut ${size}×${size} out of it`,
    );
  }
  const fits = width <= size && height <= size;
  return fits && !source.enlargeable ? raster : resizeCover(raster, size);
}
