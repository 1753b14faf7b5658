import type { CompileOptions } from "../../runtime/compile.ts";
import type { Checkpoint } from "../checkpoint.ts";
import type { Trainable } from "../trainable.ts";
import { openTrainers } from "../trainers.ts";
import type { Parts, Steps } from "./steps.ts";

/** Steps of one process on one batch each: gradient and optimizer in one session. */
export function ownSteps(
  model: Trainable,
  start: Checkpoint,
  { batchOf }: Pick<Parts, "batchOf">,
  options: CompileOptions,
): Steps {
  // Nobody else touches the state: it stays on a device that can keep it.
  const stays = options.device === "webgpu";
  const trainers = openTrainers(model, start, { ...options, stays });
  return {
    prepare: async (step) => void (await trainers.of((await batchOf(step)).shape)),
    lastOfRound: (first) => first,
    async take(first, _last, rateAt) {
      const batch = await batchOf(first);
      const trainer = await trainers.of(batch.shape);
      const begun = performance.now();
      const metrics = await trainer.train(batch.feeds, rateAt(first));
      const seconds = [(performance.now() - begun) / 1000];
      return { metrics, examples: batch.examples, losses: [metrics.loss ?? Number.NaN], seconds };
    },
    state: () => trainers.home(),
    [Symbol.asyncDispose]: () => trainers[Symbol.asyncDispose](),
  };
}
