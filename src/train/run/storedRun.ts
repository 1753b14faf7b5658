import { type MetricRecord, metricLine, parseMetrics } from "../../data/files/metrics.ts";
import { UserError } from "../../errors/userError.ts";
import type { ParameterLayout } from "../../nn/parameters.ts";
import { encodeCheckpoint } from "../checkpoint.ts";
import { type Elapsed, nothingDone, type Plan, progressOf } from "../plan.ts";
import { stateNames } from "../steps/openSteps.ts";
import { type Journal, type Trained, type TrainOptions, train } from "../train.ts";
import type { Trainable, Values } from "../trainable.ts";
import type { RunConfig, TrainedConfig } from "./config.ts";
import { continueFrom, samePlan } from "./resume.ts";
import { type RunStore, readAnyConfig, readText, runNames, writeConfig } from "./runStore.ts";
import { difference } from "./sameJson.ts";
import { bareKey, isValidationKey, validationKey } from "./validationKey.ts";

/** How a training is kept. */
export interface StoredOptions
  extends Omit<TrainOptions, "journal" | "seed" | "parts" | "syncEvery"> {
  /** Seconds between checkpoints; 30 by default. */
  readonly saveEvery?: number;
}

const usualSaveEvery = 30;

/**
 * Trains a model to the end of `config.plan` and keeps its files in a store: from the latest checkpoint where there is one,
 * else from the start. A plan longer than the one before continues from where the learning rate began to fall, and ends with
 * the same bits as if it had been the plan from the start. Writes `config.json`, `metrics.jsonl`, checkpoints and
 * `result.json`. Throws UserError where the store holds another run (`contradicts-run`), or the plan is too short to continue
 * it (`plan-done`).
 */
export async function trainStored(
  store: RunStore,
  config: TrainedConfig,
  model: Trainable,
  { saveEvery, ...options }: StoredOptions = {},
): Promise<Trained> {
  const { plan, seed } = config;
  const { journal, finish } = await keepTraining(store, config, model, saveEvery);
  const trained = await train(model, plan, { ...options, ...sharingOf(config), seed, journal });
  await finish(trained);
  return trained;
}

/** How a run shares its batches: a run without a word of it takes one batch of the model in a step. */
export const sharingOf = ({ batching: { parts = 1, syncEvery } = {} }: TrainedConfig) => ({
  ...{ parts, syncEvery },
});

/** A training whose files are kept: where it starts, and what keeps it. */
export interface KeptTraining {
  readonly journal: Journal;
  /** Keeps how it ended. */
  finish(trained: Trained): Promise<void>;
}

/**
 * Opens the files of a training: checks that they are of the run that `config` describes, finds the state to continue from,
 * and writes the configuration. Throws UserError where it is another run (`contradicts-run`), or the plan is too short to
 * continue it (`plan-done`).
 */
export async function keepTraining(
  store: RunStore,
  config: TrainedConfig,
  model: Trainable,
  saveEvery = usualSaveEvery,
): Promise<KeptTraining> {
  // Throws where there is not enough memory: now, before there are files of a run.
  void new Float32Array(model.layout.size);
  const { plan } = config;
  const old = await existingPlan(store, config);
  const start = await continueFrom(store, old ?? plan, plan, {
    ...{ layout: model.layout, decayFrom: model.rate.decayFrom },
    arenaNames: stateNames(model.optimizer, config.batching?.syncEvery),
  });
  await writeConfig(store, config);

  const after = start ? start.step : -1;
  const records = parseMetrics((await readText(store, runNames.metrics)) ?? "");
  const before = records.filter(({ step }) => step <= after);
  await store.write(runNames.metrics, before.map(metricLine).join(""));
  const journal: Journal = {
    start,
    saveEvery,
    metrics: await resultAt(store, start?.step),
    validation: withoutPrefix(lastValues(before, isValidationKey)),
    record(elapsed, values, of) {
      const named = of === "training" ? values : withPrefix(values);
      const record: MetricRecord = { ...recordOf(elapsed, model), ...named };
      return store.append(runNames.metrics, metricLine(record));
    },
    save: (kind, state) => store.write(runNames[kind], encodeCheckpoint(model.layout, state)),
  };
  return { journal, finish: (trained) => writeResult(store, resultOf(trained)) };
}

/** What keeps parameters in the place of a checkpoint: a file of the run, and what `result.json` says of it. */
export interface KeptFile {
  readonly file: string;
  readonly content: Uint8Array;
  readonly metrics: Values;
}

