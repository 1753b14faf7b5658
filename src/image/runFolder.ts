import { join } from "node:path";
import type { ContextCoder } from "../codec/entropy/contextCoder.ts";
import { makeFolder } from "../data/files/makeFolder.ts";
import type { LoadedImages } from "../data/images/loadedImages.ts";
import { type RunPlace, runFiles, storeOf } from "../train/run/runFolder.ts";
import type { ModelTable } from "./models.ts";
import * as recommendation from "./recommendation.ts";
import * as stored from "./run.ts";
import * as coder from "./staticCoder.ts";
import * as training from "./training/createRun.ts";
import { vectorsOf } from "./words/textVectors.ts";

/** Names of a run's files. */
export const imageFiles = (folder: string) => ({
  ...runFiles(folder),
  /** Counts of the static coder, fitted on the training images. */
  staticCoder: join(folder, stored.imageNames.staticCoder),
  /** How images are best drawn, where that was measured. */
  sampling: join(folder, stored.imageNames.sampling),
  /** Sheets of samples. */
  samples: join(folder, "samples"),
});

/**
 * Prepares a new run in a folder: counts starting planes and fits the static coder. The configuration is returned, for
 * `trainRun` to write.
 */
export async function createRun(
  place: RunPlace,
  images: LoadedImages,
  request: training.RunRequest,
): Promise<stored.ImageConfig> {
  const config = await training.createRun(storeOf(place), images, request);
  if (typeof place === "string") await makeFolder(imageFiles(place).samples);
  return config;
}

/**
 * Reads the configuration of a run of a built-in model. Throws UserError where the folder is not a run of images, or a key
 * is wrong.
 */
export const readImageConfig = (place: RunPlace): Promise<stored.BuiltInImageConfig> =>
  stored.readImageConfig(storeOf(place));

/**
 * Opens a trained run. Throws UserError where something is missing, damaged or of another model. Models that are not built
 * in are given in `own`, by the name that the run has for them.
 */
export async function openImageRun(
  place: RunPlace,
  own: ModelTable = {},
): Promise<stored.ImageRun> {
  return { ...(await stored.openImageRun(storeOf(place), own)), readVectors: vectorsOf };
}

/** The static coder that was fitted on a run's training images. Throws UserError where its file is missing or damaged. */
export const readStaticCoder = (place: RunPlace): Promise<ContextCoder> =>
  coder.readStaticCoder(storeOf(place));

/** Stores a recommendation with a run. */
export const writeRecommendation = (
  place: RunPlace,
  found: recommendation.Recommendation,
): Promise<void> => recommendation.writeRecommendation(storeOf(place), found);

/** The recommendation of a run, where it has one. Throws UserError where the file is damaged or of another version. */
export const readRecommendation = (
  place: RunPlace,
): Promise<recommendation.Recommendation | undefined> =>
  recommendation.readRecommendation(storeOf(place));

/** How a run's images are drawn unless a person says otherwise: as the run recommends, or as its model is usually sampled. */
export const recommendedSampling = (
  place: RunPlace,
  config: Pick<stored.ImageConfig, "model" | "classDropout">,
): ReturnType<typeof recommendation.recommendedSampling> =>
  recommendation.recommendedSampling(storeOf(place), config);
