import { classifierConfig } from "../classify/classifierConfig.ts";
import type { Guess } from "../classify/guess.ts";
import type { ReadoutName } from "../classify/readout.ts";
import { buildClassifier } from "../classify/run.ts";
import type { Task } from "../classify/task.ts";
import type { TaskChoice } from "../classify/taskChoice.ts";
import { classifierMeasure, classifierTrainable } from "../classify/trainable.ts";
import type { MixingTable } from "../mixings.ts";
import type { SequenceOptions } from "../run.ts";
import type { MixingSubject } from "./compareMixings.ts";

/** Classifiers on one task. */
export interface ClassifierComparison {
  readonly choice: TaskChoice;
  /** The task for a seed: its examples to train on may depend on it, those of the validation part do not. */
  readonly taskOf: (seed: number) => Promise<Task>;
  readonly options: Omit<SequenceOptions, "mixing" | "peak" | "dropout">;
  /** How features become those of a sequence; that of `usualClassifiers` by default. */
  readonly readout?: ReadoutName | undefined;
  /** What guessing comes to: the table says it. */
  readonly guess?: Guess;
  /** Mixings that are not built in. */
  readonly own?: MixingTable;
}

/** Validation examples of a point of a curve: enough for a standard error of 3 points. */
const watched = 256;

/** Classifiers, compared by their right answers of the validation part. */
export const classifierSubject = ({
  choice,
  taskOf,
  options,
  readout,
  guess,
  own,
}: ClassifierComparison): MixingSubject => ({
  ...{ name: choice.name, measure: classifierMeasure(options.batch) },
  ...(guess && { guess }),
  async prepare(mixing, { rate, seed, plan }) {
    const task = await taskOf(seed);
    const config = classifierConfig(task, {
      ...{ task: choice, seed, plan, ...(readout && { readout }) },
      options: { ...options, mixing, peak: rate },
    });
    const training = { ...config.options, watched };
    return { config, model: classifierTrainable(buildClassifier(config, own), task, training) };
  },
});
