import { UserError } from "../../errors/userError.ts";
import { longRangeArena } from "../../sequence/classify/listops.ts";
import {
  buildClassifier,
  type ClassifierConfig,
  createClassifier,
  readClassifierConfig,
  reopenTask,
} from "../../sequence/classify/run.ts";
import type { Task } from "../../sequence/classify/task.ts";
import { type TaskChoice, type TaskName, taskNames } from "../../sequence/classify/tasks.ts";
import { classifierTrainable } from "../../sequence/classify/trainable.ts";
import { runFiles } from "../../train/runFolder.ts";
import { defineCommand } from "../parser/command.ts";
import { planOf } from "../shared/planOf.ts";
import { runTraining, trainingResult } from "../shared/runTraining.ts";
import { isResumed, mixingOptions, runOptions, sizeOptions } from "../shared/trainingOptions.ts";

/** Bytes of a text that are read where no context is given, as in Long Range Arena's shortest setting. */
const textBytes = 1000;

/** `ondelette sequence classify`: trains a classifier of whole sequences, with a mixing between its blocks. */
export const command = defineCommand({
  about:
    "Tasks after Long Range Arena: listops, brackets of digits such as [MAX 4 [SM 7 8 ] 1 ], whose value is one of ten " +
    "classes, drawn as they are needed; text, byte by byte, a folder of files for each class; image, pixel by pixel in 256 " +
    "grays, a folder of pictures for each class or files like those of MNIST. Makes a run folder: config.json, " +
    "metrics.jsonl, checkpoints, a curve. Ctrl-C saves and stops; --resume goes on exactly where the last checkpoint was.",
  options: {
    out: { type: "string", placeholder: "RUN", required: true, help: "run folder to make" },
    task: { type: "choice", choices: taskNames, default: "listops", help: "what to tell apart" },
    data: { type: "string", placeholder: "PATH", help: "of text and image: where the classes are" },
    ...mixingOptions,
    ...sizeOptions,
    width: { type: "integer", min: 1, default: 64, help: "features of a position" },
    context: {
      type: "integer",
      min: 2,
      help: `positions; by default those of the longest example (at most ${textBytes} bytes of a text)`,
    },
    batch: { type: "integer", min: 1, default: 32, help: "examples of a batch" },
    minLength: {
      type: "integer",
      min: 1,
      default: 10,
      help: "of listops: fewest tokens (501 in Long Range Arena)",
    },
    maxLength: {
      type: "integer",
      min: 1,
      max: 100_000,
      default: 100,
      help: "of listops: most tokens (1999 in Long Range Arena)",
    },
    examples: {
      type: "integer",
      min: 1,
      help: "of listops: so many to train on, over and over (96000 in Long Range Arena); else each is new",
    },
    side: { type: "integer", min: 1, max: 256, default: 16, help: "of image: side in pixels" },
    valid: { type: "integer", min: 1, default: 2000, help: "examples to validate by, at most" },
    steps: { type: "integer", min: 1, help: "steps to train, in all" },
    minutes: { type: "number", min: 0.01, help: "minutes to train, in all (5 if nothing is said)" },
    ...runOptions,
  },
  examples: [
    "ondelette sequence classify --out runs/listops --mixing haar --minutes 10",
    "ondelette sequence classify --out runs/long --min-length 501 --max-length 1999 --batch 4",
    "ondelette sequence classify --task image --data ../shared/data/mnist --side 14 --out runs/pixels",
    "ondelette sequence classify --task text --data reviews --context 1000 --out runs/reviews",
  ],
  async run(args, io) {
    const { out, resume } = args;
    const exists = await isResumed(out, runFiles(out).config, resume);
    const asked = planOf(args.steps, args.minutes);
    const old = exists ? await readClassifierConfig(out) : undefined;
    const plan = asked ?? old?.plan ?? { minutes: 5 };
    const open = async (): Promise<{ config: ClassifierConfig; task: Task }> => {
      if (old) return { config: { ...old, plan }, task: await reopenTask(out, old) };
      const { mixing, layers, width, heads, context, batch, rate: peak, seed } = args;
      const size = { layers, width, heads, ...(context !== undefined && { context }) };
      const options = { mixing, ...size, batch, peak };
      return createClassifier({ task: choiceOf(args), options, seed, plan });
    };
    const { config, task } = await open();
    const trained = await runTraining(io, args, {
      ...{ command: "ondelette sequence classify", config },
      model: classifierTrainable(buildClassifier(config), task, config.options),
    });
    const classes = task.classNames.length;
    return { ...trainingResult(out, trained, "examples"), classes };
  },
});

interface TaskArgs {
  readonly task: TaskName;
  readonly data: string | undefined;
  readonly minLength: number;
  readonly maxLength: number;
  readonly examples: number | undefined;
  readonly context: number | undefined;
  readonly side: number;
  readonly valid: number;
}

/** The task that a person asks for. */
function choiceOf(args: TaskArgs): TaskChoice {
  const { task: name, data: path, minLength, maxLength, examples, side, valid } = args;
  if (name === "listops") {
    if (path !== undefined) {
      throw new UserError("--task listops draws its own expressions and takes no --data");
    }
    if (minLength > maxLength) {
      throw new UserError(`--min-length ${minLength} is more than --max-length ${maxLength}`);
    }
    const settings = { ...longRangeArena, minLength, maxLength, valid };
    return { name, settings: { ...settings, ...(examples !== undefined && { examples }) } };
  }
  if (path === undefined) throw new UserError(`--task ${name} needs --data`);
  if (name === "image") return { name, settings: { path, side, valid } };
  return { name, settings: { path, longest: args.context ?? textBytes, valid } };
}
