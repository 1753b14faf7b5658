import type { LoadedImages } from "../data/loadImages.ts";
import type { Random } from "../data/random.ts";
import { cropAt, type Raster, tiles } from "../data/raster.ts";
import { UserError } from "../userError.ts";
import { analyse, type ImageLanguage } from "./language.ts";
import type { Example, TrainingImages } from "./model.ts";

/** The size that all images have. Throws UserError where they differ. */
export function commonSize(
  images: readonly Raster[],
  path: string,
): { width: number; height: number } {
  const [first] = images;
  if (!first) throw new UserError(`${path} holds no images`);
  const other = images.find((r) => r.width !== first.width || r.height !== first.height);
  if (other) {
    throw new UserError(
      `the images of ${path} differ in size (${first.width}×${first.height}, ` +
        `${other.width}×${other.height}); bring them to one with --size S`,
    );
  }
  return { width: first.width, height: first.height };
}

/** Images to train on: as they are, or a random square of each where they are larger than the language's. */
export function trainingImages(
  { rasters, labels }: Pick<LoadedImages, "rasters" | "labels">,
  language: ImageLanguage,
): TrainingImages {
  const { width, height } = language;
  const squares = (r: Raster) => Math.floor(r.width / width) * Math.floor(r.height / height);
  return {
    // Every image is drawn as often as squares fit into it side by side.
    count: rasters.reduce((sum, r) => sum + squares(r), 0),
    draw(index: number, random: Random): Example {
      const i = index % rasters.length;
      const raster = rasters[i]!; // i < length
      const whole = raster.width === width && raster.height === height;
      const square = whole ? raster : randomSquare(raster, width, random);
      return { coefficients: analyse(square, language), label: labels[i] ?? 0 };
    },
  };
}

/** Images to be scored: as they are, or cut into squares side by side where they are larger than the language's. */
export function scoredImages(
  { rasters, labels }: Pick<LoadedImages, "rasters" | "labels">,
  language: ImageLanguage,
): { readonly raster: Raster; readonly label: number }[] {
  return rasters.flatMap((raster, i) => {
    const whole = raster.width === language.width && raster.height === language.height;
    return (whole ? [raster] : tiles(raster, language.width)).map((tile) => ({
      raster: tile,
      label: labels[i] ?? 0,
    }));
  });
}

function randomSquare(raster: Raster, size: number, random: Random): Raster {
  const x = random.integer(raster.width - size + 1);
  return cropAt(raster, x, random.integer(raster.height - size + 1), size);
}
