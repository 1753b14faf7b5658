import type { Tensor } from "../../graph/index.ts";
import type { Optimizer } from "./optimizer.ts";

/** The slot that holds averaged parameters. A model that has it is validated, sampled and exported with them. */
export const averageSlot = "average";

export interface AverageOptions {
  /** Part of the average that is kept at a step, from 0 to 1: it reaches back over about `1 / (1 - decay)` steps. */
  readonly decay: number;
  /**
   * How far back the average reaches at first: over about one in `warmup` of all steps so far, until `decay` limits it; 10 by
   * default. A short training is thus averaged over its end alone.
   */
  readonly warmup?: number;
}

/**
 * An optimizer that also keeps an exponential moving average of the parameters (Polyak & Juditsky 1992), in the slot
 * {@link averageSlot}; the steps themselves are those of `optimizer`, bit for bit. At step t the average keeps
 * `β_t = min(decay, (1 - 1/t)^warmup)` of itself. As β_1 = 0, it holds nothing of the parameters before training and needs no
 * correction for its bias; while the second term is the smaller one, it is the power-function average of Karras et al. (2024).
 *
 * @example
 * ```ts
 * const model = trainable({ loss, batch, optimizer: averaged(adamw(), { decay: 0.999 }) });
 * ```
 */
export function averaged(optimizer: Optimizer, { decay, warmup = 10 }: AverageOptions): Optimizer {
  if (!(decay >= 0 && decay < 1))
    throw new RangeError(`an average needs a decay from 0 to below 1, not ${decay}`);
  return {
    slots: [...optimizer.slots, averageSlot],
    update({ slots, ...update }) {
      const average = slots.at(-1)!; // the last slot
      const next = optimizer.update({ ...update, slots: slots.slice(0, -1) });
      const kept = keptAt(update.step, warmup).minimum(decay);
      const moved = next.parameters.sub(average).mul(kept.neg().add(1));
      return { parameters: next.parameters, slots: [...next.slots, average.add(moved)] };
    },
  };
}

/** `(1 - 1/t)^warmup`, 0 at the first step. */
const keptAt = (step: Tensor, warmup: number): Tensor => step.pow(-1).neg().add(1).pow(warmup);

/** The arena of parameters that a model is used with: their average, where there is one. */
export const usedParameters = <Arena>({
  [averageSlot]: average,
  parameters,
}: Readonly<Record<string, Arena>>): Arena => (average ?? parameters)!; // all have parameters
