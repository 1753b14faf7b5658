import { UserError } from "../../errors/userError.ts";
import type { Plan } from "../../train/plan.ts";
import { type RunPlace, storeOf } from "../../train/run/runFolder.ts";
import type { MixingTable } from "../mixings.ts";
import { requireEvenHeads, type SequenceOptions } from "../run.ts";
import type { ClassifierConfig, ClassifierRun, ExampleCounts } from "./run.ts";
import * as stored from "./run.ts";
import type { Task } from "./task.ts";
import type { TaskChoice } from "./taskChoice.ts";
import { openTask } from "./tasks.ts";

/** A new run, before its data have been looked at. */
export interface ClassifierRequest {
  readonly task: TaskChoice;
  /** `context` is that of the longest example by default. */
  readonly options: Omit<SequenceOptions, "context"> & { readonly context?: number };
  readonly seed: number;
  readonly plan: Plan;
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
export const readClassifierConfig = (place: RunPlace): Promise<ClassifierConfig> =>
  stored.readClassifierConfig(storeOf(place));

/** A trained classifier, with its parameters. Throws UserError where something is missing, damaged or of another model. */
export const openClassifier = (place: RunPlace, own: MixingTable = {}): Promise<ClassifierRun> =>
  stored.openClassifier(storeOf(place), own);
