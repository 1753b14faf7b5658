import type { LoadedImages } from "../../data/images/loadedImages.ts";
import type { Raster } from "../../data/images/raster.ts";
import type { Random } from "../../data/random/random.ts";
import type { CompileOptions } from "../../runtime/compile.ts";
import type { Batches, Trainable } from "../../train/trainable.ts";
import { sampleSheet } from "../draw.ts";
import { usualSampling } from "../recommendation.ts";
import { buildRun, type ImageConfig } from "../run.ts";
import type { ImageSampling } from "../sampling.ts";
import type { TextVectors } from "../words/captionVectors.ts";
import { wordSetting } from "../words/captionWords.ts";
import { pairSheet } from "../words/pairSheet.ts";
import { startWithWords } from "../words/startWithWords.ts";
import { imageValidator } from "./imageValidator.ts";
import { toldImages } from "./toldImages.ts";
import { inClasses, trainingImages } from "./trainingSet.ts";

export interface PlainTraining extends CompileOptions {
  /** The model, where it is not one that `config` names. */
  readonly own?: ReturnType<typeof buildRun>;
  /** Images that are not trained on. */
  readonly validation?: LoadedImages | undefined;
  /** The vectors of the captions of all these images, of a run that reads vectors: see `vectorsFor`. */
  readonly vectors?: TextVectors | undefined;
  /** Takes a sheet of samples, halfway and at the end. */
  readonly onSamples?: ((sheet: Raster, step: number) => void | Promise<void>) | undefined;
  /** How those samples are drawn; as usual for the model by default. */
  readonly sampling?: ImageSampling;
}

/**
 * Makes the batches of a training, of images in the classes of the run; by default the model makes them in the training's own
 * thread.
 */
export type MakeBatches = (images: LoadedImages, random: Random) => Batches;

/** An image model in training: bits per image. Throws UserError where images do not fit the configuration. */
export function plainTrainable(
  config: ImageConfig,
  images: LoadedImages,
  {
    own,
    validation,
    vectors,
    onSamples,
    sampling = usualSampling(config),
    ...options
  }: PlainTraining = {},
  makeBatches?: MakeBatches,
): Trainable {
  const { language, model } = own ?? buildRun(config);
  const { words } = config;
  const known = inClasses(images, config.classNames);
  const held = validation && inClasses(validation, config.classNames);
  return {
    layout: model.layout,
    optimizer: model.optimizer,
    rate: model.rate,
    examples: "images",
    measure: {
      ...{ key: "bitsPerImage", unit: "bits/image", digits: 1 },
      of: ({ bitsPerImage = Number.NaN }) => bitsPerImage,
    },
    ...(words && {
      async start(random) {
        const plain = trainingImages(known, language, { words, vectors, finer: false });
        const { length: classes } = config.classNames;
        const how = { language, classes, words: wordSetting(words, language) };
        return startWithWords(model.layout, random, plain, how);
      },
    }),
    objective: model.objective,
    batches: (random) =>
      makeBatches?.(known, random) ??
      model.batches(toldImages(known, language, config, vectors), random.fork("batches")),
    ...(held && {
      validator: (compile) => imageValidator(held, model, language, { ...compile, words, vectors }),
      rhythm: { by: "examples", first: 500, growth: 1.5 },
    }),
    ...(onSamples && {
      snapshots: {
        at: [0.5, 1],
        async take(parameters, step) {
          const readVectors = vectors && (async () => vectors);
          const run = {
            ...{ config, language, model, parameters },
            ...(readVectors && { readVectors }),
          };
          const drawing = { seed: config.seed, ...sampling, ...options };
          const sheet =
            words && held?.captions
              ? await pairSheet(run, held, { count: 20, ...drawing })
              : (await sampleSheet(run, { perClass: 2, ...drawing })).sheet;
          await onSamples(sheet, step);
        },
      },
    }),
  };
}
