import { createRandom } from "../../data/random/random.ts";
import type { CompileOptions } from "../../runtime/compile.ts";
import type { Trainable } from "../../train/trainable.ts";
import { arenaNames, initialize } from "../../train/trainer.ts";
import { openTrainers, type Trainers } from "../../train/trainers.ts";

const warmup = 3;
const rounds = 25;

/**
 * Seconds of a training step of each model, the median of many. The models take turns, one step each, so that a slow moment
 * of the machine affects all alike: seconds of trainings at different hours cannot be compared.
 */
export async function stepTimes(
  models: ReadonlyMap<string, Trainable>,
  { signal, ...options }: CompileOptions & { readonly signal: AbortSignal },
): Promise<Map<string, number>> {
  const open: Trainers[] = [];
  try {
    const timed: { name: string; step: () => Promise<unknown>; times: number[] }[] = [];
    for (const [name, model] of models) {
      const random = createRandom(1);
      const zeros = arenaNames(model.optimizer).map((arena) => [
        arena,
        new Float32Array(model.layout.size),
      ]);
      const parameters = initialize(model.layout, random) as Float32Array<ArrayBuffer>;
      const arenas = { ...Object.fromEntries(zeros), parameters };
      const trainers = openTrainers(model, { arenas, step: 0 }, options);
      open.push(trainers);
      const { shape, feeds } = await model.batches(random)(1);
      const trainer = await trainers.of(shape);
      timed.push({ name, times: [], step: () => trainer.train(feeds, 1e-3) });
    }
    for (let round = 0; round < warmup + rounds; round++) {
      for (const { step, times } of timed) {
        signal.throwIfAborted();
        const start = performance.now();
        await step();
        if (round >= warmup) times.push((performance.now() - start) / 1000);
      }
    }
    return new Map(timed.map(({ name, times }) => [name, median(times)]));
  } finally {
    for (const trainers of open) await trainers[Symbol.asyncDispose]();
  }
}

const median = (times: readonly number[]): number =>
  times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;
