import { checkOutput } from "../../data/files/checkOutput.ts";
import type { LoadOptions } from "../../data/images/loadImages.ts";
import { UserError } from "../../errors/userError.ts";
import {
  createImageClassifier,
  type ImageClassifierConfig,
  type ImageClassifierOptions,
  imageClassifierDefaults,
  imageClassifierForm,
} from "../../image/classify/run.ts";
import { readImageClassifierConfig } from "../../image/classify/runFolder.ts";
import { imageClassifierTrainable } from "../../image/classify/trainable.ts";
import { splitValidation } from "../../image/training/trainingSet.ts";
import { runFiles } from "../../train/run/runFolder.ts";
import { defineCommand } from "../parser/command.ts";
import { beNice } from "../shared/beNice.ts";
import { engineOf } from "../shared/engineOptions.ts";
import { planOf } from "../shared/planOf.ts";
import { readHeldOut, readImages, strictOption } from "../shared/readImages.ts";
import { runTraining, trainingResult } from "../shared/runTraining.ts";
import {
  checkResume,
  isResumed,
  minutesOption,
  rankOptions,
  runOptions,
  stepsOption,
  trainingAdvice,
} from "../shared/trainingOptions.ts";

/** Minutes of a training that is given neither steps nor minutes. */
const usualMinutes = 3;
const usual = imageClassifierDefaults;

/** `ondelette image classify`: trains a convolutional classifier of images. */
export const command = defineCommand({
  about:
    "A small residual network. Each picture is shifted anew whenever it is seen; left and right are swapped only with --flip, " +
    "as digits and letters must not be. Validates on the test part of the data, all of it at the end, or on every tenth image " +
    "where there is none. `ondelette image recognize` uses the run, and `ondelette export` writes it as an ONNX file with logits " +
    "and features. Makes a run folder; Ctrl-C saves and stops, --resume continues exactly.",
  options: {
    data: {
      type: "string",
      placeholder: "PATH",
      otherwise: "with --resume, the run's own",
      help: "folder with a folder of images for each class, or of MNIST files",
    },
    ...runOptions,
    ...rankOptions,
    steps: stepsOption,
    minutes: minutesOption(usualMinutes),
    size: {
      type: "integer",
      min: 1,
      max: 1024,
      otherwise: "that of the images",
      help: "side of the squares that images are scaled to, in pixels",
    },
    color: {
      type: "choice",
      choices: ["gray", "rgb"],
      otherwise: "gray",
      help: "colors to look at",
    },
    shift: {
      type: "integer",
      min: 0,
      max: 256,
      otherwise: "a fourteenth of the side",
      help: "largest shift of an image in training, in pixels",
    },
    flip: { type: "boolean", help: "swap left and right of half of the images in training" },
    channels: {
      type: "integer",
      min: 8,
      max: 1024,
      otherwise: `${usual.channels}`,
      help: "channels of the first stage, a multiple of 8; twice as many in each further one",
    },
    blocks: {
      type: "integer",
      min: 0,
      max: 100,
      otherwise: `${usual.blocks}`,
      help: "residual blocks of a stage",
    },
    batch: {
      type: "integer",
      min: 1,
      max: 1e6,
      otherwise: `${usual.batch}`,
      help: "images in a batch",
    },
    rate: {
      type: "number",
      min: 1e-9,
      max: 1e3,
      otherwise: `${usual.peak}`,
      help: "highest learning rate",
    },
    strict: strictOption,
  },
  examples: [
    "ondelette image classify --data data/mnist --out runs/judge",
    "ondelette image classify --data photos --size 64 --color rgb --flip --minutes 20 --out runs/photos",
  ],
  advice: {
    ...trainingAdvice,
    "sizes-differ": "--size SIDE brings all images to one size",
    diverged: "--rate sets it in a new run",
  },
  parallel: true,
  async run(args, io) {
    const engine = await engineOf(args, io);
    if (args.nice !== undefined) beNice(args.nice);
    const { out, size, color = "gray", strict } = args;
    if (args.channels !== undefined && args.channels % 8 !== 0) {
      throw new UserError(`--channels ${args.channels} must be a multiple of 8`);
    }
    const exists = await isResumed(io, args, runFiles(out).config);
    const old = exists ? await readImageClassifierConfig(out) : undefined;
    if (old) checkResume(out, contradictions(args, old));
    const path = args.data ?? old?.data.path;
    if (path === undefined) throw new UserError("--data is missing: a new run needs images");
    await checkOutput(out, [path]);
    const form: LoadOptions = old
      ? { ...imageClassifierForm(old), strict }
      : { color, strict, ...(size !== undefined && { size }) };
    const all = await readImages(path, "train", form, io);
    const test = await readHeldOut(path, form, io, Number.POSITIVE_INFINITY);
    const { training, validation } = test
      ? { training: all, validation: test }
      : splitValidation(all);
    if (!validation) io.log(`${path} has fewer than ten images: none are held out for validation`);
    const plan = planOf(args.steps, args.minutes) ?? old?.plan ?? { minutes: usualMinutes };
    const { seed = 1 } = args;
    const resized = size !== undefined;
    const config = old
      ? { ...old, plan }
      : createImageClassifier(training, {
          ...{ options: optionsOf(args), color, resize: resized, seed, path, plan },
        });
    const { length: count } = training.rasters;
    if (count !== config.data.images) {
      throw new UserError(
        `${path} has ${count} images to train on, but ${out} was trained on ${config.data.images}: these are not its data`,
        "contradicts-run",
      );
    }
    const trained = await runTraining(
      io,
      { ...args, engine },
      {
        ...{ command: "ondelette image classify", config, old },
        model: imageClassifierTrainable(config, training, validation),
      },
    );
    return { ...trainingResult(out, trained, "images"), classes: config.classNames.length };
  },
});

interface Args extends NetworkArgs {
  readonly size: number | undefined;
  readonly color: string | undefined;
  readonly seed: number | undefined;
}

interface NetworkArgs {
  readonly channels: number | undefined;
  readonly blocks: number | undefined;
  readonly batch: number | undefined;
  readonly rate: number | undefined;
  readonly shift: number | undefined;
  readonly flip: boolean;
}

/** The options that are given. */
function optionsOf({ rate: peak, flip, ...args }: NetworkArgs): Partial<ImageClassifierOptions> {
  const { channels, blocks, batch, shift } = args;
  const given = Object.entries({ channels, blocks, batch, shift, peak }).filter(
    ([, value]) => value !== undefined,
  );
  return { ...Object.fromEntries(given), flip };
}

/** The options given and what the run has in their place. */
function contradictions(
  args: Args,
  { options, color, width, resize, seed }: ImageClassifierConfig,
): Parameters<typeof checkResume>[1] {
  const { channels, blocks, batch, peak, shift, flip } = options;
  return {
    size: [args.size, resize ? width : undefined],
    ...{ color: [args.color, color], seed: [args.seed, seed], rate: [args.rate, peak] },
    ...{ channels: [args.channels, channels], blocks: [args.blocks, blocks] },
    ...{ batch: [args.batch, batch], shift: [args.shift, shift] },
    flip: [args.flip || undefined, flip],
  };
}
