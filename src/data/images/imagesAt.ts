import { spreadEvenly } from "../random/spreadEvenly.ts";
import type { LoadedImages } from "./loadedImages.ts";

/** Pictures at some indices, in their order. */
export function imagesAt(
  { classNames, rasters, labels, captions }: LoadedImages,
  indices: readonly number[],
): LoadedImages {
  return {
    classNames,
    rasters: indices.map((i) => rasters[i]!), // indices of rasters, labels and captions
    labels: Uint16Array.from(indices, (i) => labels[i]!),
    ...(captions && { captions: indices.map((i) => captions[i]!) }),
  };
}

/** At most so many pictures, spread evenly over all. */
export const someOf = (images: LoadedImages, count: number): LoadedImages =>
  imagesAt(images, spreadEvenly(images.rasters.length, count));
