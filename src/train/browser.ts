/**
 * `ondelette/train` in a browser: the files of a run lie in a {@link RunStore}, such as {@link memoryStore}, where Node has
 * folders.
 */
export {
  type Checkpoint,
  decodeCheckpoint,
  decodeParameters,
  encodeCheckpoint,
} from "./checkpoint.ts";
export type { Objective } from "./differentiate.ts";
export { DivergedError } from "./diverged.ts";
export { exportFacts } from "./exportFacts.ts";
export { type Elapsed, type Plan, progressOf } from "./plan.ts";
export { measuredStep } from "./planning/measuredStep.ts";
export { type ModelSize, memoryOf, type Scheme, schemes } from "./planning/memory.ts";
export {
  type Cluster,
  type LocalRounds,
  predictStep,
  type StepCost,
  type StepPrediction,
  usualUpdateSeconds,
} from "./planning/predictStep.ts";
export {
  type Predictions,
  type Reason,
  type Recommendation,
  recommend,
  type Wishes,
} from "./planning/recommend.ts";
export * as checks from "./run/checks.ts";
export { configCheck, type RunConfig, type RunKind, type TrainedConfig } from "./run/config.ts";
export {
  memoryStore,
  type OpenRun,
  openRun,
  type RunContent,
  type RunStore,
  readAnyConfig,
  readConfig,
  runNames,
} from "./run/runStore.ts";
export {
  keepSolved as writeRun,
  type StoredOptions as RunOptions,
  trainStored as trainRun,
} from "./run/storedRun.ts";
export type { RunState, Standing } from "./run/summary.ts";
export {
  type ScheduleOptions,
  type StableOptions,
  warmupCosine,
  warmupStableDecay,
} from "./schedule.ts";
export {
  type Journal,
  type Trained,
  type TrainingProgress,
  type TrainOptions,
  train,
} from "./train.ts";
export {
  type Batch,
  type Batches,
  type BatchShape,
  type Measure,
  type Rhythm,
  type Snapshots,
  type Trainable,
  type TrainableOptions,
  trainable,
  type Validator,
  type Values,
} from "./trainable.ts";
export {
  type Arenas,
  compileTrainer,
  initialize,
  type Trainer,
  type TrainerOptions,
} from "./trainer.ts";
