import { isDeepStrictEqual } from "node:util";
import type { Vocabulary } from "../../codec/tokens.ts";
import { checkOutput } from "../../data/files/checkOutput.ts";
import type { LoadOptions } from "../../data/images/loadImages.ts";
import { shareImages } from "../../data/images/shareImages.ts";
import { UserError } from "../../errors/userError.ts";
import { type ImageWavelet, imageWavelets } from "../../image/language/imageWavelets.ts";
import { learnedOrder } from "../../image/language/language.ts";
import { defaultModel, type ModelChoice, type ModelName, modelNames } from "../../image/models.ts";
import { type BuiltInImageConfig, formOf, type ImageConfig } from "../../image/run.ts";
import {
  createRun,
  imageFiles,
  readImageConfig,
  recommendedSampling,
} from "../../image/runFolder.ts";
import { imageTrainable } from "../../image/training/imageTrainable.ts";
import { splitValidation } from "../../image/training/trainingSet.ts";
import { captionVectors, vectorsFor } from "../../image/words/textVectors.ts";
import { CheckError, changed } from "../../train/run/checks.ts";
import { memoryStore } from "../../train/run/runStore.ts";
import { defineCommand } from "../parser/command.ts";
import { beNice } from "../shared/beNice.ts";
import { engineOf } from "../shared/engineOptions.ts";
import { checkLosslessOptions, losslessOption } from "../shared/losslessOption.ts";
import { planOf } from "../shared/planOf.ts";
import { readHeldOut, readImages, strictOption } from "../shared/readImages.ts";
import { runTraining, trainingResult } from "../shared/runTraining.ts";
import { askedTextVectors, textVectorOptions } from "../shared/textVectorOptions.ts";
import {
  checkResume,
  isResumed,
  minutesOption,
  rankOptions,
  runOptions,
  stepsOption,
  trainingAdvice,
} from "../shared/trainingOptions.ts";

