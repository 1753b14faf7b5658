import type { LoadedImages } from "../../data/images/loadedImages.ts";
import type { Raster } from "../../data/images/raster.ts";
import { spreadEvenly } from "../../data/random/spreadEvenly.ts";
import { nearestNeighbors } from "../fidelity/neighbors.ts";
import type { Describe } from "./features.ts";

/** Tells the class of pictures, as indices into the class names of a run. */
export type Classify = (
  rasters: readonly Raster[],
) => ArrayLike<number> | Promise<ArrayLike<number>>;

/** Pictures that are compared with, at most. */
const usualLimit = 10_000;

/**
 * A classifier that is not trained: the class that is most frequent among a picture's `neighbors` nearest pictures, the
 * nearest one's if two are equally frequent. At most 10,000 of the pictures are compared with, spread evenly.
 */
export async function nearestClass(
  { rasters, labels }: Pick<LoadedImages, "rasters" | "labels">,
  describe: Describe,
  neighbors = 3,
): Promise<Classify> {
  const some = spreadEvenly(rasters.length, usualLimit);
  const known = await describe(some.map((i) => rasters[i]!)); // indices of rasters
  const most = Math.min(neighbors, known.count);
  return async (asked) => {
    if (asked.length === 0) return [];
    const { indices } = nearestNeighbors(await describe(asked), known, most);
    return asked.map((_, row) => {
      const near = Array.from(
        indices.subarray(row * most, (row + 1) * most),
        (k) => labels[some[k]!]!, // a label a picture
      );
      const votes = (label: number) => near.filter((other) => other === label).length;
      return near.reduce((best, label) => (votes(label) > votes(best) ? label : best));
    });
  };
}
