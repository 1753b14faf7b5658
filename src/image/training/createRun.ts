import { encodeTokens } from "../../codec/encode.ts";
import { countContexts } from "../../codec/entropy/contextCoder.ts";
import { startingPlane } from "../../codec/walk/startingPlane.ts";
import type { LoadedImages } from "../../data/images/loadedImages.ts";
import { createRandom } from "../../data/random/random.ts";
import { spreadEvenly } from "../../data/random/spreadEvenly.ts";
import type { Plan } from "../../train/plan.ts";
import type { RunStore } from "../../train/run/runStore.ts";
import {
  type ImageLanguage,
  type ImageLanguageOptions,
  imageLanguage,
} from "../language/language.ts";
import { countStartingPlanes } from "../language/startingPlanes.ts";
import type { Example } from "../model.ts";
import { type ModelChoice, models, type OwnModelChoice } from "../models.ts";
import type { ImageConfig } from "../run.ts";
import { writeStaticCoder } from "../staticCoder.ts";
import type { CaptionVectors } from "../words/captionVectors.ts";
import { fitCaptionWords } from "../words/captionWords.ts";
import { commonSize, trainingImages } from "./trainingSet.ts";

/** A new run, before its data have been looked at. */
export interface RunRequest {
  /** One of one's own is given with its name alone; `buildRun` and `openImageRun` are given its definition. */
  readonly model: ModelChoice | OwnModelChoice;
  readonly language: ImageLanguageOptions;
  /** Side of the squares to model, where the images are not taken as they are. */
  readonly size?: number;
  readonly fit: "resize" | "crop";
  /** Share of the training images of which nothing is told to the model, neither class nor caption; 0.1 by default, none where there is one class. */
  readonly classDropout?: number;
  /** Share of the training images of which the class alone is told, and not the caption; 0.1 by default. */
  readonly textDropout?: number;
  readonly seed: number;
  readonly path: string;
  readonly plan: Plan;
  /**
   * Whether the model is told the captions of images that have some, true by default for models that are built in, but for `values`; or how they
   * become vectors: see `captionVectors`.
   */
  readonly captions?: boolean | CaptionVectors | undefined;
}

/** The share of Ho and Salimans (2022), which they found as good as a fifth, and better than a half. */
const usualDropout = 0.1;

/** Images that what is fitted before a training (starting planes, static coder) is fitted on, at most. */
const planeImages = 20_000;
const coderImages = 3_000;

/**
 * Prepares a new run in a store: counts starting planes and fits the static coder. The configuration is returned, for
 * `trainRun` to write.
 */
export async function createRun(
  store: RunStore,
  images: LoadedImages,
  request: RunRequest,
): Promise<ImageConfig> {
  const { size, language: options, path, seed } = request;
  const { width, height } =
    size !== undefined && request.fit === "crop"
      ? { width: size, height: size }
      : commonSize(images.rasters, path);
  const language = imageLanguage(options, { width, height });
  const examples = evenExamples(images, language, planeImages);
  const counted = examples.map(({ coefficients, label }) => ({
    label,
    startingPlane: startingPlane(coefficients, language.tokens.finestPlane),
  }));
  const { name } = request.model;
  const { captions = Object.hasOwn(models, name) && name !== "values" } = request;
  const words =
    captions && images.captions
      ? captions === true
        ? fitCaptionWords(images.captions)
        : captions
      : undefined;
  const config: ImageConfig = {
    kind: "image",
    format: 2,
    model: request.model,
    language: options,
    width,
    height,
    fit: request.fit,
    classNames: images.classNames,
    startingPlanes: countStartingPlanes(counted, images.classNames.length),
    ...(images.classNames.length > 1 && {
      classDropout: request.classDropout ?? usualDropout,
    }),
    ...(words && { words, textDropout: request.textDropout ?? usualDropout }),
    seed,
    data: { path, images: images.rasters.length },
    plan: request.plan,
  };
  const streams = spreadEvenly(examples.length, coderImages).map(
    (i) => encodeTokens(examples[i]!.coefficients, language.tokens), // i < length
  );
  await writeStaticCoder(store, countContexts(streams, language.tokens));
  return config;
}

function evenExamples(images: LoadedImages, language: ImageLanguage, limit: number): Example[] {
  const training = trainingImages(images, language);
  const random = createRandom("crops to fit on");
  return spreadEvenly(training.count, limit).map((i) => training.draw(i, random));
}
