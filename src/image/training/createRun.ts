import { join } from "node:path";
import { encodeTokens } from "../../codec/encode.ts";
import { countContexts } from "../../codec/entropy/contextCoder.ts";
import { startingPlane } from "../../codec/walk/startingPlane.ts";
import { makeFolder } from "../../data/files/makeFolder.ts";
import type { LoadedImages } from "../../data/images/loadImages.ts";
import { createRandom } from "../../data/random/random.ts";
import { spreadEvenly } from "../../data/random/spreadEvenly.ts";
import type { Plan } from "../../train/plan.ts";
import {
  type ImageLanguage,
  type ImageLanguageOptions,
  imageLanguage,
} from "../language/language.ts";
import { countStartingPlanes } from "../language/startingPlanes.ts";
import type { Example } from "../model.ts";
import type { ModelChoice } from "../models.ts";
import { type RunConfig, runFiles, writeConfig, writeContextCounts } from "../run.ts";
import { commonSize, trainingImages } from "./trainingSet.ts";

/** A new run, before its data have been looked at. */
export interface RunRequest {
  readonly model: ModelChoice;
  readonly language: ImageLanguageOptions;
  /** Side of the squares to model, where the images are not taken as they are. */
  readonly size?: number;
  readonly fit: "resize" | "crop";
  readonly seed: number;
  readonly path: string;
  readonly plan: Plan;
}

/** Images that what is fitted before a training (starting planes, static coder) is fitted on, at most. */
const planeImages = 20_000;
const coderImages = 3_000;

/** Makes a run folder: looks at the data, writes the configuration and fits the static coder. */
export async function createRun(
  folder: string,
  images: LoadedImages,
  request: RunRequest,
): Promise<RunConfig> {
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
  const config: RunConfig = {
    format: 1,
    model: request.model,
    language: options,
    width,
    height,
    fit: request.fit,
    classNames: images.classNames,
    startingPlanes: countStartingPlanes(counted, images.classNames.length),
    seed,
    data: { path, images: images.rasters.length },
    plan: request.plan,
  };
  const streams = spreadEvenly(examples.length, coderImages).map(
    (i) => encodeTokens(examples[i]!.coefficients, language.tokens), // i < length
  );
  const files = runFiles(folder);
  await makeFolder(join(folder, "checkpoint"));
  await makeFolder(files.samples);
  await writeContextCounts(files.staticCoder, countContexts(streams, language.tokens));
  await writeConfig(folder, config);
  return config;
}

function evenExamples(images: LoadedImages, language: ImageLanguage, limit: number): Example[] {
  const training = trainingImages(images, language);
  const random = createRandom("crops to fit on");
  return spreadEvenly(training.count, limit).map((i) => training.draw(i, random));
}
