import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { input } from "../../graph/index.ts";
import type { Communicator } from "../../mpi/communicator.ts";
import { inOneProcess } from "../../mpi/testing.ts";
import { adamw } from "../../nn/optimizers/adamw.ts";
import { train } from "../train.ts";
import { trainable } from "../trainable.ts";
import { measuredStep } from "./measuredStep.ts";
import { memoryOf, type Scheme, schemes } from "./memory.ts";
import { type Cluster, predictStep, type StepCost } from "./predictStep.ts";
import { type Predictions, recommend } from "./recommend.ts";

const anyCost = fc.record({
  parameters: fc.integer({ min: 1000, max: 1e10 }),
  slots: fc.integer({ min: 0, max: 3 }),
  seconds: fc.double({ min: 1e-3, max: 100, noNaN: true }),
});
const anyLink = fc.record({
  latency: fc.double({ min: 1e-7, max: 1e-3, noNaN: true }),
  bandwidth: fc.double({ min: 1e7, max: 1e12, noNaN: true }),
});
const anyRanks = fc.integer({ min: 2, max: 1024 });

describe("a predicted step", () => {
  test("of one rank is the measured one, whatever the scheme", () => {
    fc.assert(
      fc.property(anyCost, anyLink, (cost, link) => {
        for (const scheme of schemes) {
          const { seconds, efficiency, traffic } = predictStep(scheme, cost, { ranks: 1, ...link });
          expect({ seconds, efficiency, traffic }).toEqual({
            ...{ seconds: cost.seconds, efficiency: 1, traffic: 0 },
          });
        }
      }),
    );
  });

  test("is less efficient with twice the ranks, where sums and averages are taken", () => {
    fc.assert(
      fc.property(anyCost, anyLink, anyRanks, (cost, link, ranks) => {
        for (const scheme of ["summed", "local"] as const) {
          const few = predictStep(scheme, cost, { ranks, ...link });
          const many = predictStep(scheme, cost, { ranks: 2 * ranks, ...link });
          expect(many.efficiency).toBeLessThanOrEqual(few.efficiency);
        }
      }),
    );
  });

  test("of local steps sends 1 / H of what it sends with H = 1", () => {
    fc.assert(
      fc.property(
        anyCost,
        anyLink,
        anyRanks,
        fc.integer({ min: 1, max: 1000 }),
        (cost, link, ranks, h) => {
          const of = (syncEvery: number) =>
            predictStep("local", cost, { ranks, ...link }, { syncEvery }).traffic;
          expect((of(h) * h) / of(1)).toBeCloseTo(1, 9);
        },
      ),
    );
  });

  test("sends the bytes of a ring: 2 (p−1)/p of the gradient, as do shards", () => {
    const cost = { parameters: 1e8, slots: 2, seconds: 1 };
    const cluster = { ranks: 8, latency: 1e-5, bandwidth: 1e9 };
    for (const scheme of ["summed", "sharded"] as const) {
      const { traffic } = predictStep(scheme, cost, cluster);
      expect(traffic / (2 * (7 / 8) * 4e8)).toBeCloseTo(1, 4);
    }
    const local = predictStep("local", cost, cluster, { syncEvery: 50 });
    expect(local.traffic / ((3 * 2 * (7 / 8) * 4e8) / 50)).toBeCloseTo(1, 4);
  });

  test("is computing and communicating together, and shards take off their part of the optimizer", () => {
    const cost = { parameters: 1e7, slots: 2, seconds: 1, updateSeconds: 0.2 };
    const cluster: Cluster = { ranks: 4, latency: 1e-5, bandwidth: 1e9 };
    const summed = predictStep("summed", cost, cluster);
    const sharded = predictStep("sharded", cost, cluster);
    expect(summed.computing).toBe(1);
    expect(sharded.computing).toBeCloseTo(1 - 0.2 * 0.75, 12);
    for (const { seconds, computing, communicating } of [summed, sharded]) {
      expect(seconds).toBe(computing + communicating);
    }
  });

  test("takes twice as long where two ranks share a core, and that is not called a loss", () => {
    const cost = { parameters: 1e6, slots: 2, seconds: 0.1 };
    const cluster = { ranks: 4, latency: 1e-5, bandwidth: 1e9 };
    const apart = predictStep("summed", cost, cluster);
    const shared = predictStep("summed", cost, { ...cluster, places: 2 });
    expect(shared.seconds).toBeCloseTo(2 * apart.seconds, 12);
    expect(shared.efficiency).toBeCloseTo(apart.efficiency, 12);
  });
});

/** Numbers of the calls of a training's round, by ranks in one process. */
async function callsOf(scheme: Scheme, steps: number) {
  const x = input("x", [2, 3]);
  const model = trainable({
    loss: (p) =>
      x
        .matmul(p.get("w", [3, 2], (values) => values.fill(0.1)))
        .square()
        .mean(),
    ...{ optimizer: adamw(), batchSize: 2, batch: () => ({ x: new Float32Array(6).fill(1) }) },
  });
  const counts = { small: 0, large: 0, bytes: 0 };
  const count = async (plan: number) => {
    const counted = { ...counts };
    await inOneProcess(2, (ranks) => {
      const counting = (values: Float32Array) => {
        counted.large++;
        counted.bytes += 4 * values.length;
      };
      const wrapped: Communicator = {
        ...ranks,
        exchange: (values) => {
          counted.small++;
          return ranks.exchange(values);
        },
        gather: (bytes) => {
          counted.small += 2; // lengths, and what they are of
          return ranks.gather(bytes);
        },
        sum: (values) => {
          counting(values);
          return ranks.sum(values);
        },
        sumParts: (values, starts) => {
          counting(values);
          return ranks.sumParts(values, starts);
        },
        shareParts: (values, starts) => {
          counting(values);
          return ranks.shareParts(values, starts);
        },
      };
      return train(
        model,
        { steps: plan },
        {
          ...{ ranks: ranks.rank === 0 ? wrapped : ranks, threads: 1, rhythm: { times: 0 } },
          ...(scheme === "sharded" && { shardOptimizer: true }),
          ...(scheme === "local" && { syncEvery: 1 }),
        },
      );
    });
    return counted;
  };
  const [few, many] = [await count(steps), await count(2 * steps)];
  return { small: (many.small - few.small) / steps, large: (many.large - few.large) / steps };
}

