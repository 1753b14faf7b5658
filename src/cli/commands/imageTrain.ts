import { UserError } from "../../errors/userError.ts";
import { imageWavelets } from "../../image/language/imageWavelets.ts";
import { defaultModel, modelNames } from "../../image/models.ts";
import { formOf, readConfig, runFiles } from "../../image/run.ts";
import { createRun } from "../../image/training/createRun.ts";
import { drawCurve } from "../../image/training/curve.ts";
import { trainRun } from "../../image/training/train.ts";
import { defineCommand } from "../parser/command.ts";
import { planOf } from "../shared/planOf.ts";
import { readHeldOut, readImages } from "../shared/readImages.ts";
import { isResumed, runOptions, trainingProgress } from "../shared/trainingOptions.ts";

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
      required: true,
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
    const { out, data, resume, threads } = args;
    const asked = planOf(args.steps, args.minutes);
    const exists = await isResumed(out, runFiles(out).config, resume);
    const old = exists ? await readConfig(out) : undefined;
    const plan = asked ?? old?.plan ?? { minutes: 10 };
    const form = old
      ? formOf(old)
      : ({
          color: args.color === "gray" ? "gray" : "rgb",
          fit: args.fit,
          ...(args.size !== undefined && { size: args.size }),
        } as const);
    const model = withOverrides(args.model, args.overrides);
    const images = await readImages(data, "train", form, io);
    const heldOut = await readHeldOut(data, form, io);
    if (!old) {
      await createRun(out, images, {
        model,
        language: {
          wavelet: args.wavelet,
          finest: args.finest,
          vocabulary: args.language,
          reading: args.reading,
          color: args.color,
        },
        ...(args.size !== undefined && { size: args.size }),
        fit: args.fit,
        seed: args.seed,
        path: data,
        plan,
      });
    }

    const progress = trainingProgress(io, plan);
    const result = await trainRun(out, images, plan, {
      ...(threads !== undefined && { threads }),
      signal: io.signal,
      heldOut,
      saveEvery: args.saveEvery,
      report: progress.report,
    });
    progress.finish();
    const curve = await drawCurve(out);
    io.print(
      `${out}: ${result.step} steps on ${result.images} images in ${result.seconds.toFixed(0)} s, ` +
        `${result.parameters} parameters` +
        told(result.bitsPerImage, "bits per training image") +
        told(result.heldOutBitsPerImage, "held out"),
    );
    io.print(`curve: ${curve}`);
    return { run: out, curve, ...result };
  },
});

function told(bits: number | undefined, what: string): string {
  return bits === undefined ? "" : `, ${bits.toFixed(1)} ${what}`;
}

function withOverrides(name: (typeof modelNames)[number], json: string | undefined) {
  const choice = defaultModel(name);
  if (json === undefined) return choice;
  let changes: unknown;
  try {
    changes = JSON.parse(json);
  } catch {
    throw new UserError(`--overrides must be JSON such as {"width":384}, not ${json}`);
  }
  const known = Object.keys(choice.options);
  const stray = Object.keys(changes ?? {}).find((key) => !known.includes(key));
  if (typeof changes !== "object" || changes === null || stray !== undefined) {
    throw new UserError(
      `--overrides: "${stray ?? json}" is no option of ${name}; it has ${known.join(", ")}`,
    );
  }
  for (const [key, value] of Object.entries(changes)) {
    const usual: unknown = choice.options[key as keyof typeof choice.options];
    const fits = typeof value === typeof usual && (typeof value !== "number" || value > 0);
    if (!fits) {
      const shown = [value, usual].map((x) => JSON.stringify(x));
      throw new UserError(
        `--overrides: ${key} cannot be ${shown[0]}; it is something like ${shown[1]}`,
      );
    }
  }
  // The same name keeps its own options: checked by key and type above.
  return { ...choice, options: { ...choice.options, ...changes } } as typeof choice;
}
