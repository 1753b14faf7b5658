import { someOf } from "../../data/images/imagesAt.ts";
import type { LoadedImages } from "../../data/images/loadedImages.ts";
import { createRandom } from "../../data/random/random.ts";
import { spreadEvenly } from "../../data/random/spreadEvenly.ts";
import { meanComponents } from "./components.ts";
import type { FeatureExtractor } from "./extractor.ts";
import { type FeatureMatrix, rowsOf } from "./featureMatrix.ts";
import { featureStatistics, frechetDistance, inDeviations } from "./frechet.ts";
import { hashOfPictures, hashOfStatistics } from "./hash.ts";
import { type PrecisionRecall, precisionRecall, shareOfSameLabel } from "./neighbors.ts";

/** How like the reference pictures other pictures are. */
export interface Likeness extends PrecisionRecall {
  /** Squared Fréchet distance to the reference: see `frechetDistance`. */
  readonly frechet: number;
  /** Share of pictures whose nearest reference picture has their class; undefined where there is one class. */
  readonly sameClass: number | undefined;
  /** Mean number of connected bright parts; undefined for color pictures. */
  readonly components: number | undefined;
}

/** Samples and real pictures, both against the same reference. */
export interface Fidelity {
  readonly features: string;
  readonly dimension: number;
  readonly reference: {
    readonly images: number;
    /** SHA-256 of the statistics: see `hashOfStatistics`. */
    readonly statistics: string;
    /** SHA-256 of the pictures: see `hashOfPictures`. */
    readonly pictures: string;
    readonly components: number | undefined;
  };
  /** Samples, and as many real pictures. */
  readonly compared: number;
  /** Which nearest neighbor gives the radius of precision and recall. */
  readonly neighbors: number;
  readonly samples: Likeness;
  /** Of real pictures that are not in the reference: what perfect samples would get. */
  readonly real: Likeness;
  /** Of pictures that were trained on: what a perfect memory would get. Not that of `real` where the parts of the data differ. */
  readonly training: Likeness | undefined;
}

/** Sets of pictures of one size; labels are of the same classes. */
export interface FidelityImages {
  readonly reference: LoadedImages;
  /** Real pictures that are not in the reference. */
  readonly heldBack: LoadedImages;
  readonly samples: LoadedImages;
  /** Pictures that were trained on, where the reference is of another part of the data. */
  readonly training?: LoadedImages | undefined;
}

export interface FidelityOptions {
  readonly extractor: FeatureExtractor;
  /** k of precision and recall; 3 by default, as published. */
  readonly neighbors?: number;
  /** Hears how many pictures have their features, of how many. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** Indices of the two halves of real pictures: the reference and those that are held back. A function of count and seed. */
export function halves(
  count: number,
  seed: number,
): { readonly reference: number[]; readonly heldBack: number[] } {
  const order = Array.from(createRandom(seed).fork("halves").permutation(count));
  const middle = Math.floor(count / 2);
  const ascending = (some: number[]) => some.sort((a, b) => a - b);
  return {
    reference: ascending(order.slice(0, middle)),
    heldBack: ascending(order.slice(middle)),
  };
}

/**
 * How similar samples are to real pictures, beside how similar other real pictures are, so that every figure has its measure. All
 * are compared with the same reference in the same number, the smallest of the sets' where they differ (spread evenly over
 * the larger ones): all of these figures depend on the number of pictures. The Fréchet distance uses the whole reference,
 * precision and recall as many of it.
 *
 * Throws RangeError where there are no more than `neighbors` pictures to compare.
 */
export async function fidelity(
  { reference, heldBack, samples, training }: FidelityImages,
  { extractor, neighbors = 3, onProgress = () => {} }: FidelityOptions,
): Promise<Fidelity> {
  const sets = [heldBack, samples, ...(training ? [training] : [])];
  const compared = Math.min(...[reference, ...sets].map(({ rasters }) => rasters.length));
  const used = [reference, ...sets.map((images) => someOf(images, compared))];
  const total = used.reduce((sum, { rasters }) => sum + rasters.length, 0);
  const found: FeatureMatrix[] = [];
  let before = 0;
  for (const { rasters } of used) {
    found.push(await extractor.features(rasters, (done) => onProgress(before + done, total)));
    before += rasters.length;
  }
  const [raw, ...others] = found as [FeatureMatrix, ...FeatureMatrix[]];
  const rawStatistics = featureStatistics(raw);
  const scaled = (features: FeatureMatrix) =>
    extractor.standardized ? inDeviations(features, rawStatistics) : features;
  const base = scaled(raw);
  const statistics = extractor.standardized ? featureStatistics(base) : rawStatistics;
  const few = rowsOf(base, spreadEvenly(base.count, compared));
  const likeness = (rawFeatures: FeatureMatrix, images: LoadedImages): Likeness => {
    const features = scaled(rawFeatures);
    return {
      frechet: frechetDistance(statistics, featureStatistics(features)),
      ...precisionRecall(few, features, neighbors),
      sameClass:
        images.classNames.length > 1
          ? shareOfSameLabel(features, images.labels, base, reference.labels)
          : undefined,
      components: meanComponents(images.rasters),
    };
  };
  const [real, drawn, trained] = others.map((features, i) => likeness(features, used[i + 1]!));
  return {
    features: extractor.description,
    dimension: raw.dimension,
    reference: {
      images: raw.count,
      statistics: hashOfStatistics(rawStatistics),
      pictures: hashOfPictures(reference.rasters),
      components: meanComponents(reference.rasters),
    },
    compared,
    neighbors,
    samples: drawn!, // one of each of the sets
    real: real!,
    training: trained,
  };
}