/**
 * Keeps a run whose parameters were computed without training, as a checkpoint or as a file of its own, with its `scores` as
 * `result.json`. Throws UserError as {@link keepTraining} does.
 */
export async function keepSolved(
  store: RunStore,
  config: RunConfig,
  layout: ParameterLayout,
  solution: Float32Array<ArrayBuffer> | KeptFile,
  { seconds, ...scores }: Values & { readonly seconds: number },
): Promise<void> {
  await existingPlan(store, config);
  await writeConfig(store, config);
  const isFile = "file" in solution;
  if (isFile) await store.write(solution.file, solution.content);
  else {
    const checkpoint = { ...nothingDone, seconds, arenas: { parameters: solution } };
    await store.write(runNames.latest, encodeCheckpoint(layout, checkpoint));
  }
  const result = { ...nothingDone, seconds, parameters: layout.size, interrupted: false };
  const metrics = isFile ? solution.metrics : {};
  await writeResult(store, { ...result, metrics, validation: scores });
}

/**
 * Whether a store holds the finished training that `config` describes, to the end of the same plan. Throws UserError
 * (`contradicts-run`) where it holds another run.
 */
export async function isKept(store: RunStore, config: TrainedConfig): Promise<boolean> {
  const { plan } = config;
  const old = await existingPlan(store, config);
  if (!old || !samePlan(old, plan)) return false;
  const { step, seconds, interrupted } = await readResult(store);
  return (
    interrupted === false &&
    typeof step === "number" &&
    typeof seconds === "number" &&
    progressOf(plan, { step, seconds }) >= 1
  );
}

/** `result.json`; empty where there is none, or it is damaged: the checkpoint says how far the training is. */
async function readResult(store: RunStore): Promise<Readonly<Record<string, unknown>>> {
  try {
    const result: unknown = JSON.parse((await readText(store, runNames.result)) ?? "{}");
    return Object(result);
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

const writeResult = (store: RunStore, result: object): Promise<void> =>
  store.write(runNames.result, `${JSON.stringify(result, undefined, 2)}\n`);

/** What `result.json` says: how far a training came, and its numbers with it. */
const resultOf = ({
  step,
  seconds,
  examples,
  layout,
  metrics,
  validation,
  pace,
  interrupted,
}: Trained) => ({
  ...{ step, seconds, examples, parameters: layout.size, interrupted, metrics, pace, validation },
});

/** The plan of the run that is kept, if there is one. Throws UserError where it is another run than `config` describes. */
async function existingPlan(store: RunStore, config: RunConfig): Promise<Plan | undefined> {
  if ((await store.read(runNames.config)) === undefined) return undefined;
  const { plan, ...old } = withoutPath(await readAnyConfig(store));
  const { plan: _, ...now } = withoutPath(JSON.parse(JSON.stringify(config)));
  const other = difference(old, now);
  if (other !== undefined) {
    const [was, is] = [other.was, other.is].map((value) => JSON.stringify(value)?.slice(0, 80));
    throw new UserError(
      `${store.name} holds a run with ${other.key} ${was}, not ${is}; name another folder for a new run`,
      "contradicts-run",
    );
  }
  return plan as Plan | undefined;
}

/** A configuration without the path of its data, which is for the record and may be written in many ways. */
function withoutPath(config: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return { ...config, data: { ...Object(config.data), path: undefined } };
}

/** The metrics that a training ended with at a step; none where it ended at another. */
async function resultAt(store: RunStore, step: number | undefined): Promise<Values> {
  if (step === undefined) return {};
  const result = await readResult(store);
  return result.step === step ? (Object(result.metrics) as Values) : {};
}

/** What every record says: how far the training is. */
const recordOf = ({ step, examples, seconds }: Elapsed, model: Pick<Trainable, "examples">) => ({
  ...{ step, [model.examples]: examples, seconds },
});

const withPrefix = (values: Values): Values =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [validationKey(key), value]));

const withoutPrefix = (values: Values): Values =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [bareKey(key), value]));

/** The last number on record for each key. */
function lastValues(
  records: readonly Readonly<Record<string, unknown>>[],
  wanted: (key: string) => boolean,
): Values {
  const last: Record<string, number> = {};
  for (const record of records) {
    for (const [key, value] of Object.entries(record)) {
      if (wanted(key) && typeof value === "number") last[key] = value;
    }
  }
  return last;
}
