import { join } from "node:path";
import { writeFileAtomically } from "../../data/files/atomicWrite.ts";
import { encodePng } from "../../data/formats/png.ts";
import type { LoadedImages } from "../../data/images/loadedImages.ts";
import type { CompileOptions } from "../../runtime/compile.ts";
import type { Trainable } from "../../train/trainable.ts";
import { sampleSheet } from "../draw.ts";
import { usualSampling } from "../recommendation.ts";
import { buildRun, type ImageConfig } from "../run.ts";
import type { ImageSampling } from "../sampling.ts";
import { wordSetting } from "../words/captionWords.ts";
import { pairSheet } from "../words/pairSheet.ts";
import { startWithWords } from "../words/startWithWords.ts";
import type { TextVectors } from "../words/textVectors.ts";
import { openBatches } from "./batchesAhead.ts";
import { imageValidator } from "./imageValidator.ts";
import { toldImages } from "./toldImages.ts";
import { inClasses, trainingImages } from "./trainingSet.ts";

export interface ImageTraining extends CompileOptions {
  /** The model, where it is not one that `config` names. Its batches are then made in the training's own thread. */
  readonly own?: ReturnType<typeof buildRun>;
  /** Images that are not trained on. */
  readonly validation?: LoadedImages | undefined;
  /** The vectors of the captions of all these images, of a run that reads vectors: see `vectorsFor`. */
  readonly vectors?: TextVectors | undefined;
  /** A folder for sheets of samples, halfway and at the end; none by default. */
  readonly samples?: string;
  /** How those samples are drawn; as usual for the model by default. */
  readonly sampling?: ImageSampling;
}

/** An image model in training: bits per image. Throws UserError where images do not fit the configuration. */
export function imageTrainable(
  config: ImageConfig,
  images: LoadedImages,
  {
    own,
    validation,
    vectors,
    samples,
    sampling = usualSampling(config),
    ...options
  }: ImageTraining = {},
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
      own
        ? model.batches(toldImages(known, language, config, vectors), random.fork("batches"))
        : openBatches(config, known, random, vectors),
    ...(held && {
      validator: (compile) => imageValidator(held, model, language, { ...compile, words, vectors }),
      rhythm: { by: "examples", first: 500, growth: 1.5 },
    }),
    ...(samples !== undefined && {
      snapshots: {
        at: [0.5, 1],
        async take(parameters, step) {
          const run = { config, language, model, parameters };
          const drawing = { seed: config.seed, ...sampling, ...options };
          const sheet =
            words && held?.captions
              ? await pairSheet(run, held, { count: 20, ...drawing })
              : (await sampleSheet(run, { perClass: 2, ...drawing })).sheet;
          const name = `step-${`${step}`.padStart(7, "0")}.png`;
          await writeFileAtomically(join(samples, name), encodePng(sheet));
        },
      },
    }),
  };
}
