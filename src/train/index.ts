/**
 * Training: plans, schedules, one loop for all models, checkpoints, run folders. A model gives a {@link Trainable}, and
 * {@link train} (in memory) or {@link trainRun} (in a folder) does the rest.
 */

// What browsers have as well; a name that stands here too is another in Node.
export * from "./browser.ts";
export { readCheckpoint, readParameters, writeCheckpoint } from "./checkpointFile.ts";
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
export { type RunOptions, type TrainedRun, trainRun, writeRun } from "./run/trainRun.ts";
