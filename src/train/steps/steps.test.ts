import { expect, test } from "vitest";
import { input, type Tensor } from "../../graph/index.ts";
import type { Communicator } from "../../mpi/communicator.ts";
import { inOneProcess } from "../../mpi/testing.ts";
import { linear } from "../../nn/layers/layers.ts";
import { averaged } from "../../nn/optimizers/averaged.ts";
import { muon } from "../../nn/optimizers/muon.ts";
import type { Scope } from "../../nn/parameters.ts";
import type { Checkpoint } from "../checkpoint.ts";
import { type Journal, type TrainOptions, train } from "../train.ts";
import { type Trainable, trainable } from "../trainable.ts";

const net = (p: Scope, x: Tensor) => linear(p.in("out"), linear(p.in("in"), x, 6).gelu(), 1);

/** A small model on batches of `size` points, which are consecutive points of one endless list. */
function pointsModel(size: number, change: Partial<Trainable> = {}): Trainable {
  const x = input("x", [size, 2]);
  const y = input("y", [size, 1]);
  const number = (i: number) => Math.sin(12.9898 * i) * 0.9;
  const model = trainable({
    loss: (p) => net(p, x).sub(y).square().mean(),
    metrics: (p) => ({ bias: net(p, x).sub(y).mean() }),
    optimizer: averaged(muon(), { decay: 0.9 }),
    batchSize: size,
    batch(step) {
      const points = Array.from({ length: size }, (_, i) => (step - 1) * size + i);
      return {
        x: Float32Array.from(points.flatMap((i) => [number(2 * i), number(2 * i + 1)])),
        y: Float32Array.from(points, (i) => number(2 * i) * number(2 * i + 1)),
      };
    },
  });
  return { ...model, ...change };
}

/** A place for checkpoints in memory. */
function memoryJournal(start?: Checkpoint): Journal & { readonly kept: Checkpoint[] } {
  const kept: Checkpoint[] = [];
  return {
    ...{ start, kept, saveEvery: 1e9 },
    record: async () => {},
    save: async (kind, { arenas, ...elapsed }) => {
      if (kind === "latest") kept.push(structuredClone({ ...elapsed, arenas }));
    },
  };
}

const options: TrainOptions = { seed: 3, threads: 1, clock: () => 0 };

/** Trains with several ranks in this process; the result is that of each. */
const together = (
  size: number,
  steps: number,
  more: TrainOptions | ((ranks: Communicator) => TrainOptions) = {},
  model = pointsModel(4),
) =>
  inOneProcess(size, (ranks) =>
    train(
      model,
      { steps },
      {
        ...options,
        ranks,
        ...(typeof more === "function" ? more(ranks) : more),
      },
    ),
  );

const worst = (a: Float32Array, b: Float32Array): number =>
  a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);

test("two ranks train as one does with the same parts: the same bits", async () => {
  const [first, second] = await together(2, 12);
  const one = await train(pointsModel(4), { steps: 12 }, { ...options, parts: 2 });
  expect(first!.parameters).toEqual(one.parameters);
  expect(second!.parameters).toEqual(one.parameters);
  expect(first).toMatchObject({ step: 12, examples: 96, metrics: one.metrics });
});

test("four ranks of a batch are one rank of a batch four times as large", async () => {
  const [first] = await together(4, 30);
  const one = await train(pointsModel(16), { steps: 30 }, options);
  expect(first!.examples).toBe(one.examples);
  expect(first!.metrics.loss! / one.metrics.loss!).toBeCloseTo(1, 5);
  expect(first!.metrics.gradientNorm! / one.metrics.gradientNorm!).toBeCloseTo(1, 4);
  expect(worst(first!.parameters, one.parameters)).toBeLessThan(1e-5);
});

test("a part with more examples weighs more", async () => {
  const sizes = [1, 3];
  const model = pointsModel(4);
  const uneven: Trainable = {
    ...model,
    batches: (random) => {
      const all = model.batches(random);
      // Of two parts the first says that it has one example, and the second three.
      return async (number) => ({ ...(await all(number)), examples: sizes[(number - 1) % 2]! });
    },
  };
  const weighted = await train(uneven, { steps: 1 }, { ...options, parts: 2 });
  const [a, b] = await Promise.all(
    [1, 2].map((number) => {
      const batches: Trainable["batches"] = (random) => {
        const all = model.batches(random);
        return () => all(number);
      };
      return train({ ...model, batches }, { steps: 1 }, options);
    }),
  );
  const mean = (1 * a!.metrics.loss! + 3 * b!.metrics.loss!) / 4;
  expect(weighted.metrics.loss).toBeCloseTo(mean, 6);
});

test("ranks beyond the parts have nothing to do, and stay the same as the others", async () => {
  const ranks = await together(3, 10, { parts: 2 });
  const one = await train(pointsModel(4), { steps: 10 }, { ...options, parts: 2 });
  for (const { parameters } of ranks) expect(parameters).toEqual(one.parameters);
});

test("parts that do not divide among the ranks give the same, but for the order of sums", async () => {
  const [first] = await together(2, 10, { parts: 3 });
  const one = await train(pointsModel(4), { steps: 10 }, { ...options, parts: 3 });
  expect(worst(first!.parameters, one.parameters)).toBeLessThan(1e-6);
});

