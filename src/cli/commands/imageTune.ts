import type { LoadedImages } from "../../data/images/loadedImages.ts";
import { UserError } from "../../errors/userError.ts";
import { classifyImages } from "../../image/classify/classifyImages.ts";
import type { ImageClassifierRun } from "../../image/classify/run.ts";
import { openImageClassifier } from "../../image/classify/runFolder.ts";
import { formOf } from "../../image/run.ts";
import { openImageRun, writeRecommendation } from "../../image/runFolder.ts";
import { samplingText } from "../../image/sampling.ts";
import { splitValidation, squaresOf } from "../../image/training/trainingSet.ts";
import { coarseFeatures } from "../../image/tuning/features.ts";
import { type Classify, nearestClass } from "../../image/tuning/nearestClass.ts";
import { tuneSampling, usualKeep } from "../../image/tuning/tuneSampling.ts";
import type { CompileOptions } from "../../runtime/index.ts";
import { defineCommand } from "../parser/command.ts";
import { runOption, seedOption } from "../shared/commonOptions.ts";
import { engineOf, engineOptions } from "../shared/engineOptions.ts";
import { readHeldOut, readImages, strictOption } from "../shared/readImages.ts";
import { tuningHeading, tuningRow } from "../shared/tuningTable.ts";

/** `ondelette image tune`: finds out how a run's images are best drawn. */
export const command = defineCommand({
  about:
    "Draws images by many ways of sampling: temperatures of shape and detail, then guidance, then cooling, then top-p. Measures what share " +
    "of them is recognized (by the classes of the nearest training images, or by --classifier), and the diversity: the share " +
    "of real images of the test part that are like one of them. Of the ways that keep enough of the diversity it picks that with " +
    "the fewest faults, images that are not recognized and bright parts that real ones do not have, and stores it in the run: " +
    "image sample then draws by it.",
  options: {
    run: runOption,
    data: { type: "string", placeholder: "PATH", required: true, help: "images the run learned" },
    count: {
      type: "integer",
      min: 4,
      max: 100_000,
      default: 500,
      help: "images to draw by each way of sampling, at most half of the real ones that are held out",
    },
    classifier: {
      type: "string",
      placeholder: "RUN",
      otherwise: "the nearest training images",
      help: "run folder of `ondelette image classify` that tells what is recognized",
    },
    keep: {
      type: "number",
      min: 0,
      max: 1,
      default: usualKeep,
      help: "share of the highest diversity that must be kept",
    },
    strict: strictOption,
    seed: seedOption,
    ...engineOptions,
  },
  examples: [
    "ondelette image tune --run runs/mnist --data data/mnist",
    "ondelette image tune --run runs/mnist --data data/mnist --classifier runs/judge",
  ],
  advice: {
    "no-checkpoint": "`ondelette image train --resume --out RUN` trains it",
  },
  async run({ run: folder, data, count, classifier: judge, keep, strict, seed, ...args }, io) {
    const engine = await engineOf(args, io);
    const run = await openImageRun(folder);
    const form = { ...formOf(run.config), strict };
    const all = await readImages(data, "train", form, io);
    const test = await readHeldOut(data, form, io, 2 * count);
    const { training, validation } = test
      ? { training: all, validation: test }
      : splitValidation(all);
    const squares = (images: LoadedImages) =>
      squaresOf(images, run.config.classNames, run.language);
    const classify = judge
      ? classifierOf(await openImageClassifier(judge), run.config.classNames, engine)
      : await nearestClass(squares(training), coarseFeatures(run.language, 16));
    const { images, real, tried, best } = await tuneSampling(run, squares(validation ?? all), {
      ...{ classify, seed, keep, images: count, signal: io.signal },
      ...engine,
      onReal(quality) {
        io.print(tuningHeading);
        io.print(tuningRow("real images", quality));
      },
      onTried: ({ sampling, ...quality }) => io.print(tuningRow(samplingText(sampling), quality)),
    });
    const { sampling } = best;
    const classifier = judge ?? "nearest training images";
    const { step } = run;
    await writeRecommendation(folder, { sampling, step, images, seed, classifier, real, tried });
    io.print(`recommended: ${samplingText(sampling)}`);
    return {
      run: folder,
      sampling: { ...sampling },
      images,
      real,
      tried: tried.map((t) => ({ ...t })),
    };
  },
});

/** The classes of a run as a trained classifier tells them; both name them alike. Throws UserError where it knows others. */
function classifierOf(
  judge: ImageClassifierRun,
  classNames: readonly string[],
  engine: CompileOptions,
): Classify {
  const labels = judge.config.classNames.map((name) => classNames.indexOf(name));
  const stray = judge.config.classNames.find((_, i) => labels[i] === -1);
  if (stray !== undefined) {
    throw new UserError(
      `the classifier tells a class "${stray}" that the run does not know (${classNames.slice(0, 20).join(", ")})`,
    );
  }
  return async (rasters) => {
    const found = await classifyImages(judge, rasters, engine);
    return found.map((label) => labels[label]!); // one a class
  };
}
