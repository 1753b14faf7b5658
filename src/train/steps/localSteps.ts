import type { Communicator } from "../../mpi/communicator.ts";
import type { CompileOptions } from "../../runtime/compile.ts";
import type { Checkpoint } from "../checkpoint.ts";
import type { Trainable } from "../trainable.ts";
import { arenaNames } from "../trainer.ts";
import { openTrainers } from "../trainers.ts";
import { addInto } from "./addInto.ts";
import { createGathering, createSums, type Sums } from "./rankNumbers.ts";
import { type Parts, partsOf, type Steps } from "./steps.ts";

/** The arena of the outer optimizer's momentum. */
export const outerMomentum = "outerMomentum";

/** Rate and momentum of the outer step (Douillard et al. 2023). */
const [outerRate, momentum] = [0.7, 0.9];

export interface LocalOptions extends CompileOptions {
  /** Steps that a worker takes by itself between two outer steps. */
  readonly syncEvery: number;
}

/**
 * Steps for slow networks (DiLoCo, Douillard et al. 2023, arXiv 2311.08105): each of `count` workers takes `syncEvery` steps by
 * itself on its own batches; then the mean difference Δ of the workers' parameters from the common ones is fed to an outer
 * Nesterov step: m ← 0.9 m + Δ, θ ← θ − 0.7 (Δ + 0.9 m). The optimizer's state is averaged as well, so that after an
 * outer step all workers are the same and any number of ranks can go on: a rank takes the workers that fall to it one after
 * another.
 */
export function localSteps(
  model: Trainable,
  start: Checkpoint,
  { count, batchOf }: Parts,
  ranks: Communicator,
  { syncEvery, ...compileOptions }: LocalOptions,
): Steps {
  const { layout } = model;
  const names = arenaNames(model.optimizer);
  const gatherMeans = createGathering(ranks);
  const trainers = openTrainers(model, start, compileOptions);
  const zeros = () => new Float32Array(layout.size);
  const speed = Float32Array.from(start.arenas[outerMomentum] ?? zeros());
  const common: Checkpoint["arenas"] = copyOf(trainers.state());
  const sums = Object.fromEntries(names.map((name) => [name, zeros()]));

  /** The steps of one worker, from the common state; its state is added to the sums. */
  const work = async (
    worker: number,
    [first, last]: readonly [number, number],
    rateAt: (step: number) => number,
    numbers: Sums,
  ) => {
    for (let step = first; step <= last; step++) {
      const batch = await batchOf((step - 1) * count + worker + 1);
      const trainer = await trainers.of(batch.shape);
      if (step === first) trainer.restore(common, first - 1);
      numbers.add(await trainer.train(batch.feeds, rateAt(step)), batch.examples);
    }
    const state = trainers.state();
    for (const name of names) addInto(sums[name]!, state[name]!); // one for each name
  };
  /** The mean of the workers, and an outer step of the parameters. */
  const meet = async () => {
    for (const name of names) {
      const mean = sums[name]!; // one for each name
      await ranks.sum(mean);
      const known = common[name]!; // as well
      for (let i = 0; i < layout.size; i++) {
        const value = mean[i]! / count;
        if (name !== "parameters") known[i] = value;
        else {
          const difference = known[i]! - value;
          speed[i] = momentum * speed[i]! + difference;
          known[i]! -= outerRate * (difference + momentum * speed[i]!);
        }
      }
    }
  };

  return {
    prepare: async (step) => {
      const [part = 1] = partsOf(step, count, ranks);
      await trainers.of((await batchOf(part)).shape);
    },
    lastOfRound: (first) => Math.ceil(first / syncEvery) * syncEvery,
    async take(first, last, rateAt) {
      const begun = performance.now();
      for (const name of names) sums[name]!.fill(0); // one for each name
      const numbers = createSums();
      for (const part of partsOf(1, count, ranks)) {
        await work(part - 1, [first, last], rateAt, numbers); // parts of step 1 are numbered from 1
      }
      const seconds = (performance.now() - begun) / 1000;
      const taken = await gatherMeans(numbers.numbers(seconds));
      await meet();
      return taken;
    },
    state: async () => ({ ...common, [outerMomentum]: speed }),
    [Symbol.asyncDispose]: () => trainers[Symbol.asyncDispose](),
  };
}

const copyOf = (arenas: Checkpoint["arenas"]): Checkpoint["arenas"] =>
  Object.fromEntries(Object.entries(arenas).map(([name, arena]) => [name, arena.slice()]));