test.each([
  ["summed", { small: 3, large: 1 }],
  ["sharded", { small: 3, large: 2 }],
  ["local", { small: 2, large: 3 }],
] as const)("the loop of %s steps talks as often as the model says", async (scheme, expected) => {
  expect(await callsOf(scheme, 4)).toEqual(expected);
  // Where a message has no length, a step costs its calls alone: each is one message of two ranks.
  const cost = { parameters: 6, slots: 2, seconds: 1 };
  const cluster = { ranks: 2, latency: 1, bandwidth: Number.POSITIVE_INFINITY };
  const { communicating } = predictStep(scheme, cost, cluster, { syncEvery: 1 });
  expect(communicating).toBe(expected.small + expected.large);
});

describe("memory", () => {
  const size = { parameters: 1e6, slots: 2 };
  const arrays = (scheme: Scheme, ranks: number) => memoryOf(scheme, size, ranks) / 4e6;

  test("of AdamW in arrays of the parameters' size, as measured", () => {
    // `npm run bench -- plan memory`
    expect(arrays("summed", 1)).toBe(11);
    expect(arrays("summed", 2)).toBe(13);
    expect(arrays("sharded", 2)).toBe(10);
    expect(arrays("local", 2)).toBe(19);
  });

  test("is least with shards, and falls with ranks", () => {
    fc.assert(
      fc.property(anyCost, anyRanks, (cost, ranks) => {
        const [summed, sharded, local] = schemes.map((scheme) => memoryOf(scheme, cost, ranks));
        expect(sharded).toBeLessThan(summed!);
        expect(summed).toBeLessThan(local!);
        expect(memoryOf("sharded", cost, 2 * ranks)).toBeLessThan(sharded!);
      }),
    );
  });
});

describe("what is recommended", () => {
  const predicted = (cost: StepCost, cluster: Cluster): Predictions => ({
    summed: predictStep("summed", cost, cluster),
    sharded: predictStep("sharded", cost, cluster),
    local: predictStep("local", cost, cluster),
  });
  const cost = { parameters: 2e7, slots: 2, seconds: 1 };
  const fast = { latency: 2e-6, bandwidth: 1e10 };
  const slow = { latency: 1e-4, bandwidth: 1e8 };

  test("is a sum in every step in a fast network", () => {
    const { scheme, reason } = recommend(predicted(cost, { ranks: 64, ...fast }));
    expect({ scheme, reason }).toEqual({ scheme: "summed", reason: "efficient" });
  });

  test("are shards where memory is short", () => {
    const all = predicted(cost, { ranks: 64, ...fast });
    const memory = (all.summed.memory + all.sharded.memory) / 2;
    expect(recommend(all, { memory })).toEqual({ ranks: 64, scheme: "sharded", reason: "memory" });
  });

  test("are local steps in a slow network", () => {
    const all = predicted(cost, { ranks: 64, ...slow });
    expect(recommend(all, { efficiency: 0.8 })).toEqual({
      ...{ ranks: 64, scheme: "local", reason: "network" },
    });
  });

  test("is the best of those that fit, where none is good enough", () => {
    fc.assert(
      fc.property(anyCost, anyLink, anyRanks, (any, link, ranks) => {
        const all = predicted(any, { ranks, ...link });
        const { scheme, reason } = recommend(all);
        const efficiencies = schemes.map((each) => all[each].efficiency);
        if (reason === "least-bad") expect(all[scheme].efficiency).toBe(Math.max(...efficiencies));
        else expect(all[scheme].efficiency).toBeGreaterThanOrEqual(0.9);
      }),
    );
    const all = predicted(cost, { ranks: 8, ...fast });
    expect(recommend(all, { memory: 1 })).toEqual({
      ranks: 8,
      scheme: "sharded",
      reason: "too-large",
    });
  });
});

describe("the step that a run measured", () => {
  const record = (step: number, seconds: number, more = {}) => ({
    step,
    tokens: step,
    seconds,
    ...more,
  });

  test("is the median, without what validations took", () => {
    const records = [
      ...[record(1, 1), record(10, 2.8), record(10, 3, { validationLoss: 1 })],
      ...[record(20, 9), record(30, 11), record(40, 13.1), record(50, 19)],
    ];
    expect(measuredStep(records)).toBeCloseTo(0.21, 9);
  });

  test("of several ranks is what one computes on one batch", () => {
    const shares = { ranks: 2, moving: 0.05, waiting: 0.15 };
    const records = [record(1, 1, shares), record(11, 2, shares), record(21, 3, shares)];
    expect(measuredStep(records, 2)).toBeCloseTo(0.1 * 0.8, 9);
    expect(measuredStep(records, 4)).toBeCloseTo((0.1 * 0.8) / 2, 9); // two batches each
  });

  test("is not known of one record", () => {
    expect(measuredStep([record(1, 1)])).toBeUndefined();
    expect(measuredStep([])).toBeUndefined();
  });
});
