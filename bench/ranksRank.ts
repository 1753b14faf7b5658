/** A rank of `npm run bench -- ranks`: trains by itself and together with the other by turns; rank 0 prints the rounds as JSON. */
import { createRandom } from "../src/data/random/random.ts";
import { alone, openMpi } from "../src/mpi/index.ts";
import { type TrainOptions, train } from "../src/train/train.ts";
import type { Trainable } from "../src/train/trainable.ts";
import { deviceCases } from "./deviceCases.ts";

/**
 * The ways to train: each rank by itself; the same, but each step begins when both ranks are there; together; together with the
 * optimizer in shards.
 */
export const ways = ["apart", "in step", "together", "in shards"] as const;

/** Examples per second of both ranks, and the shares of rank 0's time. */
export interface Measured {
  readonly rate: number;
  readonly moving: number;
  readonly waiting: number;
}
export type Round = Readonly<Record<(typeof ways)[number], Measured>>;

const [name = "", seconds = "", count = ""] = process.argv.slice(2);
const { model: some } = await deviceCases[name]!(); // the bench names it
const model: Trainable = {
  ...some,
  rate: { peak: 1e-3, warmup: 10, decayFrom: 0.5, floor: 0.1 },
  examples: "tokens",
  measure: { key: "loss", unit: "nats/token", of: ({ loss = Number.NaN }) => loss },
};
await using ranks = await openMpi();
const { examples: size } = await model.batches(createRandom(1))(1);

/** A model whose batches are there when both ranks ask for one. */
const inStep: Trainable = {
  ...model,
  batches(random) {
    const batchOf = model.batches(random);
    return async (number) => {
      await ranks.exchange(new Float64Array(1));
      return batchOf(number);
    };
  },
};

const how: { readonly [W in (typeof ways)[number]]: readonly [Trainable, TrainOptions] } = {
  apart: [model, { ranks: alone }],
  "in step": [inStep, { ranks: alone }],
  together: [model, { ranks }],
  "in shards": [model, { ranks, shardOptimizer: true }],
};

/** Trains for some time. The two ranks take as many steps in all ways but apart, where the time decides. */
async function measure(way: (typeof ways)[number], steps: number | undefined): Promise<Measured> {
  await ranks.exchange(Float64Array.of(0)); // both begin at once
  // From the end of the second step, since the first ones take memory.
  const marks: number[] = [];
  const until = (): boolean => {
    marks.push(performance.now() / 1000);
    return false;
  };
  const [trained, options] = how[way];
  const plan = steps === undefined ? { minutes: Number(seconds) / 60 } : { steps };
  const { pace } = await train(trained, plan, { ...options, threads: 1, seed: 1, until });
  const own = (size * (marks.length - 2)) / (marks.at(-1)! - marks[1]!); // there are more steps
  const all = await ranks.exchange(Float64Array.of(own));
  const { moving = 0, waiting = 0 } = pace;
  return { rate: all.reduce((a, b) => a + b), moving, waiting };
}

const rounds: Round[] = [];
for (let round = 0; round < Number(count); round++) {
  const apart = await measure("apart", undefined);
  const each = await ranks.exchange(Float64Array.of((apart.rate * Number(seconds)) / size / 2));
  const steps = Math.max(4, Math.floor(each[0]!)); // the first rank's
  rounds.push({
    apart,
    "in step": await measure("in step", steps),
    together: await measure("together", steps),
    "in shards": await measure("in shards", steps),
  });
}
if (ranks.rank === 0) console.log(JSON.stringify({ parameters: model.layout.size, rounds }));
