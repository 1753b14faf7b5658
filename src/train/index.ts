/**
 * Training: plans, schedules, one loop for all models, checkpoints, run folders. A model gives a {@link Trainable}, and
 * {@link train} (in memory) or {@link trainRun} (in a folder) does the rest.
 */
export {
  type Checkpoint,
  decodeCheckpoint,
  decodeParameters,
  encodeCheckpoint,
} from "./checkpoint.ts";
export { readCheckpoint, readParameters, writeCheckpoint } from "./checkpointFile.ts";
export { DivergedError } from "./diverged.ts";
export { exportFacts } from "./exportFacts.ts";
export { type Elapsed, type Plan, progressOf } from "./plan.ts";
export * as checks from "./run/checks.ts";
export { configCheck, type RunConfig, type RunKind, type TrainedConfig } from "./run/config.ts";
export { drawCurve } from "./run/curve.ts";
export { listRuns, type RunSummary } from "./run/listRuns.ts";
export {
  folderStore,
  openRun,
  type RunPlace,
  readAnyConfig,
  readConfig,
  runFiles,
} from "./run/runFolder.ts";
export {
  memoryStore,
  type OpenRun,
  type RunContent,
  type RunStore,
  runNames,
} from "./run/runStore.ts";
export type { RunState, Standing } from "./run/summary.ts";
export {
  type RunOptions,
  type TrainedRun,
  trainRun,
  writeRun,
} from "./run/trainRun.ts";
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
  type Objective,
  type Trainer,
  type TrainerOptions,
} from "./trainer.ts";