test("an optimizer in shards makes the same steps", async () => {
  const whole = await together(3, 12);
  const shards = await together(3, 12, { shardOptimizer: true });
  for (const { parameters } of shards) {
    expect(worst(parameters, whole[0]!.parameters)).toBeLessThan(1e-6);
    expect(parameters).toEqual(shards[0]!.parameters);
  }
});

test.each([
  ["summed", {}],
  ["in shards", { shardOptimizer: true }],
  ["local", { syncEvery: 4 }],
] as const)("%s: k steps and k more of two ranks are 2 k, bit for bit", async (_, sharing) => {
  const journals = [memoryJournal(), memoryJournal()];
  const first = ({ rank }: Communicator): TrainOptions =>
    rank === 0 ? { ...sharing, journal: journals[0]! } : sharing;
  // The plan is the same, so the learning rate is: the training is stopped on the way, by the second rank.
  const stop = new AbortController();
  await together(2, 16, (ranks) => ({
    ...first(ranks),
    ...(ranks.rank === 0 && { report: ({ step }) => step >= 8 && stop.abort() }),
    ...(ranks.rank === 1 && { signal: stop.signal }),
  }));
  const kept = journals[0]!.kept.at(-1)!;
  expect(kept.step).toBeGreaterThanOrEqual(8);
  expect(kept.step).toBeLessThan(16);
  const resumed = memoryJournal(kept);
  const [later] = await together(2, 16, ({ rank }) =>
    rank === 0 ? { ...sharing, journal: resumed } : sharing,
  );
  const straight = memoryJournal();
  await together(2, 16, ({ rank }) => (rank === 0 ? { ...sharing, journal: straight } : sharing));
  expect(later).toMatchObject({ step: 16, interrupted: false });
  expect(resumed.kept.at(-1)).toEqual(straight.kept.at(-1));

  // And with another number of ranks, but for rounding.
  for (const size of [1, 4]) {
    const [other] = await together(size, 16, ({ rank }) => ({
      ...{ ...sharing, parts: 2 },
      ...(rank === 0 && { journal: memoryJournal(kept) }),
    }));
    expect(worst(other!.parameters, later!.parameters)).toBeLessThan(1e-6);
  }
});

test("local steps: a worker alone with an outer rate of its own makes outer steps of momentum", async () => {
  // One worker, one round: θ' = θ − 0.7 (1 + 0.9) Δ, where Δ is the way that the inner steps went.
  const model = pointsModel(4, { optimizer: muon() });
  const start = memoryJournal();
  await train(model, { steps: 3 }, { ...options, signal: AbortSignal.abort(), journal: start });
  const before = start.kept[0]!.arenas.parameters!;
  const inner = await train(model, { steps: 3 }, options);
  const outer = await train(model, { steps: 3 }, { ...options, syncEvery: 3 });
  const expected = before.map((value, i) => value - 0.7 * 1.9 * (value - inner.parameters[i]!));
  expect(worst(outer.parameters, expected)).toBeLessThan(1e-6);
});

test("local steps of two ranks learn, and both ranks hold the same", async () => {
  const [first, second] = await together(2, 60, { syncEvery: 5 });
  expect(first!.parameters).toEqual(second!.parameters);
  const before = (await together(2, 5, { syncEvery: 5 }))[0]!;
  expect(first!.metrics.loss!).toBeLessThan(before.metrics.loss!);
});

test("a loss that is NaN on one rank ends the training, and names the rank", async () => {
  const model = pointsModel(4);
  const broken: Trainable = {
    ...model,
    batches: (random) => {
      const all = model.batches(random);
      return async (number) => {
        const batch = await all(number);
        return number < 6
          ? batch
          : { ...batch, feeds: { ...batch.feeds, x: new Float32Array(8).fill(Number.NaN) } };
      };
    },
  };
  await expect(together(2, 10, {}, broken)).rejects.toThrow(
    "the training diverged: the loss of rank 1 is NaN at step 3",
  );
});

test("all ranks start from the parameters of the first", async () => {
  let calls = 0;
  const [first, second] = await together(
    2,
    1,
    {},
    pointsModel(4, {
      start: async () => {
        calls++;
        return new Float32Array(25).fill(0.1);
      },
    }),
  );
  expect(calls).toBe(1);
  expect(first!.parameters).toEqual(second!.parameters);
});

test("rank 0 alone validates, reports and keeps", async () => {
  const scored: number[] = [];
  const reports: number[] = [];
  const kept = memoryJournal();
  const model = pointsModel(4, {
    rhythm: { times: 2 },
    validator: async () => ({
      score: async (_, { step }) => {
        scored.push(step);
        return { loss: 1 };
      },
      [Symbol.asyncDispose]: async () => {},
    }),
  });
  const results = await together(
    2,
    4,
    ({ rank }) => ({
      report: ({ step }) => reports.push(10 * step + rank),
      ...(rank === 0 && { journal: kept }),
    }),
    model,
  );
  expect(scored).toEqual([2, 4]);
  expect(reports).toEqual([10, 20, 30, 40]);
  expect(kept.kept.map(({ step }) => step)).toEqual([4]);
  expect(results.map(({ validation }) => validation)).toEqual([{ loss: 1 }, {}]);
});
