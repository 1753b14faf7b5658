import type { ParameterLayout } from "../../nn/parameters.ts";
import { type Journal, type Trained, train } from "../train.ts";
import type { Trainable, Values } from "../trainable.ts";
import type { RunConfig, TrainedConfig } from "./config.ts";
import { drawCurve } from "./curve.ts";
import { lockRun } from "./lock.ts";
import { folderStore, type RunPlace, removeLitter, runFiles, storeOf } from "./runFolder.ts";
import { checkSameRun } from "./sameRun.ts";
import {
  isKept,
  type KeptFile,
  type KeptTraining,
  keepSolved,
  keepTraining,
  type StoredOptions,
  sharingOf,
  trainStored,
} from "./storedRun.ts";
import { openEventFile } from "./tensorboard.ts";

export interface RunOptions extends StoredOptions {
  /** Whether to write TensorBoard's event files beside `metrics.jsonl`, in the folder `tensorboard`. */
  readonly tensorboard?: boolean;
}

/** How a training in a folder ended. */
export interface TrainedRun extends Trained {
  /** The chart of the metrics; absent where there is nothing to draw. */
  readonly curve?: string;
}

/**
 * Trains a model in a run folder, or where else its files are kept, to the end of `config.plan`: from its latest checkpoint where the folder has one, else from
 * the start. A plan longer than the one before continues from where the learning rate began to fall, and ends with the same
 * bits as if it had been the plan from the start. Writes `config.json`, `metrics.jsonl`, checkpoints, `result.json` and, in
 * a folder, the chart; of several ranks the first does, and all must call this. Throws UserError where another process trains there (`locked`), the folder holds another run
 * (`contradicts-run`), or the plan is too short to continue it (`plan-done`).
 */
export async function trainRun(
  place: RunPlace,
  config: TrainedConfig,
  model: Trainable,
  { tensorboard = false, ...rest }: RunOptions = {},
): Promise<TrainedRun> {
  if (typeof place !== "string") return trainStored(place, config, model, rest);
  const { plan, seed } = config;
  const { saveEvery, ...options } = rest;
  const sharing = sharingOf(config);
  if (options.ranks) await checkSameRun(options.ranks, config);
  if (options.ranks && options.ranks.rank > 0)
    return train(model, plan, { ...options, ...sharing, seed });
  // Throws where there is not enough memory: now, before the folder holds a run.
  void new Float32Array(model.layout.size);
  await using _lock = await lockRun(place);
  await removeLitter(place);
  const kept = await keepTraining(folderStore(place), config, model, saveEvery);
  await using events = tensorboard ? await eventsOf(place, kept) : null;
  const journal = events ? events.journal : kept.journal;
  const trained = await train(model, plan, { ...options, ...sharing, seed, journal });
  const curve = await drawCurve(place, model);
  await kept.finish(trained);
  return { ...trained, ...(curve !== undefined && { curve }) };
}

/** A journal that also writes TensorBoard's event files. */
async function eventsOf(
  folder: string,
  { journal }: KeptTraining,
): Promise<{ readonly journal: Journal } & AsyncDisposable> {
  const { start } = journal;
  const events = await openEventFile(
    runFiles(folder).tensorboard,
    start ? { after: start.step } : {},
  );
  return {
    journal: {
      ...journal,
      async record(elapsed, values, of) {
        await journal.record(elapsed, values, of);
        for (const [key, value] of Object.entries(values)) {
          await events.scalar(`${of}/${key}`, elapsed.step, value);
        }
      },
    },
    [Symbol.asyncDispose]: () => events.close(),
  };
}

/**
 * Writes a run whose parameters were computed without training, with its `scores` as `result.json`. Throws UserError as
 * {@link trainRun} does.
 */
export async function writeRun(
  place: RunPlace,
  config: RunConfig,
  layout: ParameterLayout,
  solution: Float32Array<ArrayBuffer> | KeptFile,
  scores: Values & { readonly seconds: number },
): Promise<void> {
  await using _lock = typeof place === "string" ? await lockRun(place) : null;
  if (typeof place === "string") await removeLitter(place);
  await keepSolved(storeOf(place), config, layout, solution, scores);
}

/**
 * Whether a folder holds the finished training that `config` describes, to the end of the same plan. Throws UserError
 * (`contradicts-run`) where it holds another run.
 */
export const isDone = (place: RunPlace, config: TrainedConfig): Promise<boolean> =>
  isKept(storeOf(place), config);
