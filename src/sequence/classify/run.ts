import { join } from "node:path";
import { isFile } from "../../data/files/isFile.ts";
import { makeFolder } from "../../data/files/makeFolder.ts";
import { UserError } from "../../errors/userError.ts";
import { layoutOf, type ParameterLayout } from "../../nn/parameters.ts";
import { readCheckpoint } from "../../train/checkpoint.ts";
import type { Plan } from "../../train/plan.ts";
import { readRunConfig, runFilesOf, writeRunConfig } from "../../train/runFolder.ts";
import type { Mixing } from "../mixing/mixing.ts";
import { mixingOf } from "../mixings.ts";
import { requireEvenHeads, type SequenceOptions } from "../run.ts";
import { type ClassifierSize, classifierModel, exampleInputs } from "./classifier.ts";
import type { Task } from "./task.ts";
import { openTask, type TaskChoice } from "./tasks.ts";

/** How many examples a task has, to tell whether its data have changed. */
interface ExampleCounts {
  readonly train: number | "endless";
  readonly valid: number;
}

/** Everything a classifier's run is made from, resolved: `config.json` in its folder. */
export interface ClassifierConfig {
  /** Version of this file's form. */
  readonly format: 1;
  readonly task: TaskChoice;
  readonly options: SequenceOptions;
  readonly symbols: number;
  readonly classNames: readonly string[];
  readonly seed: number;
  readonly data: ExampleCounts;
  /** What the training was last asked for. */
  readonly plan: Plan;
}

/** The model that a configuration describes. */
export interface BuiltClassifier {
  readonly size: ClassifierSize;
  readonly mixing: Mixing | undefined;
  readonly layout: ParameterLayout;
}

/** A new run, before its data have been looked at. */
export interface ClassifierRequest {
  readonly task: TaskChoice;
  /** `context` is that of the longest example by default. */
  readonly options: Omit<SequenceOptions, "context"> & { readonly context?: number };
  readonly seed: number;
  readonly plan: Plan;
}

/** Names of a run's files. */
export const classifierFiles = (folder: string) => ({
  ...runFilesOf(folder),
  curve: join(folder, "accuracy.png"),
});

const command = "ondelette sequence listops";

export function buildClassifier({
  options,
  symbols,
  classNames,
}: Pick<ClassifierConfig, "options" | "symbols" | "classNames">): BuiltClassifier {
  const { layers, heads, width, context } = options;
  const size = { layers, heads, width, context, symbols, classes: classNames.length };
  const mixing = mixingOf(options.mixing, width, context);
  const inputs = exampleInputs({ batch: 1, context });
  return { size, mixing, layout: layoutOf((p) => classifierModel(p, inputs, size, mixing)) };
}

/**
 * Makes a run folder: opens the task, writes the configuration. Throws UserError where the data cannot be read, or the
 * options do not fit them or each other.
 */
export async function createClassifier(
  folder: string,
  { task: choice, options, seed, plan }: ClassifierRequest,
): Promise<{ readonly config: ClassifierConfig; readonly task: Task }> {
  requireEvenHeads(options);
  const task = await openTask(choice, seed);
  const { symbols, classNames, longest } = task;
  const context = options.context ?? Math.max(2, longest); // a mixing needs two positions
  if (context < longest) {
    throw new UserError(
      `--context ${context} is too short for the ${longest} tokens of an example; leave it out, or make examples shorter`,
    );
  }
  const config: ClassifierConfig = {
    format: 1,
    task: choice,
    options: { ...options, context },
    symbols,
    classNames,
    seed,
    data: countsOf(task),
    plan,
  };
  await makeFolder(folder);
  await writeClassifierConfig(folder, config);
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
    throw new UserError(`the examples that ${folder} was trained on have changed; make a new run`);
  }
  return task;
}

export const writeClassifierConfig = (folder: string, config: ClassifierConfig): Promise<void> =>
  writeRunConfig(folder, config);

/** Reads a run's configuration. Throws UserError where the folder is no run of a classifier. */
export const readClassifierConfig = (folder: string): Promise<ClassifierConfig> =>
  readRunConfig(folder, command, (config) => config.format === 1 && "task" in config);

/** A trained classifier, with its parameters. Throws UserError where something is missing, damaged or of another model. */
export async function openClassifier(folder: string): Promise<
  BuiltClassifier & {
    readonly config: ClassifierConfig;
    readonly parameters: Float32Array<ArrayBuffer>;
  }
> {
  const config = await readClassifierConfig(folder);
  const built = buildClassifier(config);
  const { latest } = classifierFiles(folder);
  if (!(await isFile(latest))) {
    throw new UserError(
      `${folder} has no checkpoint yet; ${command} --resume continues its training`,
    );
  }
  const { arenas } = await readCheckpoint(latest, built.layout, ["parameters"]);
  return { config, ...built, parameters: arenas.parameters! }; // asked for above
}
