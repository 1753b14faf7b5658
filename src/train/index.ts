/** The training loop and what it keeps: checkpoints, plans, schedules. */
export { type Checkpoint, readCheckpoint, writeCheckpoint } from "./checkpoint.ts";
export { type LoopOptions, trainingLoop } from "./loop.ts";
export { type Elapsed, type Plan, progressOf } from "./plan.ts";
export { warmupCosine, warmupStableDecay } from "./schedule.ts";
export { compileTrainer, initialize, type Objective, type Trainer } from "./trainer.ts";
