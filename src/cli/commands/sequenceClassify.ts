import { checkOutput } from "../../data/files/checkOutput.ts";
import {
  createClassifier,
  readClassifierConfig,
  reopenTask,
} from "../../sequence/classify/createClassifier.ts";
import { buildClassifier, type ClassifierConfig } from "../../sequence/classify/run.ts";
import type { Task } from "../../sequence/classify/task.ts";
import { classifierTrainable } from "../../sequence/classify/trainable.ts";
import { mixingOf } from "../../sequence/mixings.ts";
import { runFiles } from "../../train/run/runFolder.ts";
import { defineCommand } from "../parser/command.ts";
import { beNice } from "../shared/beNice.ts";
import { engineOf } from "../shared/engineOptions.ts";
import { requireData } from "../shared/missingData.ts";
import { planOf } from "../shared/planOf.ts";
import { runTraining, trainingResult } from "../shared/runTraining.ts";
import {
  taskChoice,
  taskOption,
  taskOptions,
  textBytes,
  usualTaskDesign,
} from "../shared/taskOptions.ts";
import {
  checkResume,
  isResumed,
  minutesOption,
  mixingOptions,
  paths,
  rankOptions,
  runOptions,
  sequenceAdvice,
  sizeOptions,
  stepsOption,
  usualMixing,
  usualSize,
} from "../shared/trainingOptions.ts";

/** `ondelette sequence classify`: trains a classifier of whole sequences, with a mixing. */
export const command = defineCommand({
  about:
    "Tasks after Long Range Arena: listops, nested lists of digits such as [MAX 4 [SM 7 8 ] 1 ] with ten classes; text, " +
    "byte by byte, from a folder of files for each class; image, pixel by pixel in 256 gray levels, from a folder of " +
    "pictures for each class or from files like those of MNIST. Makes a run folder: config.json, metrics.jsonl, " +
    "checkpoints and a chart. Ctrl-C saves and stops; --resume continues exactly from the last checkpoint.",
  options: {
    task: { ...taskOption, otherwise: "listops" },
    data: {
      type: "string",
      placeholder: "PATH",
      otherwise: "listops draws its own",
      help: "with --task text or image: folder with the classes",
    },
    ...runOptions,
    ...rankOptions,
    steps: stepsOption,
    minutes: minutesOption(5),
    ...mixingOptions,
    design: { ...mixingOptions.design, otherwise: usualTaskDesign },
    ...sizeOptions,
    width: { ...sizeOptions.width, otherwise: "64" },
    context: {
      ...sizeOptions.context,
      otherwise: `the longest example, at most ${textBytes} bytes of a text`,
      help: "positions of the context window",
    },
    batch: { ...sizeOptions.batch, otherwise: "32", help: "examples in a batch" },
    ...taskOptions,
  },
  examples: [
    "ondelette sequence classify --out runs/listops --mixing haar --minutes 10",
    "ondelette sequence classify --out runs/long --min-length 501 --max-length 1999 --batch 4",
    "ondelette sequence classify --task image --data data/mnist --side 14 --out runs/pixels",
    "ondelette sequence classify --task text --data reviews --context 1000 --out runs/reviews",
  ],
  advice: {
    ...sequenceAdvice,
    "sizes-do-not-fit": "give a larger --context",
  },
  parallel: true,
  async run(args, io) {
    const engine = await engineOf(args, io);
    if (args.nice !== undefined) beNice(args.nice);
    const { out } = args;
    const exists = await isResumed(io, args, runFiles(out).config);
    const old = exists ? await readClassifierConfig(out) : undefined;
    if (args.data !== undefined) {
      await checkOutput(out, [args.data]);
      if (args.task === "text" || args.task === "image") await requireData(args.data);
    }
    if (old) {
      const { mixing, layers, width, heads, context, batch, peak } = old.options;
      const { design = "gpt2" } = old.options;
      const settings: Readonly<Record<string, unknown>> = { ...old.task.settings };
      checkResume(out, {
        ...{ task: [args.task, old.task.name], data: paths(args.data, settings.path) },
        ...{
          mixing: [args.mixing, mixing],
          design: [args.design, design],
          readout: [args.readout, old.readout ?? "last"],
          rate: [args.rate, peak],
          layers: [args.layers, layers],
        },
        ...{ width: [args.width, width], heads: [args.heads, heads], batch: [args.batch, batch] },
        ...{ context: [args.context, context], seed: [args.seed, old.seed] },
        ...{ side: [args.side, settings.side], valid: [args.valid, settings.valid] },
        minLength: [args.minLength, settings.minLength],
        maxLength: [args.maxLength, settings.maxLength],
        examples: [args.examples, settings.examples],
      });
    }
    const plan = planOf(args.steps, args.minutes) ?? old?.plan ?? { minutes: 5 };
    const open = async (): Promise<{ config: ClassifierConfig; task: Task }> => {
      if (old) return { config: { ...old, plan }, task: await reopenTask(out, old) };
      const { layers = usualSize.layers, width = 64, heads = usualSize.heads, context } = args;
      const { mixing = usualMixing.mixing, rate: peak = usualMixing.rate, batch = 32 } = args;
      mixingOf(mixing); // before anything is read
      const size = { layers, width, heads, ...(context !== undefined && { context }) };
      const { design } = args;
      const options = { mixing, ...(design && { design }), ...size, batch, peak };
      return createClassifier({
        task: taskChoice(args.task ?? "listops", args),
        options,
        ...(args.readout && { readout: args.readout }),
        seed: args.seed ?? 1,
        plan,
      });
    };
    const { config, task } = await open();
    const trained = await runTraining(
      io,
      { ...args, engine },
      {
        ...{ command: "ondelette sequence classify", config, old },
        model: classifierTrainable(buildClassifier(config), task, config.options),
      },
    );
    const classes = task.classNames.length;
    return { ...trainingResult(out, trained, "examples"), classes };
  },
});
