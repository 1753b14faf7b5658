import { classifierConfig } from "../classify/classifierConfig.ts";
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
  /** The task, with the same examples for all seeds. */
  readonly task: Task;
  readonly options: Omit<SequenceOptions, "mixing" | "peak">;
  /** Mixings that are not built in. */
  readonly own?: MixingTable;
}

/** Classifiers, compared by their right answers of the validation part. */
export const classifierSubject = ({
  choice,
  task,
  options,
  own,
}: ClassifierComparison): MixingSubject => ({
  name: choice.name,
  measure: classifierMeasure(options.batch),
  prepare(mixing, { rate, seed, plan }) {
    const config = classifierConfig(task, {
      ...{ task: choice, seed, plan },
      options: { ...options, mixing, peak: rate },
    });
    return {
      config,
      model: classifierTrainable(buildClassifier(config, own), task, config.options),
    };
  },
});
