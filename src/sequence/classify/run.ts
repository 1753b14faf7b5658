import { UserError } from "../../errors/userError.ts";
import { layoutOf, type ParameterLayout } from "../../nn/parameters.ts";
import type { Plan } from "../../train/plan.ts";
import {
  anything,
  type Check,
  CheckError,
  integer,
  list,
  object,
  text,
} from "../../train/run/checks.ts";
import { configCheck, type RunKind, type TrainedConfig } from "../../train/run/config.ts";
import { openRun, readConfig } from "../../train/run/runFolder.ts";
import type { Mixing } from "../mixing/mixing.ts";
import { type MixingTable, mixingOf } from "../mixings.ts";
import { optionChecks, requireEvenHeads, type SequenceOptions } from "../run.ts";
import { type ClassifierSize, classifierModel, exampleInputs } from "./classifier.ts";
import type { Task } from "./task.ts";
import { openTask, type TaskChoice, taskNames } from "./tasks.ts";

/** How many examples a task has, to tell whether its data have changed. */
interface ExampleCounts {
  readonly train: number | "endless";
  readonly valid: number;
}

/** `config.json` of a classifier's run: everything it is made from, resolved. */
export interface ClassifierConfig extends TrainedConfig {
  readonly kind: "classifier";
  readonly format: 2;
  readonly task: TaskChoice;
  readonly options: SequenceOptions;
  readonly symbols: number;
  readonly classNames: readonly string[];
  readonly data: ExampleCounts;
}

/** The model that a configuration describes. */
export interface BuiltClassifier {
  readonly size: ClassifierSize;
  readonly mixing: Mixing | undefined;
  readonly layout: ParameterLayout;
}

/** A trained run: its model, with its parameters. */
export interface ClassifierRun extends BuiltClassifier {
  readonly config: ClassifierConfig;
  readonly parameters: Float32Array<ArrayBuffer>;
}

/** A new run, before its data have been looked at. */
export interface ClassifierRequest {
  readonly task: TaskChoice;
  /** `context` is that of the longest example by default. */
  readonly options: Omit<SequenceOptions, "context"> & { readonly context?: number };
  readonly seed: number;
  readonly plan: Plan;
}

/** Runs of classifiers; `own` holds mixings that are not built in. */
export const classifierKind = (
  own: MixingTable = {},
): RunKind<ClassifierConfig, BuiltClassifier> => ({
  kind: "classifier",
  format: 2,
  check: configCheck("classifier", 2, {
    task: taskCheck,
    options: optionChecks,
    symbols: integer({ min: 1 }),
    classNames: list(text),
    data: object({ train: countCheck, valid: integer({ min: 0 }) }),
  }),
  build: (config) => buildClassifier(config, own),
});

/** A task's settings are checked when it is opened. */
const taskCheck: Check<TaskChoice> = (value, at) => {
  const { name } = object({ name: text, settings: anything })(value, at);
  if (!taskNames.some((known) => known === name)) {
    throw new CheckError(`${at}.name must be one of ${taskNames.join(", ")}, and is "${name}"`);
  }
  return value as TaskChoice;
};

const countCheck: Check<number | "endless"> = (value, at) =>
  value === "endless" ? value : integer({ min: 0 })(value, at);

/** The model of some options, for some symbols and classes; `own` holds mixings that are not built in. */
export function buildClassifier(
  { options, symbols, classNames }: Pick<ClassifierConfig, "options" | "symbols" | "classNames">,
  own: MixingTable = {},
): BuiltClassifier {
  const { layers, heads, width, context } = options;
  const size = { layers, heads, width, context, symbols, classes: classNames.length };
  const mixing = mixingOf(options.mixing, width, context, own);
  const inputs = exampleInputs({ batch: 1, context });
  return { size, mixing, layout: layoutOf((p) => classifierModel(p, inputs, size, mixing)) };
}

/**
 * Prepares a new run: opens the task. The configuration is returned, for `trainRun` to write. Throws UserError where the
 * data cannot be read, or the options do not fit them or each other.
 */
export async function createClassifier({
  task: choice,
  options,
  seed,
  plan,
}: ClassifierRequest): Promise<{ readonly config: ClassifierConfig; readonly task: Task }> {
  requireEvenHeads(options);
  const task = await openTask(choice, seed);
  const { symbols, classNames, longest } = task;
  const context = options.context ?? Math.max(2, longest); // a mixing needs two positions
  if (context < longest) {
    throw new UserError(
      `a context window of ${context} is too short for the ${longest} tokens of the longest example`,
      "sizes-do-not-fit",
    );
  }
  const config: ClassifierConfig = {
    kind: "classifier",
    format: 2,
    task: choice,
    options: { ...options, context },
    symbols,
    classNames,
    seed,
    data: countsOf(task),
    plan,
  };
  return { config, task };
}

const countsOf = ({ train, valid }: Task): ExampleCounts => ({
  train: Number.isFinite(train.count) ? train.count : "endless",
  valid: valid.count,
});

/** Opens the task of a run again. Throws UserError where its data are gone or have changed. */
export async function reopenTask(
  folder: string,
  { task: choice, seed, classNames, data }: ClassifierConfig,
): Promise<Task> {
  const task = await openTask(choice, seed);
  const now = JSON.stringify([task.classNames, countsOf(task)]);
  if (now !== JSON.stringify([classNames, data])) {
    throw new UserError(
      `the examples that ${folder} was trained on have changed; make a new run`,
      "contradicts-run",
    );
  }
  return task;
}

/** Reads a run's configuration. Throws UserError where the folder is not a classifier's run, or a key is wrong. */
export const readClassifierConfig = (folder: string): Promise<ClassifierConfig> =>
  readConfig(classifierKind(), folder);

/** A trained classifier, with its parameters. Throws UserError where something is missing, damaged or of another model. */
export async function openClassifier(
  folder: string,
  own: MixingTable = {},
): Promise<ClassifierRun> {
  const { config, model, parameters } = await openRun(classifierKind(own), folder);
  return { config, ...model, parameters };
}
