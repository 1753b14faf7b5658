import { join } from "node:path";
import { trainingsOf } from "../../compare/compare.ts";
import { checkOutput } from "../../data/files/checkOutput.ts";
import { fingerprintOf } from "../../data/files/fingerprint.ts";
import { UserError } from "../../errors/userError.ts";
import type { ClassifierRequest } from "../../sequence/classify/classifierConfig.ts";
import { guessOf } from "../../sequence/classify/guess.ts";
import type { TaskChoice } from "../../sequence/classify/taskChoice.ts";
import { openTask } from "../../sequence/classify/tasks.ts";
import { classifierSubject } from "../../sequence/compare/classifierSubject.ts";
import {
  compareMixings,
  type MixingArm,
  type MixingComparison,
  type MixingFit,
  type MixingSubject,
  mixingArms,
  trainArm,
} from "../../sequence/compare/compareMixings.ts";
import { mixingTable } from "../../sequence/compare/mixingTable.ts";
import { sequenceSubject } from "../../sequence/compare/sequenceSubject.ts";
import { fitCorpus } from "../../sequence/createSequence.ts";
import { kindNames } from "../../sequence/kinds.ts";
import { type MixingName, mixingNames } from "../../sequence/mixings.ts";
import { mixingVariants } from "../../sequence/variants.ts";
import { defineCommand, type Io } from "../parser/command.ts";
import { outputOption } from "../parser/options.ts";
import { armWork } from "../shared/armWork.ts";
import { engineOf, engineOptions } from "../shared/engineOptions.ts";
import { madeByFirst } from "../shared/firstRank.ts";
import { requireData } from "../shared/missingData.ts";
import { planOf } from "../shared/planOf.ts";
import { doWork, isAlone, sharingOptions } from "../shared/sharedWork.ts";
import { taskChoice, taskOption, taskOptions, usualTaskDesign } from "../shared/taskOptions.ts";
import {
  minutesOption,
  mixingOptions,
  progressByName,
  sequenceAdvice,
  sizeOptions,
  stepsOption,
  usualMixing,
} from "../shared/trainingOptions.ts";

/** `ondelette sequence compare`: trains models that differ in their mixing alone, and says which learn faster. */
export const command = defineCommand({
  about:
    "Every mixing tries each rate of --rates, then is trained with the best of them and --seeds seeds. The table " +
    "has mean and deviation, an interval over seeds, the share of steps and seconds saved until the baseline's final loss, and Welch's p-value. " +
    "Times are steps × measured step time; all variants are timed alternately so that load affects them equally. If " +
    "interrupted, run the same command again to continue.",
  options: {
    data: {
      type: "string",
      placeholder: "PATH",
      otherwise: "listops draws its own",
      help: "file or folder to train on",
    },
    kind: { type: "choice", choices: kindNames, otherwise: "--task", help: "kind of data" },
    task: { ...taskOption, otherwise: "none: models predict the next token of --kind" },
    out: outputOption("folder for runs and results", "FOLDER"),
    mixing: {
      type: "string",
      placeholder: "NAMES",
      otherwise: "all, each by itself",
      help: "mixings to compare, separated by slashes; commas stand between those that work together",
    },
    design: {
      ...mixingOptions.design,
      otherwise: `${usualMixing.design}; with --task: ${usualTaskDesign}`,
    },
    rates: {
      type: "string",
      placeholder: "RATES",
      default: "0.01",
      help: "learning rates to try, separated by commas",
    },
    seeds: {
      type: "integer",
      min: 1,
      max: 1000,
      default: 3,
      help: "random seeds: trainings of each",
    },
    ...sizeOptions,
    ...taskOptions,
    trialSteps: {
      type: "integer",
      min: 1,
      max: 1e12,
      otherwise: "the whole plan",
      help: "steps that a rate is tried for",
    },
    steps: {
      ...stepsOption,
      otherwise: "none; give --minutes instead",
      help: "steps of each training",
    },
    minutes: {
      ...minutesOption(0),
      otherwise: "none; give --steps instead",
      help: "minutes of each training",
    },
    ...engineOptions,
    ...sharingOptions,
  },
  examples: [
    "ondelette sequence compare --task listops --mixing none/haar --minutes 5 --out listops",
    "ondelette sequence compare --data data/tinyshakespeare --kind chars --mixing none/haar/haar-8,bigram --steps 1000 --out compared",
  ],
  advice: {
    ...sequenceAdvice,
    "sizes-do-not-fit":
      "give a smaller --context or more data, or, with --task, a larger --context",
  },
  parallel: true,
  async run(args, io) {
    const { data: path, out, seeds } = args;
    const plan = planOf(args.steps, args.minutes);
    if (!plan)
      throw new UserError("--steps or --minutes is missing: it says how long each training is");
    const all = mixingNames.filter((name) => args.task === undefined || name !== tokensAlone);
    const mixings = args.mixing === undefined ? all : mixingVariants(args.mixing);
    const rates = args.rates.split(",").map(Number);
    if (!rates.every((rate) => rate > 0)) {
      throw new UserError(`--rates ${args.rates} must be positive numbers separated by commas`);
    }
    await checkOutput(out, path === undefined ? [] : [path]);
    if (path !== undefined) await requireData(path);
    const { layers = 4, width = 128, heads = 4, context, batch = 16 } = args;
    const design = args.design ?? (args.task === undefined ? usualMixing.design : undefined);
    const options = { ...(design && { design }), layers, width, heads, batch };
    await using opened = await openSubject(args, { ...options, context }, io);
    const { subject } = opened;
    const comparison: MixingComparison = {
      ...{ subject, mixings, rates, seeds, plan },
      ...(args.trialSteps !== undefined && { trial: { steps: args.trialSteps } }),
    };
    const place = await engineOf(args, io);
    const engine = { ...place, signal: io.signal };

    const compared = async (known: readonly MixingFit[]) => {
      const progress = progressByName(io);
      const { report } = progress;
      const variants = await compareMixings(out, comparison, { ...engine, report }, known);
      progress.finish();
      io.print(mixingTable(variants, subject));
      io.print(`${join(out, "table.md")}, curves-step.svg, curves-seconds.svg`);
      return { out, variants: JSON.parse(JSON.stringify(variants)) };
    };
    if (isAlone(args, io)) return await compared([]);

    const work = armWork<MixingFit[], MixingArm>({
      arms: mixingArms(comparison),
      trainings: (arm) => trainingsOf(arm, { rates }),
      settings: {
        ...{ kind: args.kind, task: JSON.stringify(opened.choice), mixings, rates, seeds, plan },
        ...{ options, context, ...place, trialSteps: args.trialSteps, readout: args.readout },
        ...(path !== undefined && { data: await fingerprintOf(path) }),
      },
      run: (arm, report) => trainArm(out, comparison, arm, { ...engine, report }),
    });
    return await doWork(args, io, work, async (parts) => {
      const known: MixingFit[] = [];
      for await (const part of parts) known.push(...part);
      return compared(known);
    });
  },
});

