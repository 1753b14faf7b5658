import { contactSheet } from "../../data/draw/contactSheet.ts";
import type { Raster } from "../../data/images/raster.ts";
import { spreadEvenly } from "../../data/random/spreadEvenly.ts";
import { type Neighbors, nearestBy } from "./neighbors.ts";

/**
 * The training pictures nearest to each picture, all of one size and as many channels. Distances are root mean squares over the
 * samples of a picture, in gray levels of 0 to 255: of pixels, not of features, since a copy is a copy of pixels. Throws
 * RangeError where pictures differ in size, and where there are fewer than `k` training pictures.
 */
export function nearestPictures(
  pictures: readonly Raster[],
  training: readonly Raster[],
  k: number,
): Neighbors {
  const length = pictures[0]?.data.length ?? 0;
  if ([...pictures, ...training].some(({ data }) => data.length !== length))
    throw new RangeError("the pictures differ in size or in channels");
  if (training.length < k) throw new RangeError(`${training.length} pictures have no ${k} nearest`);
  const { distances, ...found } = nearestBy(
    pictures.length,
    training.length,
    k,
    (row, other, limit) => squared(pictures[row]!.data, training[other]!.data, limit),
  );
  return { ...found, distances: distances.map((distance) => distance / Math.sqrt(length)) };
}

function squared(one: Uint8Array, other: Uint8Array, limit: number): number {
  let sum = 0;
  for (let i = 0; i < one.length && sum < limit; ) {
    for (const end = Math.min(one.length, i + 32); i < end; i++) {
      const difference = one[i]! - other[i]!;
      sum += difference * difference;
    }
  }
  return sum;
}

/** How near samples are to training pictures, beside how near real pictures are that were not trained on. */
export interface Memory {
  /** Training pictures. */
  readonly training: number;
  /** Samples, and real pictures, that were looked up. */
  readonly images: number;
  /** Mean distance to the nearest training picture: see `nearestPictures`. */
  readonly distance: { readonly samples: number; readonly real: number };
  /**
   * Share of the samples that are nearer to a training picture than all but a twentieth of the real pictures are. Much more than
   * 0.05 means copies, or pictures that are too plain.
   */
  readonly nearer: number;
  /** A few of the samples, spread evenly over them, and their neighbors. */
  readonly shown: readonly Raster[];
  readonly nearest: Neighbors;
}

/** Pictures that are looked up, and rows and columns of neighbors that are shown. */
const looked = 200;
const rows = 12;
const columns = 6;

/** Looks up the training pictures nearest to samples and to real pictures; at most 200 of each, spread evenly over them. */
export function memoryOf(
  samples: readonly Raster[],
  real: readonly Raster[],
  training: readonly Raster[],
): Memory {
  const count = Math.min(looked, samples.length, real.length);
  const some = (pictures: readonly Raster[], most: number) =>
    spreadEvenly(pictures.length, most).map((i) => pictures[i]!);
  const distances = [samples, real].map(
    (pictures) => nearestPictures(some(pictures, count), training, 1).distances,
  );
  const [ofSamples, ofReal] = distances as [Float64Array, Float64Array];
  const limit = ofReal.toSorted()[Math.floor(count / 20)]!;
  const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / count;
  const shown = some(samples, rows);
  return {
    training: training.length,
    images: count,
    distance: { samples: mean(ofSamples), real: mean(ofReal) },
    nearer: ofSamples.filter((distance) => distance < limit).length / count,
    shown,
    nearest: nearestPictures(shown, training, Math.min(columns, training.length)),
  };
}

/** A sheet with a row for each picture: it, and the training pictures nearest to it, nearest first. */
export function memorySheet(
  pictures: readonly Raster[],
  training: readonly Raster[],
  { k, indices }: Neighbors,
): Raster {
  const rows = pictures.flatMap((picture, row) => [
    picture,
    ...Array.from(indices.subarray(row * k, (row + 1) * k), (i) => training[i]!),
  ]);
  const side = Math.max(...pictures.map(({ width, height }) => Math.max(width, height)));
  return contactSheet(rows, {
    columns: k + 1,
    magnify: Math.max(1, Math.round(72 / side)),
    columnLabels: ["sample", "nearest", ...Array.from({ length: k - 1 }, (_, i) => `${i + 2}.`)],
  });
}
