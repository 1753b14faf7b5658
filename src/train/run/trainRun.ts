import { readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { writeFileAtomically } from "../../data/files/atomicWrite.ts";
import { isFile } from "../../data/files/isFile.ts";
import { openMetrics, readMetrics } from "../../data/files/jsonl.ts";
import { makeFolder } from "../../data/files/makeFolder.ts";
import { UserError } from "../../errors/userError.ts";
import type { ParameterLayout } from "../../nn/parameters.ts";
import { writeCheckpoint } from "../checkpoint.ts";
import { type Elapsed, nothingDone, type Plan, progressOf } from "../plan.ts";
import { type Journal, type Trained, type TrainOptions, train } from "../train.ts";
import type { Trainable, Values } from "../trainable.ts";
import { arenaNames } from "../trainer.ts";
import { drawCurve } from "./curve.ts";
import { lockRun } from "./lock.ts";
import { continueFrom, samePlan } from "./resume.ts";
import {
  type RunConfig,
  readAnyConfig,
  removeLitter,
  runFiles,
  type TrainedConfig,
  writeConfig,
} from "./runFolder.ts";
import { openEventFile } from "./tensorboard.ts";
import { bareKey, isValidationKey, validationKey } from "./validationKey.ts";

export interface RunOptions extends Omit<TrainOptions, "journal" | "seed"> {
  /** Seconds between checkpoints; 30 by default. */
  readonly saveEvery?: number;
  /** Whether to write TensorBoard's event files beside `metrics.jsonl`, in the folder `tensorboard`. */
  readonly tensorboard?: boolean;
}

/** How a training in a folder ended. */
export interface TrainedRun extends Trained {
  /** The chart of the metrics; absent where there is nothing to draw. */
  readonly curve?: string;
}

/**
 * Trains a model in a run folder to the end of `config.plan`: from its latest checkpoint where the folder has one, else from
 * the start. A plan longer than the one before continues from where the learning rate began to fall, and ends with the same
 * bits as if it had been the plan from the start. Writes `config.json`, `metrics.jsonl`, checkpoints, the chart and
 * `result.json`. Throws UserError where another process trains there (`locked`), the folder holds another run
 * (`contradicts-run`), or the plan is too short to continue it (`plan-done`).
 */
export async function trainRun(
  folder: string,
  config: TrainedConfig,
  model: Trainable,
  { saveEvery = 30, tensorboard = false, ...options }: RunOptions = {},
): Promise<TrainedRun> {
  // Throws where there is not enough memory: now, before the folder holds a run.
  void new Float32Array(model.layout.size);
  await using _lock = await lockRun(folder);
  await removeLitter(folder);
  const files = runFiles(folder);
  const { plan, seed } = config;
  const old = await existingPlan(folder, config);
  await makeFolder(dirname(files.latest));
  const start = await continueFrom(old ?? plan, plan, {
    ...{ folder, files, layout: model.layout, decayFrom: model.rate.decayFrom },
    arenaNames: arenaNames(model.optimizer),
  });
  await writeConfig(folder, config);

  const after = start ? start.step : -1;
  const before = (await readMetrics(files.metrics)).filter(({ step }) => step <= after);
  await using metrics = await openMetrics(files.metrics, { after });
  await using events = tensorboard
    ? await openEventFile(files.tensorboard, start ? { after: start.step } : {})
    : null;
  const journal: Journal = {
    start,
    saveEvery,
    metrics: await resultAt(files.result, start?.step),
    validation: withoutPrefix(lastValues(before, isValidationKey)),
    async record(elapsed, values, of) {
      const named = of === "training" ? values : withPrefix(values);
      await metrics.append({ ...recordOf(elapsed, model), ...named });
      for (const [key, value] of events ? Object.entries(values) : []) {
        await events?.scalar(`${of}/${key}`, elapsed.step, value);
      }
    },
    save: (kind, state) => writeCheckpoint(files[kind], model.layout, state),
  };
  const trained = await train(model, plan, { ...options, seed, journal });
  const curve = await drawCurve(folder, model);
  await writeFileAtomically(files.result, `${JSON.stringify(resultOf(trained), undefined, 2)}\n`);
  return { ...trained, ...(curve !== undefined && { curve }) };
}

/**
 * Writes the folder of a run whose parameters were computed without training, with its `scores` as `result.json`. Throws
 * UserError as {@link trainRun} does.
 */
export async function writeRun(
  folder: string,
  config: RunConfig,
  layout: ParameterLayout,
  parameters: Float32Array<ArrayBuffer>,
  { seconds, ...scores }: Values & { readonly seconds: number },
): Promise<void> {
  await using _lock = await lockRun(folder);
  await removeLitter(folder);
  const files = runFiles(folder);
  await existingPlan(folder, config);
  await makeFolder(dirname(files.latest));
  await writeConfig(folder, config);
  await writeCheckpoint(files.latest, layout, { ...nothingDone, seconds, arenas: { parameters } });
  const result = { ...nothingDone, seconds, parameters: layout.size, interrupted: false };
  const text = JSON.stringify({ ...result, metrics: {}, validation: scores }, undefined, 2);
  await writeFileAtomically(files.result, `${text}\n`);
}

/** What `result.json` says: how far a training came, and its numbers with it. */
const resultOf = ({
  step,
  seconds,
  examples,
  layout,
  metrics,
  validation,
  interrupted,
}: Trained) => ({
  ...{ step, seconds, examples, parameters: layout.size, interrupted, metrics, validation },
});

/** The plan of the run in a folder, if there is one. Throws UserError where it is another run than `config` describes. */
async function existingPlan(folder: string, config: RunConfig): Promise<Plan | undefined> {
  if (!(await isFile(runFiles(folder).config))) return undefined;
  const { plan, ...old } = withoutPath(await readAnyConfig(folder));
  const { plan: _, ...now } = withoutPath(JSON.parse(JSON.stringify(config)));
  const other = difference(old, now);
  if (other !== undefined) {
    const [was, is] = [other.was, other.is].map((value) => JSON.stringify(value)?.slice(0, 80));
    throw new UserError(
      `${folder} holds a run with ${other.key} ${was}, not ${is}; name another folder for a new run`,
      "contradicts-run",
    );
  }
  return plan as Plan | undefined;
}

/** The first value in which two configurations differ, with its key (`options.width`); the order of keys does not matter. */
function difference(
  was: unknown,
  is: unknown,
  key = "",
): { readonly key: string; readonly was: unknown; readonly is: unknown } | undefined {
  if (isDeepStrictEqual(was, is)) return undefined;
  if (!isObject(was) || !isObject(is)) return { key, was, is };
  for (const inner of new Set([...Object.keys(was), ...Object.keys(is)])) {
    const found = difference(was[inner], is[inner], key === "" ? inner : `${key}.${inner}`);
    if (found) return found;
  }
  return undefined;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A configuration without the path of its data, which is for the record and may be written in many ways. */
function withoutPath(config: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return { ...config, data: { ...Object(config.data), path: undefined } };
}

/** The metrics that a training ended with at a step; none where it ended at another. */
async function resultAt(path: string, step: number | undefined): Promise<Values> {
  if (step === undefined || !(await isFile(path))) return {};
  const result = JSON.parse(await readFile(path, "utf8"));
  return result.step === step ? result.metrics : {};
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

/**
 * Whether a folder holds the finished training that `config` describes, to the end of the same plan. Throws UserError
 * (`contradicts-run`) where it holds another run.
 */
export async function isDone(folder: string, config: TrainedConfig): Promise<boolean> {
  const { plan } = config;
  const old = await existingPlan(folder, config);
  const { result: path } = runFiles(folder);
  if (!(old && samePlan(old, plan) && (await isFile(path)))) return false;
  const { step, seconds, interrupted } = JSON.parse(await readFile(path, "utf8"));
  return interrupted === false && progressOf(plan, { step, seconds }) >= 1;
}