/** `ondelette image train`: trains an image generator of the wavelet language. */
export const command = defineCommand({
  about:
    "Makes a run folder: config.json, metrics.jsonl, checkpoints, samples and a chart. Where the data have no test part, " +
    "every tenth image is held out for validation. Ctrl-C saves and stops; --resume continues exactly from the last " +
    "checkpoint. With --steps a run is repeatable to the bit, and resuming with a larger --steps gives bit for bit the " +
    "result of asking for that many at the start. Figures “in training” are means of the last 100 steps.",
  options: {
    data: {
      type: "string",
      placeholder: "PATH",
      otherwise: "with --resume, the run's own",
      help: "folder of images (sub-folders are classes) with their captions, IDX file, or folder of MNIST files",
    },
    ...runOptions,
    ...rankOptions,
    steps: stepsOption,
    minutes: minutesOption(10),
    model: {
      type: "choice",
      choices: modelNames,
      otherwise: "values with --lossless in Haar blocks, state elsewhere",
      help: "image model",
    },
    size: {
      type: "integer",
      min: 1,
      max: 4096,
      otherwise: "that of the images",
      help: "side of the modeled squares, in pixels",
    },
    fit: {
      type: "choice",
      choices: ["resize", "crop"],
      otherwise: "resize",
      help: "how larger pictures become squares: scaled, or cut at random places",
    },
    color: {
      type: "choice",
      choices: ["gray", "ycbcr"],
      otherwise: "gray",
      help: "channels to model",
    },
    wavelet: { type: "choice", choices: imageWavelets, otherwise: "haar", help: "wavelet" },
    finest: {
      type: "number",
      min: 2 ** -20,
      max: 2 ** 20,
      otherwise: "0.125",
      help: "finest threshold T_f, a power of two; smaller means better quality and longer streams",
    },
    lossless: losslessOption,
    language: {
      type: "choice",
      choices: ["blocks", "trees"],
      otherwise: "blocks",
      help: "token vocabulary",
    },
    reading: {
      type: "choice",
      choices: ["A", "B"],
      otherwise: "A",
      help: "how refinement is read: B also refines a coefficient in the plane of its discovery",
    },
    classDropout: {
      type: "number",
      min: 0,
      max: 1,
      otherwise: "0.1; with one class 0",
      help: "share of the images of which nothing is told in training, neither class nor caption, which image sample --guidance needs",
    },
    textDropout: {
      type: "number",
      min: 0,
      max: 1,
      otherwise: "0.1",
      help: "share of the images with captions of which the class alone is told in training",
    },
    overrides: {
      type: "string",
      placeholder: "JSON",
      otherwise: "the model's defaults",
      help: 'options of the model to change, such as {"width":384}',
    },
    captions: {
      type: "choice",
      choices: ["read", "ignore"],
      otherwise: "read, where the images have some",
      help: "whether the model is told the captions of the images",
    },
    strict: strictOption,
    ...textVectorOptions,
  },
  examples: [
    "ondelette image train --data data/mnist --out runs/mnist --minutes 30",
    "ondelette image train --data photos --size 128 --fit crop --out runs/photos --steps 20000",
    "ondelette image train --data data/mnist --lossless --out runs/exact --minutes 60",
    "ondelette image train --out runs/mnist --minutes 60 --resume",
  ],
  advice: {
    ...trainingAdvice,
    "sizes-differ": "--size SIDE brings all images to one size",
    "sizes-do-not-fit": "choose a smaller --size, or --fit resize",
    diverged: `--overrides '{"peak":0.001}' sets it in a new run`,
  },
  parallel: true,
  async run(args, io) {
    const engine = await engineOf(args, io);
    if (args.nice !== undefined) beNice(args.nice);
    const { out } = args;
    if (args.lossless) checkLosslessOptions(args);
    const ownVectors = askedTextVectors(args);
    const exists = await isResumed(io, args, imageFiles(out).config);
    const old = exists ? await readImageConfig(out) : undefined;
    const name = args.model ?? old?.model.name ?? (byCoefficient(args) ? "values" : "state");
    if (!old && name === "values" && !byCoefficient(args)) {
      throw new UserError(
        "--model values needs --lossless with --wavelet haar and --language blocks",
      );
    }
    if (name === "values" && (args.captions === "read" || ownVectors))
      throw new UserError("the model values is not told captions; --model state is");
    const told = args.captions !== "ignore" && name !== "values";
    if (ownVectors && !told)
      throw new UserError("--captions ignore leaves nothing to make vectors of");
    const model = withOverrides(name, args.overrides, old);
    if (old) checkResume(out, contradictions(args, model, old));
    const plan = planOf(args.steps, args.minutes) ?? old?.plan ?? { minutes: 10 };
    const path = args.data ?? old?.data.path;
    if (path === undefined) throw new UserError("--data is missing: a new run needs images");
    await checkOutput(out, [path]);
    const { fit = "resize", color = "gray", size, strict } = args;
    const form: LoadOptions = old
      ? { ...formOf(old), strict }
      : {
          ...{ color: color === "gray" ? "gray" : "rgb", fit, strict },
          ...(size !== undefined && { size }),
        };
    const all = shareImages(await readImages(path, "train", form, io));
    const test = await readHeldOut(path, form, io);
    const { training, validation } = test
      ? { training: all, validation: test }
      : splitValidation(all);
    if (!validation) io.log(`${path} has fewer than ten images: none are held out for validation`);
    const { wavelet = "haar", finest = 0.125, language = "blocks", reading = "A", seed = 1 } = args;
    const { length: count } = training.rasters;
    if (old && count !== old.data.images) {
      throw new UserError(
        `${path} has ${count} images to train on, but ${out} was trained on ${old.data.images}: these are not its data`,
        "contradicts-run",
      );
    }
    const captions = [training, validation].flatMap((images) => images?.captions ?? []);
    if (ownVectors && captions.length === 0) {
      throw new UserError(`${path} has no captions to make vectors of`);
    }
    if (name === "values" && captions.length > 0)
      io.log("the model values is told classes alone: captions are left out");
    const own = old || !ownVectors ? undefined : await captionVectors(ownVectors);
    const vectors = await vectorsFor(old?.words ?? own, captions);
    const config = old
      ? { ...old, plan }
      : await createRun(io.ranks.rank === 0 ? out : memoryStore(out), training, {
          ...{ model, fit, seed, path, plan, captions: own ?? told },
          language: args.lossless
            ? {
                ...{ wavelet, lossless: true, vocabulary: language, reading, color },
                order: learnedOrder({ wavelet, vocabulary: language }),
              }
            : { wavelet, finest, vocabulary: language, reading, color },
          ...(args.classDropout !== undefined && { classDropout: args.classDropout }),
          ...(args.textDropout !== undefined && { textDropout: args.textDropout }),
          ...(size !== undefined && { size }),
        });
    const { samples } = imageFiles(out);
    const { sampling } = await recommendedSampling(out, config);
    const trained = await runTraining(
      io,
      { ...args, engine },
      {
        ...{ command: "ondelette image train", config, old },
        model: imageTrainable(config, training, {
          validation,
          vectors,
          samples,
          sampling,
          ...engine,
        }),
      },
    );
    return trainingResult(out, trained, "images");
  },
});

