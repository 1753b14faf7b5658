import { resolve } from "node:path";
import { isFile } from "../../data/files/isFile.ts";
import { UserError } from "../../errors/userError.ts";
import { designNames } from "../../sequence/design.ts";
import { mixingNames } from "../../sequence/mixings.ts";
import type { Plan } from "../../train/plan.ts";
import type { TrainingProgress } from "../../train/train.ts";
import type { Advice, Io } from "../parser/command.ts";
import { flagOf, type Options, outputOption } from "../parser/options.ts";
import { engineOptions } from "./engineOptions.ts";

/** Options of every command that trains in a run folder. */
export const runOptions = {
  out: outputOption("run folder to make, or to continue with --resume", "RUN"),
  resume: { type: "boolean", help: "continue the run in --out from its last checkpoint" },
  resumeIfExists: {
    type: "boolean",
    help: "the same where --out holds a run, else begin it: one command for jobs that are started again",
  },
  seed: {
    type: "integer",
    min: 0,
    max: Number.MAX_SAFE_INTEGER,
    otherwise: "1",
    help: "random seed",
  },
  ...engineOptions,
  nice: {
    type: "integer",
    min: -40,
    max: 40,
    otherwise: "0",
    help: "what is added to the process's niceness, so that others of the machine go first",
  },
  saveEvery: {
    type: "number",
    min: 0,
    max: 86_400,
    default: 30,
    help: "seconds between checkpoints",
  },
  tensorboard: { type: "boolean", help: "also write TensorBoard event files, in RUN/tensorboard" },
} as const satisfies Options;

/** Options of trainings that several processes can share. */
export const rankOptions = {
  parts: {
    type: "integer",
    min: 1,
    max: 1e6,
    otherwise: "one for each process of mpiexec",
    help: "batches in one step, whose gradients are averaged, by one process or by several",
  },
  syncEvery: {
    type: "integer",
    min: 1,
    max: 1e9,
    otherwise: "average the gradients of every step",
    help: "steps that each part takes by itself before all are averaged (DiLoCo), for slow networks",
  },
  shardOptimizer: {
    type: "boolean",
    help: "with mpiexec: keep the optimizer's state in shards, one on each process, for large models",
  },
} as const satisfies Options;

/** The option `steps` of a training. */
export const stepsOption = {
  type: "integer",
  min: 1,
  max: 1e12,
  otherwise: "train for a time",
  help: "steps to train in total; a number of steps is repeatable to the bit",
} as const;

/** The option `minutes` of a training. */
export const minutesOption = (minutes: number) =>
  ({
    type: "number",
    min: 0.01,
    max: 1e6,
    otherwise: `${minutes} unless --steps is given`,
    help: "minutes to train in total",
  }) as const;

/** Sizes of a sequence model, where none are given. */
export const usualSize = { layers: 4, width: 128, heads: 4, context: 128, batch: 16 } as const;

/** Options for the size of a sequence model. */
export const sizeOptions = {
  layers: { type: "integer", min: 1, max: 1000, otherwise: "4", help: "transformer blocks" },
  width: {
    type: "integer",
    min: 1,
    max: 65_536,
    otherwise: "128",
    help: "features of a position",
  },
  heads: { type: "integer", min: 1, max: 1024, otherwise: "4", help: "attention heads" },
  context: {
    type: "integer",
    min: 2,
    max: 1e6,
    otherwise: "128",
    help: "tokens of the context window",
  },
  batch: { type: "integer", min: 1, max: 1e6, otherwise: "16", help: "windows in a batch" },
} as const satisfies Options;

/** Mixing and learning rate, where none are given. */
export const usualMixing = { mixing: "haar-8", design: "rotary", rate: 0.01 } as const;

/** Options for the mixing and the learning rate of a sequence model. */
export const mixingOptions = {
  mixing: {
    type: "string",
    placeholder: "NAMES",
    otherwise: usualMixing.mixing,
    help: `what sees earlier positions beside attention, or several, separated by commas: ${mixingNames.join(", ")}`,
  },
  design: {
    type: "choice",
    choices: designNames,
    otherwise: usualMixing.design,
    help: "how the transformer is built: rotary positions, norms of queries and keys, squared ReLU; or as GPT-2",
  },
  rate: {
    type: "number",
    min: 1e-9,
    max: 1e3,
    otherwise: "0.01",
    help: "highest learning rate",
  },
} as const satisfies Options;

/** Advice for errors of every training. */
export const trainingAdvice: Advice = { "plan-done": "give a larger --steps or --minutes" };

/** Advice for errors of trainings of sequence models. */
export const sequenceAdvice: Advice = {
  ...trainingAdvice,
  diverged: "--rate sets it in a new run",
};

/** Which run is trained, and whether it may be there already. */
interface Begin {
  readonly out: string;
  readonly resume: boolean;
  readonly resumeIfExists: boolean;
}

/**
 * Whether a training continues the run in `out`, whose configuration would be the file `config`. Throws UserError where
 * there is nothing to resume, or a run exists and neither `resume` nor `resumeIfExists` was given.
 */
export async function isResumed(
  { ranks }: Pick<Io, "ranks">,
  { out, resume, resumeIfExists }: Begin,
  config: string,
): Promise<boolean> {
  const exists = await isFile(config);
  await ranks.exchange(new Float64Array(1)); // no rank writes before all have looked
  if (resumeIfExists) return exists;
  if (resume && !exists) {
    throw new UserError(`${out} cannot be resumed: it has no config.json`);
  }
  if (exists && !resume) {
    throw new UserError(
      `${out} already holds a run; add --resume to continue it, or name another folder`,
      "already-exists",
    );
  }
  return exists;
}

/**
 * Refuses options that contradict the run that is resumed: for each option its value as given, `undefined` where it was not,
 * and the run's own.
 */
export function checkResume(
  out: string,
  options: Readonly<Record<string, readonly [given: unknown, own: unknown]>>,
): void {
  for (const [name, [given, own]] of Object.entries(options)) {
    if (given === undefined || JSON.stringify(given) === JSON.stringify(own)) continue;
    const was = own === undefined ? "without it" : `with ${own}`;
    throw new UserError(
      `${flagOf(name)} ${given} contradicts ${out}, which was made ${was}; leave it out, or train a new run in another folder`,
      "contradicts-run",
    );
  }
}

/** A path as given and the run's own, for {@link checkResume}: the same where both lead to one place. */
export const paths = (given: string | undefined, own: unknown) =>
  [
    given,
    given !== undefined && typeof own === "string" && resolve(given) === resolve(own) ? given : own,
  ] as const;

/** A progress bar over a plan, which begins where the training does. */
export function trainingProgress(io: Io, plan: Plan) {
  let progress: ReturnType<Io["progress"]> | undefined;
  return {
    report({ step, seconds, text }: TrainingProgress): void {
      progress ??= io.progress({
        ...{ label: "training", unit: "steps", start: step - 1 },
        total:
          "steps" in plan
            ? plan.steps
            : { seconds: 60 * plan.minutes, before: Math.max(0, seconds) },
      });
      progress.update(step, text);
    },
    finish: (): void => progress?.finish(),
  };
}

/** Progress bars of trainings one after another: a new one for each name. */
export function progressByName(io: Io) {
  let progress: ReturnType<Io["progress"]> | undefined;
  let current: string | undefined;
  return {
    report(name: string, share: number, text: string): void {
      if (name !== current) {
        progress?.finish();
        progress = io.progress({ label: name, total: 1 });
        current = name;
      }
      progress?.update(share, text);
    },
    finish: (): void => progress?.finish(),
  };
}
