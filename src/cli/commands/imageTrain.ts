import { stat } from "node:fs/promises";
import { drawCurve } from "../../image/curve.ts";
import { defaultModel, modelNames } from "../../image/models.ts";
import { readConfig, runFiles } from "../../image/run.ts";
import { createRun, trainRun } from "../../image/train.ts";
import type { Plan } from "../../train/plan.ts";
import { UserError } from "../../userError.ts";
import { waveletNames } from "../../wavelets/wavelet.ts";
import { defineCommand, type Io } from "../command.ts";
import { readHeldOut, readImages } from "../readImages.ts";

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
    model: { type: "choice", choices: modelNames, default: "ondelette", help: "model" },
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
    wavelet: { type: "choice", choices: waveletNames, default: "haar", help: "wavelet" },
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
    seed: { type: "integer", default: 1, help: "what chance begins with" },
    threads: { type: "integer", min: 1, help: "processor threads; by default one per core" },
    overrides: {
      type: "string",
      placeholder: "JSON",
      help: 'options of the model to change, such as {"width":384}',
    },
    resume: { type: "boolean", help: "continue the run in --out" },
  },
  examples: [
    "ondelette image train --data ../shared/data/mnist --out runs/mnist --minutes 30",
    "ondelette image train --data photos --size 128 --fit crop --out runs/photos --steps 20000",
    "ondelette image train --data ../shared/data/mnist --out runs/mnist --minutes 60 --resume",
  ],
  async run(args, io) {
    const { out, data, resume, threads } = args;
    const plan = planOf(args.steps, args.minutes);
    const exists = await stat(runFiles(out).config).then(
      () => true,
      () => false,
    );
    if (resume && !exists) throw new UserError(`${out} is no run to resume: it has no config.json`);
    if (exists && !resume) {
      throw new UserError(
        `${out} holds a run already; add --resume to continue it, or name another`,
      );
    }
    const old = exists ? await readConfig(out) : undefined;
    const form = {
      color: (old?.language.colour ?? args.color) === "gray" ? "gray" : "rgb",
      fit: old?.fit ?? args.fit,
      ...(old ? { size: old.width } : args.size !== undefined && { size: args.size }),
    } as const;
    const images = await readImages(data, "train", form, io);
    const heldOut = await readHeldOut(data, form, io);
    if (!old) {
      await createRun(out, images, {
        model: withOverrides(args.model, args.overrides),
        language: {
          wavelet: args.wavelet,
          finest: args.finest,
          vocabulary: args.language,
          reading: args.reading,
          colour: args.color,
        },
        ...(args.size !== undefined && { size: args.size }),
        fit: args.fit,
        seed: args.seed,
        path: data,
        plan,
      });
    }

    const total = "steps" in plan ? plan.steps : { seconds: 60 * plan.minutes };
    let progress: ReturnType<Io["progress"]> | undefined;
    const result = await trainRun(
      out,
      images,
      old && !args.steps && !args.minutes ? old.plan : plan,
      {
        ...(threads !== undefined && { threads }),
        signal: io.signal,
        heldOut,
        log: io.log,
        report({ step }, _, text) {
          progress ??= io.progress({ label: "training", unit: "steps", total, start: step });
          progress.update(step, text);
        },
      },
    );
    progress?.finish();
    const curve = await drawCurve(out);
    io.print(
      `${out}: ${result.step} steps on ${result.images} images in ${result.seconds.toFixed(0)} s, ` +
        `${result.parameters} parameters, ${result.bitsPerImage.toFixed(1)} bits per training image` +
        (result.heldOutBitsPerImage === undefined
          ? ""
          : `, ${result.heldOutBitsPerImage.toFixed(1)} held out`),
    );
    io.print(`curve: ${curve}`);
    return { run: out, curve, ...result };
  },
});

function planOf(steps: number | undefined, minutes: number | undefined): Plan {
  if (steps !== undefined && minutes !== undefined) {
    throw new UserError("give --steps or --minutes, not both");
  }
  return steps !== undefined ? { steps } : { minutes: minutes ?? 10 };
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
  // The same name keeps its own options: checked by key above.
  return { ...choice, options: { ...choice.options, ...changes } } as typeof choice;
}