/** The mixing that works on the loss of tokens alone, and is none where sequences are classified. */
const tokensAlone: MixingName = "multi-token";

type CompareArgs = Parameters<typeof command.run>[0];

/** What is compared; it holds the corpus open. */
interface OpenedSubject extends AsyncDisposable {
  readonly subject: MixingSubject;
  /** The task, where it is one of classifiers. */
  readonly choice?: TaskChoice;
}

/** Opens the corpus or the task that the options ask for. */
async function openSubject(
  args: CompareArgs,
  options: Omit<ClassifierRequest["options"], "mixing" | "peak" | "context"> & {
    readonly context: number | undefined;
  },
  io: Io,
): Promise<OpenedSubject> {
  const { kind: name, task: taskName, data: path, out } = args;
  if ((name === undefined) === (taskName === undefined)) {
    throw new UserError(
      "give --kind, to compare models of a corpus, or --task, to compare classifiers",
    );
  }
  if (taskName === undefined) {
    const { readout, minLength, maxLength, examples, side, valid } = args;
    const stray = Object.entries({ readout, minLength, maxLength, examples, side, valid }).find(
      ([, value]) => value !== undefined,
    );
    if (stray) {
      const option = stray[0].replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
      throw new UserError(`--${option} is for --task`);
    }
  }
  if (taskName !== undefined) {
    const choice = taskChoice(taskName, args);
    const first = 1;
    const task = await openTask(choice, first);
    const { context = Math.max(2, task.longest), ...sizes } = options; // a mixing needs two positions
    return {
      choice,
      subject: classifierSubject({
        ...{ choice, options: { ...sizes, context }, readout: args.readout },
        taskOf: async (seed) => (seed === first ? task : await openTask(choice, seed)),
        guess: await guessOf(task),
      }),
      [Symbol.asyncDispose]: async () => {},
    };
  }
  if (path === undefined || name === undefined) throw new UserError("--kind needs --data");
  const { context = 128, ...sizes } = options;
  const request = { path, kind: name, kindOptions: {}, options: { ...sizes, context } };
  const { signal, log: notice, ranks } = io;
  const prepare = () => fitCorpus(join(out, "corpus"), request, { signal, notice });
  let first: Awaited<ReturnType<typeof prepare>> | undefined;
  await madeByFirst(ranks, async () => {
    first = await prepare();
    return true;
  });
  const { kind, corpus } = first ?? (await prepare()); // other ranks find it prepared
  return {
    subject: sequenceSubject({ corpus, kind, path, options: request.options }),
    [Symbol.asyncDispose]: () => corpus[Symbol.asyncDispose](),
  };
}
