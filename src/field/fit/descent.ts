import type { Random } from "../../data/random/random.ts";
import { adamw } from "../../nn/optimizers/adamw.ts";
import type { CompileOptions } from "../../runtime/index.ts";
import { type StableOptions, warmupStableDecay } from "../../train/schedule.ts";
import { compileTrainer, type Trainer } from "../../train/trainer.ts";
import type { BuiltField } from "../run.ts";
import { pointsOf, type Signal } from "../signal/signal.ts";
import { leastSquares, pointBatches } from "./leastSquares.ts";

/** Adam as published, without decay. */
export const optimizer = adamw({ beta2: 0.999, weightDecay: 0 });

/** The learning rate holds for a fifth of the plan, then falls to 2 %. */
export const rateOf = (peak: number): StableOptions => ({
  peak,
  warmup: 0,
  decayFrom: 0.2,
  floor: 0.02,
});

export interface DescentOptions extends CompileOptions {
  /** Highest learning rate. */
  readonly peak: number;
  /** Points of a step; all of them where there are fewer. */
  readonly batch: number;
  /** Decides the order of points. */
  readonly random: Random;
}

/** A field being fitted to a signal by least squares. */
export interface Descent extends AsyncDisposable {
  readonly trainer: Trainer<never>;
  /**
   * Does step `step` (from 1), before which a fraction `progress` of the plan is done. `loss` is the mean square error of
   * the step's points before it; it is not finite once the fit has diverged.
   */
  step(
    step: number,
    progress: number,
  ): Promise<{ readonly loss: number; readonly gradientNorm: number; readonly examples: number }>;
}

/** Compiles the steps of a fit; its parameters are to be restored into the trainer. */
export async function openDescent(
  field: BuiltField,
  signal: Signal,
  { peak, batch: most, random, ...options }: DescentOptions,
): Promise<Descent> {
  const rate = { ...rateOf(peak), warmup: field.family.warmup ?? 0 };
  const batch = Math.min(most, pointsOf(signal.size));
  const batches = pointBatches(signal, batch, random.fork("points"));
  const trainer = await compileTrainer(leastSquares(field, batch), {
    ...{ ...options, optimizer, clip: 1 },
  });
  return {
    trainer,
    step: async (step, progress) => ({
      ...(await trainer.train(batches(step), warmupStableDecay(step, progress, rate))),
      examples: batch,
    }),
    [Symbol.asyncDispose]: () => trainer.close(),
  };
}
