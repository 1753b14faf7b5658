import { UserError } from "../../errors/userError.ts";
import type { Plan } from "../../train/plan.ts";
import { requireEvenHeads, type SequenceOptions } from "../run.ts";
import type { ReadoutName } from "./readout.ts";
import type { ClassifierConfig, ExampleCounts } from "./run.ts";
import type { Task } from "./task.ts";
import type { TaskChoice } from "./taskChoice.ts";
import { usualClassifiers } from "./usualClassifiers.ts";

/** A new run, before its data have been looked at. */
export interface ClassifierRequest {
  readonly task: TaskChoice;
  /** `context` is that of the longest example by default, and `design` that of {@link usualClassifiers}. */
  readonly options: Omit<SequenceOptions, "context" | "dropout"> & { readonly context?: number };
  /** How features become those of a sequence; that of {@link usualClassifiers} by default. */
  readonly readout?: ReadoutName;
  readonly seed: number;
  readonly plan: Plan;
}

/** The configuration of a new run on a task. Throws UserError where the options do not fit it or each other. */
export function classifierConfig(task: Task, request: ClassifierRequest): ClassifierConfig {
  const { task: choice, seed, plan } = request;
  const options = optionsOf(request);
  const { symbols, classNames, longest } = task;
  const context = options.context ?? Math.max(2, longest); // a mixing needs two positions
  if (context < longest) {
    throw new UserError(
      `a context window of ${context} is too short for the ${longest} tokens of the longest example`,
      "sizes-do-not-fit",
    );
  }
  return {
    kind: "classifier",
    format: 2,
    task: choice,
    options: { ...options, context },
    readout: request.readout ?? usualClassifiers[choice.name].readout,
    symbols,
    classNames,
    seed,
    data: countsOf(task),
    plan,
  };
}

/** The options of a new run, with the design that is usual for the task. Throws UserError where they do not fit each other. */
export function optionsOf({ task, options }: ClassifierRequest): ClassifierRequest["options"] {
  const { design = usualClassifiers[task.name].design } = options;
  const built = { ...options, design };
  requireEvenHeads(built);
  return built;
}

/** How many examples there are, to tell whether data have changed. */
export const countsOf = ({ train, valid }: Task): ExampleCounts => ({
  train: Number.isFinite(train.count) ? train.count : "endless",
  valid: valid.count,
});
