import type { LoadedImages } from "../../data/images/loadedImages.ts";
import type { Random } from "../../data/random/random.ts";
import { shuffledForever } from "../../data/random/shuffle.ts";
import { spreadEvenly } from "../../data/random/spreadEvenly.ts";
import { input } from "../../graph/index.ts";
import { crossEntropy } from "../../nn/layers/losses.ts";
import { averaged } from "../../nn/optimizers/averaged.ts";
import { muon } from "../../nn/optimizers/muon.ts";
import type { Batches, Trainable } from "../../train/trainable.ts";
import { inClasses } from "../training/trainingSet.ts";
import { writePlanes } from "./augment.ts";
import { likeliestClasses, openClassifying } from "./classifyImages.ts";
import { imageClassifier, picturesInput } from "./network.ts";
import { buildImageClassifier, type ImageClassifierConfig } from "./run.ts";

/** Pictures of a validation on the way; at the end all count. */
const watched = 1000;

/**
 * A classifier of images in training: the share of right answers, each before a step learned from it. Matrices and kernels
 * learn by Muon, the rest by AdamW; what is validated and used is an average of the parameters. Throws UserError where the
 * images have a class that the configuration does not know.
 */
export function imageClassifierTrainable(
  config: ImageClassifierConfig,
  images: LoadedImages,
  validation?: LoadedImages,
): Trainable {
  const { batch, peak } = config.options;
  const built = buildImageClassifier(config);
  const { size, layout } = built;
  const known = inClasses(images, config.classNames);
  const held = validation && inClasses(validation, config.classNames);
  return {
    layout,
    optimizer: averaged(muon(), { decay: 0.998 }),
    rate: { peak, warmup: 50, decayFrom: 0.2, floor: 0.01 },
    examples: "images",
    measure: {
      ...{ key: "accuracy", unit: "% right", digits: 2, higherIsBetter: true },
      of: ({ correct = Number.NaN }) => (100 * correct) / batch,
    },
    objective: () => {
      const pictures = picturesInput(batch, size);
      const labels = input("labels", [batch], "int32");
      return (p) => {
        const { logits } = imageClassifier(p, pictures, size);
        const right = logits.argMax(-1).cast("int32").equal(labels);
        return {
          loss: crossEntropy(logits, labels).mean,
          metrics: { correct: right.cast("float32").sum() },
        };
      };
    },
    batches: (random) => pictureBatches(known, config, random.fork("batches")),
    ...(held && {
      rhythm: { by: "steps", first: 100, growth: 1.5 },
      async validator(options) {
        const classifying = await openClassifying(built, options);
        return {
          async score(parameters, { final }) {
            const some = spreadEvenly(held.rasters.length, final ? undefined : watched);
            const rasters = some.map((i) => held.rasters[i]!); // i < length
            const logits = await classifying.logitsOf(parameters, rasters);
            const found = likeliestClasses(logits, size.classes);
            const right = some.filter((index, i) => found[i] === held.labels[index]);
            return { accuracy: (100 * right.length) / some.length };
          },
          [Symbol.asyncDispose]: () => classifying[Symbol.asyncDispose](),
        };
      },
    }),
  };
}

/**
 * The batches of a training: every epoch takes all pictures in an order of its own, each shifted (and flipped) anew. A pure
 * function of `random` and the step.
 */
function pictureBatches(
  { rasters, labels }: LoadedImages,
  { options, width, height, color }: ImageClassifierConfig,
  random: Random,
): Batches {
  const { batch } = options;
  const length = width * height * (color === "gray" ? 1 : 3);
  const order = shuffledForever(rasters.length, random.fork("order"));
  const pictures = new Float32Array(batch * length);
  const classes = new Int32Array(batch);
  return (step) => {
    const own = random.fork(`step ${step}`);
    for (let i = 0; i < batch; i++) {
      const index = order((step - 1) * batch + i);
      const place = pictures.subarray(i * length, (i + 1) * length);
      writePlanes(rasters[index]!, place, options, own); // index < length
      classes[i] = labels[index]!;
    }
    return { shape: batch, examples: batch, feeds: { pictures, labels: classes } };
  };
}
