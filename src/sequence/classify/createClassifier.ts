import { UserError } from "../../errors/userError.ts";
import { type RunPlace, storeOf } from "../../train/run/runFolder.ts";
import type { MixingTable } from "../mixings.ts";
import {
  type ClassifierRequest,
  classifierConfig,
  countsOf,
  optionsOf,
} from "./classifierConfig.ts";
import type { ClassifierConfig, ClassifierRun } from "./run.ts";
import * as stored from "./run.ts";
import type { Task } from "./task.ts";
import { openTask } from "./tasks.ts";

/**
 * Prepares a new run: opens the task. The configuration is returned, for `trainRun` to write. Throws UserError where the
 * data cannot be read, or the options do not fit them or each other.
 */
export async function createClassifier(
  request: ClassifierRequest,
): Promise<{ readonly config: ClassifierConfig; readonly task: Task }> {
  optionsOf(request); // before anything is read
  const task = await openTask(request.task, request.seed);
  return { config: classifierConfig(task, request), task };
}

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
