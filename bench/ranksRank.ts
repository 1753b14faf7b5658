/** A rank of `npm run bench -- ranks`: trains by itself and together with the other by turns; rank 0 prints the rounds as JSON. */
import { createRandom } from "../src/data/random/random.ts";
import { alone, openMpi } from "../src/mpi/index.ts";
import { train } from "../src/train/train.ts";
import type { Trainable } from "../src/train/trainable.ts";
import { deviceCases } from "./deviceCases.ts";

/** Examples per second of both ranks, each by itself and together, and the shares of rank 0's time together. */
export interface Round {
  readonly apart: number;
  readonly together: number;
  readonly moving: number;
  readonly waiting: number;
}

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
const plan = { minutes: Number(seconds) / 60 };

/** Examples per second of a training for some time, of this rank. */
async function speed(isTogether: boolean) {
  await ranks.exchange(Float64Array.of(0)); // both begin at once
  // From the end of the second step, since the first ones take memory.
  const marks: { readonly examples: number; readonly at: number }[] = [];
  let examples = 0;
  const until = (): boolean => {
    examples += size * (isTogether ? ranks.size : 1);
    marks.push({ examples, at: performance.now() / 1000 });
    return false;
  };
  const how = { ranks: isTogether ? ranks : alone, threads: 1, seed: 1, until };
  const { pace } = await train(model, plan, how);
  const [from, to] = [marks[1]!, marks.at(-1)!]; // there are more steps
  return { rate: (to.examples - from.examples) / (to.at - from.at), pace };
}

const rounds: Round[] = [];
for (let round = 0; round < Number(count); round++) {
  const each = await ranks.exchange(Float64Array.of((await speed(false)).rate));
  const { rate, pace } = await speed(true);
  const { moving = 0, waiting = 0 } = pace;
  rounds.push({ apart: each.reduce((a, b) => a + b), together: rate, moving, waiting });
}
if (ranks.rank === 0) console.log(JSON.stringify({ parameters: model.layout.size, rounds }));
