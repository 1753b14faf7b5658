import { layoutOf, type ParameterLayout } from "../../nn/parameters.ts";
import {
  anything,
  type Check,
  CheckError,
  integer,
  list,
  object,
  oneOf,
  optional,
  text,
} from "../../train/run/checks.ts";
import { configCheck, type RunKind, type TrainedConfig } from "../../train/run/config.ts";
import { openRun, type RunStore, readConfig } from "../../train/run/runStore.ts";
import type { Mixing } from "../mixing/mixing.ts";
import { type MixingTable, mixingOf } from "../mixings.ts";
import { optionChecks, type SequenceOptions } from "../run.ts";
import { type ClassifierSize, classifierModel, exampleInputs } from "./classifier.ts";
import { type ReadoutName, readoutNames } from "./readout.ts";
import { type TaskChoice, taskNames } from "./taskChoice.ts";

/** How many examples a task has, to tell whether its data have changed. */
export interface ExampleCounts {
  readonly train: number | "endless";
  readonly valid: number;
}

/** `config.json` of a classifier's run: everything it is made from, resolved. */
export interface ClassifierConfig extends TrainedConfig {
  readonly kind: "classifier";
  readonly format: 2;
  readonly task: TaskChoice;
  readonly options: SequenceOptions;
  /** How features become those of a sequence; the last token's by default. */
  readonly readout?: ReadoutName;
  readonly symbols: number;
  readonly classNames: readonly string[];
  readonly data: ExampleCounts;
}

/** The model that a configuration describes. */
export interface BuiltClassifier {
  readonly size: ClassifierSize;
  readonly mixing: Mixing;
  readonly layout: ParameterLayout;
}

/** A trained run: its model, with its parameters. */
export interface ClassifierRun extends BuiltClassifier {
  readonly config: ClassifierConfig;
  readonly parameters: Float32Array<ArrayBuffer>;
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
    readout: optional(oneOf(readoutNames)),
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
  {
    options,
    readout = "last",
    symbols,
    classNames,
  }: Pick<ClassifierConfig, "options" | "readout" | "symbols" | "classNames">,
  own: MixingTable = {},
): BuiltClassifier {
  const { layers, heads, width, context, design = "gpt2" } = options;
  const classes = classNames.length;
  const size = { layers, heads, width, context, design, symbols, classes, readout };
  const mixing = mixingOf(options.mixing, own);
  const inputs = exampleInputs({ batch: 1, context });
  return { size, mixing, layout: layoutOf((p) => classifierModel(p, inputs, size, mixing)) };
}

/** Reads a run's configuration. Throws UserError where it is not a classifier's run, or a key is wrong. */
export const readClassifierConfig = (store: RunStore): Promise<ClassifierConfig> =>
  readConfig(classifierKind(), store);

/** A trained classifier, with its parameters. Throws UserError where something is missing, damaged or of another model. */
export async function openClassifier(
  store: RunStore,
  own: MixingTable = {},
): Promise<ClassifierRun> {
  const { config, model, parameters } = await openRun(classifierKind(own), store);
  return { config, ...model, parameters };
}
