/**
 * Training: plans, schedules, one loop for all models, checkpoints, run folders. A model gives a {@link Trainable}, and
 * {@link train} (in memory) or {@link trainRun} (in a folder) does the rest.
 */
export { type Checkpoint, readCheckpoint, writeCheckpoint } from "./checkpoint.ts";
export * as checks from "./checks.ts";
export { drawCurve } from "./curve.ts";
export { DivergedError } from "./diverged.ts";
export { exportFacts } from "./exportFacts.ts";
export { listRuns, type RunSummary } from "./listRuns.ts";
export { type Elapsed, type Plan, progressOf } from "./plan.ts";
export {
  configCheck,
  type OpenRun,
  openRun,
  type RunConfig,
  type RunKind,
  readAnyConfig,
  readConfig,
  runFiles,
  type TrainedConfig,
} from "./runFolder.ts";
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
export {
  type RunOptions,
  type TrainedRun,
  trainRun,
  writeRun,
} from "./trainRun.ts";