/** Whether the language of a new run goes coefficient by coefficient, as the model `values` needs. */
function byCoefficient(args: {
  readonly lossless?: boolean | undefined;
  readonly wavelet?: ImageWavelet | undefined;
  readonly language?: Vocabulary | undefined;
}): boolean {
  const { lossless = false, wavelet = "haar", language: vocabulary = "blocks" } = args;
  return lossless && learnedOrder({ wavelet, vocabulary }) === "coefficients";
}

/** The options given and what the run has in their place. */
function contradictions(
  args: Readonly<Record<string, unknown>>,
  model: ModelChoice,
  {
    language,
    fit,
    width,
    height,
    classDropout = 0,
    textDropout = 0,
    seed,
    words,
    model: own,
  }: ImageConfig,
): Parameters<typeof checkResume>[1] {
  const square = width === height ? width : undefined;
  const from: Partial<Record<"encoder" | "tokenizer" | "embeddings", string>> =
    words?.kind === "vectors" ? words.from : {};
  return {
    model: [args.model, own.name],
    overrides: [
      isDeepStrictEqual(model.options, own.options) ? undefined : args.overrides,
      JSON.stringify(own.options),
    ],
    size: [args.size, square],
    fit: [args.fit, fit],
    color: [args.color, language.color ?? "gray"],
    wavelet: [args.wavelet, language.wavelet],
    finest: [args.finest, language.finest],
    lossless: [args.lossless || undefined, language.lossless],
    language: [args.language, language.vocabulary ?? "blocks"],
    reading: [args.reading, language.reading ?? "A"],
    classDropout: [args.classDropout, classDropout],
    textDropout: [args.textDropout, textDropout],
    seed: [args.seed, seed],
    captions: [args.captions, words ? "read" : "ignore"],
    textEncoder: [args.textEncoder, from.encoder],
    tokenizer: [args.tokenizer, from.tokenizer],
    embeddings: [args.embeddings, from.embeddings],
  };
}

/** The options of a model, the run's own or the defaults, with the changes that `--overrides` says. */
function withOverrides(
  name: ModelName,
  json: string | undefined,
  old: BuiltInImageConfig | undefined,
): ModelChoice {
  const choice = old?.model.name === name ? old.model : defaultModel(name);
  if (json === undefined) return choice;
  let changes: unknown;
  try {
    changes = JSON.parse(json);
  } catch {
    throw new UserError(`--overrides must be JSON such as {"width":384}, not ${json}`);
  }
  try {
    return { name, options: changed(choice.options, changes) } as ModelChoice;
  } catch (error) {
    if (!(error instanceof CheckError)) throw error;
    throw new UserError(`--overrides of the model ${name}: ${error.message}`);
  }
}
