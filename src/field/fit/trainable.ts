import { adamw } from "../../nn/optimizers/adamw.ts";
import type { Trainable } from "../../train/trainable.ts";
import { openMovingEvaluator } from "../evaluate/evaluate.ts";
import type { Init, TrainedFamily } from "../family.ts";
import type { BuiltField } from "../field.ts";
import { pointBatches } from "../points.ts";
import { decibels, quality } from "../signal/quality.ts";
import { coordinatesOf, pointsOf, type Signal } from "../signal/signal.ts";
import { leastSquares } from "./leastSquares.ts";
import { startOf } from "./start.ts";

/** Adam as published, without decay. */
export const optimizer = adamw({ beta2: 0.999, weightDecay: 0 });

export interface FieldTraining {
  /** Highest learning rate. */
  readonly peak: number;
  /** Points of a step; all of them where there are fewer. */
  readonly batch: number;
  /** Where atoms start, in the families that have atoms; on the signal's maxima by default. */
  readonly init?: Init;
  /** Receives the signal's samples by the parameters of each validation, `[…size, channels]`. */
  readonly onValues?: (values: Float32Array<ArrayBuffer>) => void;
}

/** A field in training: least squares on points of a signal. Validation is on all samples. */
export function fieldTrainable(
  field: BuiltField<TrainedFamily>,
  signal: Signal,
  { peak, batch: most, init = "maxima", onValues }: FieldTraining,
): Trainable {
  const { family, layout } = field;
  const batch = Math.min(most, pointsOf(signal.size));
  return {
    ...{ layout, optimizer },
    // The rate holds for a fifth of the plan, then falls to 2 %.
    rate: { peak, warmup: family.warmup ?? 0, decayFrom: 0.2, floor: 0.02 },
    examples: "points",
    measure: {
      ...{ key: "psnr", unit: "dB", digits: 2, higherIsBetter: true },
      of: ({ loss = Number.NaN }) => decibels(loss),
    },
    start: (random) => startOf(field, signal, random, init),
    objective: (points) => leastSquares(field, points),
    batches(random) {
      const batchOf = pointBatches(signal, batch, random.fork("points"));
      return (step) => ({ shape: batch, feeds: batchOf(step), examples: batch });
    },
    async validator(options) {
      const evaluator = await openMovingEvaluator(field, options);
      const points = coordinatesOf(signal.size);
      return {
        async score(parameters) {
          const values = await evaluator.values(points, parameters);
          onValues?.(values);
          const { psnr } = quality(signal, { ...signal, values });
          return { psnr: psnr > Number.NEGATIVE_INFINITY ? psnr : Number.NaN };
        },
        [Symbol.asyncDispose]: () => evaluator[Symbol.asyncDispose](),
      };
    },
  };
}
