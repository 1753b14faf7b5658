import { alone, type Communicator } from "../../mpi/communicator.ts";
import type { Optimizer } from "../../nn/optimizers/optimizer.ts";
import type { CompileOptions } from "../../runtime/compile.ts";
import type { Checkpoint } from "../checkpoint.ts";
import type { Batches, Trainable } from "../trainable.ts";
import { arenaNames } from "../trainer.ts";
import { localSteps, outerMomentum } from "./localSteps.ts";
import { ownSteps } from "./ownSteps.ts";
import type { Parts, Steps } from "./steps.ts";
import { summedSteps } from "./summedSteps.ts";

/** How a step's batch is shared among ranks. */
export interface Sharing {
  /**
   * Batches of the model in one step, whose gradients are averaged: as many as there are ranks by default. The result does
   * not depend on the number of ranks but for rounding, so that a training can go on with more or fewer.
   */
  readonly parts?: number;
  /**
   * Steps that each part takes by itself before all are averaged (DiLoCo), for slow networks; without it the ranks meet in
   * every step.
   */
  readonly syncEvery?: number | undefined;
  /** Whether each rank keeps the optimizer's state of a part of the parameters only, for large models. */
  readonly shardOptimizer?: boolean | undefined;
}

/** Names of the arrays that a training keeps: parameters, the optimizer's state, and an outer optimizer's. */
export const stateNames = (optimizer: Optimizer, syncEvery?: number): readonly string[] => [
  ...arenaNames(optimizer),
  ...(syncEvery === undefined ? [] : [outerMomentum]),
];

/** The steps of a training from a checkpoint. */
export async function openSteps(
  model: Trainable,
  start: Checkpoint,
  batchOf: Batches,
  {
    ranks = alone,
    parts: count = ranks.size,
    syncEvery,
    shardOptimizer = false,
  }: Sharing & {
    readonly ranks?: Communicator;
  },
  options: CompileOptions,
): Promise<Steps> {
  const parts: Parts = { count, batchOf };
  if (syncEvery !== undefined) {
    return localSteps(model, start, parts, ranks, { ...options, syncEvery });
  }
  if (count === 1 && ranks.size === 1) return ownSteps(model, start, parts, options);
  return summedSteps(model, start, parts, ranks, { ...options, shardOptimizer });
}
