import type { LoadedImages } from "../../data/images/loadImages.ts";
import type { Raster } from "../../data/images/raster.ts";
import { spreadEvenly } from "../../data/random/spreadEvenly.ts";
import { insert } from "./diversity.ts";
import { type Describe, squaredDistance } from "./features.ts";

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
  return async (asked) => (await describe(asked)).map(classOf);

  function classOf(point: ArrayLike<number>): number {
    const nearest: number[] = [];
    const order: number[] = [];
    for (const [k, other] of known.entries()) {
      const distance = squaredDistance(point, other);
      if (nearest.length === neighbors && distance >= nearest[neighbors - 1]!) continue;
      insert(nearest, distance, neighbors);
      order.splice(nearest.lastIndexOf(distance), 0, labels[some[k]!]!); // a label a picture
      order.length = nearest.length;
    }
    const votes = (label: number) => order.filter((other) => other === label).length;
    return order.reduce(
      (best, label) => (votes(label) > votes(best) ? label : best),
      order[0] ?? 0,
    );
  }
}
