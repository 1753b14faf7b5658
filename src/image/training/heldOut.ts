import type { LoadedImages } from "../../data/images/loadImages.ts";
import { spreadEvenly } from "../../data/random/spreadEvenly.ts";
import type { CompileOptions } from "../../runtime/index.ts";
import { analyze, type ImageLanguage } from "../language/language.ts";
import type { ImageModel } from "../model.ts";
import { scoredImages } from "./trainingSet.ts";

/** How many images a training is watched by: so many samples in all, within bounds. */
const watched = { most: 200, fewest: 12, samples: 200 * 32 * 32 };

/** Mean bits of some of the held-out images, spread evenly, under a model's present parameters. */
export function heldOutScore(
  images: LoadedImages,
  model: ImageModel,
  language: ImageLanguage,
  options: CompileOptions,
): (parameters: Float32Array) => Promise<number> {
  const { channels } = language.tokens.geometry;
  const fair = Math.round(watched.samples / (language.width * language.height * channels));
  const limit = Math.min(watched.most, Math.max(watched.fewest, fair));
  const some = spreadEvenly(images.rasters.length, limit);
  const subset = {
    rasters: some.map((i) => images.rasters[i]!), // i < length
    labels: Uint16Array.from(some, (i) => images.labels[i]!),
  };
  const tiles = scoredImages(subset, language);
  const examples = spreadEvenly(tiles.length, limit).map((i) => {
    const { raster, label } = tiles[i]!; // i < length
    return { coefficients: analyze(raster, language), label };
  });
  return async (parameters) => {
    const scorer = await model.scorer(parameters, options);
    const bits = await scorer.bits(examples);
    await scorer.close();
    return bits.reduce((sum, b) => sum + b, 0) / bits.length;
  };
}
