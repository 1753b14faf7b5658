/**
 * A process of `npm run bench -- plan`, alone or started by mpiexec: it measures the network, or trains the bench's GPT for some
 * steps, and rank 0 prints what was measured as JSON.
 */

import type { Communicator } from "../src/mpi/communicator.ts";
import { measureNetwork } from "../src/mpi/network/measureNetwork.ts";
import { openMpi } from "../src/mpi/openMpi.ts";
import { adamw } from "../src/nn/optimizers/adamw.ts";
import type { Scheme } from "../src/train/planning/memory.ts";
import { compileUpdate } from "../src/train/steps/updateSession.ts";
import { type TrainOptions, train } from "../src/train/train.ts";
import { trainable } from "../src/train/trainable.ts";
import { batch, gptStart, layout, objective } from "../test/gptStep.ts";
import { median, time } from "./measure.ts";

/** Steps that are not counted, and steps of a local round. */
const [warmup, syncEvery] = [10, 10];

/** What a training of a number of steps measured. */
export interface MeasuredSteps {
  /** Milliseconds of a step: the median over steps, of local ones over rounds. */
  readonly step: number;
  /** Milliseconds of processor time of rank 0 in a step: the mean. A machine that does other work besides hardly changes it. */
  readonly processor: number;
  /** The share of the time in which data moved, and in which rank 0 waited. */
  readonly moving: number;
  readonly waiting: number;
  /** Bytes of arrays that the training keeps. */
  readonly memory: number;
  /** Milliseconds of the optimizer and of the gradient's norm by themselves. */
  readonly update: number;
}

const schemeOptions: { readonly [S in Scheme]: TrainOptions } = {
  summed: {},
  sharded: { shardOptimizer: true },
  local: { syncEvery },
};

const model = trainable({
  loss: (p) => objective(p).loss,
  optimizer: adamw(),
  batchSize: batch,
  batch: () => gptStart().feeds,
});

async function trainSteps(
  ranks: Communicator,
  scheme: Scheme,
  count: number,
): Promise<MeasuredSteps> {
  const before = keptBytes();
  const times: number[] = [];
  let [last, lastStep, memory] = [0, 0, 0];
  let spent = ranks.spent();
  let begun = 0;
  let used = process.cpuUsage();
  await train(
    model,
    { steps: warmup + count },
    {
      ...{ ...schemeOptions[scheme], ranks, threads: 1 },
      report({ step }) {
        const now = performance.now();
        if (step > warmup) times.push((now - last) / (step - lastStep));
        if (step === warmup) {
          memory = keptBytes() - before;
          [spent, begun] = [ranks.spent(), performance.now()];
          used = process.cpuUsage();
        }
        [last, lastStep] = [step === warmup ? begun : now, step];
        if (step === warmup + count) used = process.cpuUsage(used);
      },
    },
  );
  const total = (last - begun) / 1000;
  const { moving, waiting } = ranks.spent();
  return {
    ...{ step: median(times), processor: (used.user + used.system) / 1000 / count },
    ...{ memory, update: await updateTime(layout.size) },
    moving: (moving - spent.moving) / total,
    waiting: (waiting - spent.waiting) / total,
  };
}

/** Bytes of the arrays that are reachable; node needs `--expose-gc` to tell. */
function keptBytes(): number {
  for (let i = 0; i < 3; i++) globalThis.gc?.();
  return process.memoryUsage().arrayBuffers;
}

/** Milliseconds of AdamW by itself, and of the sum of squares before it. */
async function updateTime(size: number): Promise<number> {
  const names = ["parameters", "m", "v"];
  const arrays = () => names.map(() => new Float32Array(size));
  const [from, into, gradient] = [arrays(), arrays(), new Float32Array(size).fill(1e-3)];
  await using update = await compileUpdate(adamw(), layout, names, { threads: 1 });
  const step = { number: 1, rate: 1e-3 };
  return await time(
    async () => {
      let squares = 0;
      for (let i = 0; i < size; i++) squares += gradient[i]! ** 2; // as summedSteps does
      await update.run({ ...step, scale: Math.min(1, 1 / squares) }, from, gradient, into);
    },
    15,
    5,
  );
}

const [, , what = "", scheme = "summed", count = "40"] = process.argv;
const ranks = await openMpi({ timeLimit: 300 });
const measured =
  what === "network"
    ? await measureNetwork(ranks, { largest: 16e6, repeats: 30 })
    : await trainSteps(ranks, scheme as Scheme, Number(count));
if (ranks.rank === 0) console.log(JSON.stringify(measured));
await ranks[Symbol.asyncDispose]();
