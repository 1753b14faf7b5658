import { UserError } from "../../errors/userError.ts";
import { imageWavelets } from "../../image/language/imageWavelets.ts";
import { defaultModel, type ModelChoice, type ModelName, modelNames } from "../../image/models.ts";
import { formOf, imageFiles, readImageConfig } from "../../image/run.ts";
import { createRun } from "../../image/training/createRun.ts";
import { imageTrainable } from "../../image/training/trainable.ts";
import { CheckError, changed } from "../../train/checks.ts";
import { defineCommand } from "../parser/command.ts";
import { planOf } from "../shared/planOf.ts";
import { readHeldOut, readImages } from "../shared/readImages.ts";
import { runTraining, trainingResult } from "../shared/runTraining.ts";
import { isResumed, runOptions } from "../shared/trainingOptions.ts";

/** `ondelette image train`: trains a model of the wavelet language on images. */
export const command = defineCommand({
  about:
    "Makes a run folder: config.json, metrics.jsonl, checkpoints, samples, a curve. Ctrl-C saves and stops; " +
    "--resume goes on exactly where the last checkpoint was. With --steps a run is repeatable to the bit, " +
    "and a run resumed with more steps equals one that was planned so from the start.",
  options: {
    data: {
      type: "string",
      placeholder: "PATH",
      help: "folder of images (sub-folders are classes), IDX file, or folder of MNIST files",
    },
    out: { type: "string", placeholder: "RUN", required: true, help: "run folder to make" },
    model: { type: "choice", choices: modelNames, default: "state", help: "model" },
    size: { type: "integer", min: 1, max: 4096, help: "side of the squares to model, in pixels" },
    fit: {
      type: "choice",
      choices: ["resize", "crop"],
      default: "resize",
      help: "how larger pictures become squares; crop cuts at random",
    },
    color: {
      type: "choice",
      choices: ["gray", "ycbcr"],
      default: "gray",
      help: "channels to model",
    },
    wavelet: { type: "choice", choices: imageWavelets, default: "haar", help: "wavelet" },
    finest: { type: "number", default: 0.125, help: "last threshold T_f, a power of two" },
    language: {
      type: "choice",
      choices: ["blocks", "trees"],
      default: "blocks",
      help: "token vocabulary",
    },
    reading: { type: "choice", choices: ["A", "B"], default: "A", help: "reading of the paper" },
    steps: { type: "integer", min: 1, help: "steps to train, in all" },
    minutes: {
      type: "number",
      min: 0.01,
      help: "minutes to train, in all (10 if nothing is said)",
    },
    overrides: {
      type: "string",
      placeholder: "JSON",
      help: 'options of the model to change, such as {"width":384}',
    },
    ...runOptions,
  },
  examples: [
    "ondelette image train --data ../shared/data/mnist --out runs/mnist --minutes 30",
    "ondelette image train --data photos --size 128 --fit crop --out runs/photos --steps 20000",
    "ondelette image train --data ../shared/data/mnist --out runs/mnist --minutes 60 --resume",
  ],
  async run(args, io) {
    const { out, data, resume } = args;
    const asked = planOf(args.steps, args.minutes);
    const exists = await isResumed(out, imageFiles(out).config, resume);
    const old = exists ? await readImageConfig(out) : undefined;
    const plan = asked ?? old?.plan ?? { minutes: 10 };
    const form = old
      ? formOf(old)
      : ({
          color: args.color === "gray" ? "gray" : "rgb",
          fit: args.fit,
          ...(args.size !== undefined && { size: args.size }),
        } as const);
    const model = withOverrides(args.model, args.overrides);
    const path = data ?? old?.data.path;
    if (path === undefined) throw new UserError("a new run needs --data");
    const images = await readImages(path, "train", form, io);
    const validation = await readHeldOut(path, form, io);
    const config = old
      ? { ...old, plan }
      : await createRun(out, images, {
          model,
          language: {
            wavelet: args.wavelet,
            finest: args.finest,
            vocabulary: args.language,
            reading: args.reading,
            color: args.color,
          },
          ...(args.size !== undefined && { size: args.size }),
          ...{ fit: args.fit, seed: args.seed, path, plan },
        });
    const { samples } = imageFiles(out);
    const engine = args.threads === undefined ? {} : { threads: args.threads };
    const trained = await runTraining(io, args, {
      ...{ command: "ondelette image train", config },
      model: imageTrainable(config, images, { validation, samples, ...engine }),
    });
    return trainingResult(out, trained, "images");
  },
});

/** The default options of a model with the changes that `--overrides` says. */
function withOverrides(name: ModelName, json: string | undefined): ModelChoice {
  const choice = defaultModel(name);
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
