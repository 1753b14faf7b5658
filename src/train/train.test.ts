import { describe, expect, test } from "vitest";
import type { Random } from "../data/random/random.ts";
import { input, type Tensor } from "../graph/index.ts";
import { linear } from "../nn/layers/layers.ts";
import { adamw } from "../nn/optimizers/adamw.ts";
import { averaged } from "../nn/optimizers/averaged.ts";
import type { Scope } from "../nn/parameters.ts";
import { compile } from "../runtime/index.ts";
import { DivergedError } from "./diverged.ts";
import type { Elapsed } from "./plan.ts";
import { configCheck } from "./run/config.ts";
import { openRun } from "./run/runFolder.ts";
import { describeTraining, newRun } from "./testing.ts";
import { type Journal, train } from "./train.ts";
import { type Trainable, trainable } from "./trainable.ts";

const x = input("x", [8, 2]);
const y = input("y", [8, 1]);
const net = (p: Scope, x: Tensor) =>
  linear(p.in("output"), linear(p.in("hidden"), x, 8).gelu(), 1, { role: "head" });

/** Points of the plane, and what is to be learned of them: their product. */
function batch(_: number, random: Random) {
  const points = Float32Array.from({ length: 16 }, () => random.uniform());
  return {
    x: points,
    y: Float32Array.from({ length: 8 }, (_, i) => points[2 * i]! * points[2 * i + 1]!),
  };
}

const product = (): Trainable =>
  trainable({
    loss: (p) => net(p, x).sub(y).square().mean(),
    batch,
    rate: 3e-2,
    batchSize: 8,
  });

describeTraining(
  "a model of one's own",
  async () => ({ config: { kind: "product", format: 1, seed: 4 }, model: product() }),
  { interrupted: [1, 2, 8, 12, 19], planned: [1, 2, 7, 13] },
);

describeTraining("a model of averaged parameters", async () => ({
  config: { kind: "product", format: 1, seed: 4 },
  model: { ...product(), optimizer: averaged(adamw(), { decay: 0.9 }) },
}));

describe("a training that keeps an average", () => {
  test("takes the same steps, and validates, draws and returns the average", async () => {
    const seen: Float32Array[] = [];
    const look = (parameters: Float32Array) => void seen.push(Float32Array.from(parameters));
    const watched: Trainable = {
      ...product(),
      validator: async () => ({
        score: async (parameters) => {
          look(parameters);
          return {};
        },
        [Symbol.asyncDispose]: async () => {},
      }),
      snapshots: { at: [1], take: async (parameters) => look(parameters) },
    };
    const plan = { steps: 30 };
    const optimizer = averaged(adamw(), { decay: 0.9 });
    const plain = await train(watched, plan, { threads: 1 });
    const average = await train({ ...watched, optimizer }, plan, { threads: 1 });
    expect(seen).toEqual([
      ...[plain.parameters, plain.parameters, average.parameters, average.parameters],
    ]);
    expect(average.metrics).toEqual(plain.metrics);
    expect(average.parameters).not.toEqual(plain.parameters);
  });

  test("is opened from its folder with the average", async () => {
    const open = async () => ({
      config: { kind: "product", format: 1, seed: 4 },
      model: { ...product(), optimizer: averaged(adamw(), { decay: 0.9 }) },
    });
    const run = await newRun(open);
    const { parameters, layout } = await run.train({ steps: 12 });
    const check = configCheck("product", 1, {});
    const kind = { kind: "product", format: 1, check, build: () => ({ layout }) } as const;
    expect((await openRun(kind, run.folder)).parameters).toEqual(parameters);
    const { tensors } = await run.state();
    expect(tensors.get("average/hidden.bias")?.data).not.toEqual(
      tensors.get("parameters/hidden.bias")?.data,
    );
  });
});

describe("a training in memory", () => {
  test("learns, and its scope makes the model that is used", async () => {
    const { scope, metrics, parameters, layout } = await train(
      product(),
      { steps: 400 },
      { threads: 1 },
    );
    expect(metrics.loss).toBeLessThan(5e-3);
    expect(parameters).toHaveLength(layout.size);
    await using_(await compile({ y: net(scope, input("x", [1, 2])) }), async (predict) => {
      const { y } = await predict.run({ x: Float32Array.of(0.5, 0.8) });
      expect(Number(y[0])).toBeCloseTo(0.4, 1);
    });
  });

  test("is decided by its seed", async () => {
    const end = async (seed: number) =>
      (await train(product(), { steps: 5 }, { seed, threads: 1 })).parameters;
    expect(await end(1)).toEqual(await end(1));
    expect(await end(1)).not.toEqual(await end(2));
  });

  test("ends when it is good enough, or by the signal", async () => {
    const until = ({ loss = 1 }) => loss < 0.02;
    const good = await train(product(), { steps: 400 }, { until, threads: 1 });
    expect(good.step).toBeLessThan(300);
    expect(good.interrupted).toBe(false);
    const stop = new AbortController();
    const report = ({ step }: Elapsed) => step === 3 && stop.abort();
    const stopped = await train(
      product(),
      { steps: 400 },
      {
        ...{ signal: stop.signal, report, threads: 1 },
      },
    );
    expect(stopped).toMatchObject({ step: 3, interrupted: true, examples: 24 });
  });

  test("counts seconds on the clock it is given, with or without validation", async () => {
    let now = 0;
    const slow: Trainable = {
      ...product(),
      validator: async () => ({
        async score() {
          now += 100;
          return { loss: 1 };
        },
        async [Symbol.asyncDispose]() {},
      }),
    };
    const clock = () => now;
    const report = () => {
      now += 1;
    };
    const options = { rhythm: { times: 3 }, clock, report, threads: 1 } as const;
    const all = await train(slow, { steps: 3 }, options);
    expect(all.seconds).toBe(202); // what comes after the last step is not counted
    now = 0;
    const steps = await train(slow, { steps: 3 }, { ...options, timing: "steps" });
    expect(steps.seconds).toBe(2);
  });

  test("throws DivergedError where a validation is NaN, and saves nothing then", async () => {
    const saves: number[] = [];
    const journal: Journal = {
      saveEvery: 0,
      record: async () => {},
      save: async (_, { step }) => void saves.push(step),
    };
    const model: Trainable = {
      ...product(),
      validator: async () => ({
        score: async (_, { step }) => ({ loss: step < 3 ? 1 : Number.NaN }),
        async [Symbol.asyncDispose]() {},
      }),
    };
    const training = train(model, { steps: 9 }, { journal, rhythm: { times: 9 }, threads: 1 });
    await expect(training).rejects.toThrow(DivergedError);
    expect(Math.max(...saves)).toBe(2);
  });
});

describe("a journal", () => {
  async function journaled(steps: number, saveEvery: number, stopAfter = 0) {
    const events: string[] = [];
    let now = 0;
    const stop = new AbortController();
    await train(
      product(),
      { steps },
      {
        ...{ threads: 1, clock: () => now, signal: stop.signal },
        report({ step }) {
          now += 1;
          if (step === stopAfter) stop.abort();
        },
        journal: {
          saveEvery,
          record: async () => {},
          save: async (kind, { step }) => void events.push(`${kind} ${step}`),
        },
      },
    );
    return events;
  }

  test("keeps the state regularly, before the decay and at the end, each once", async () => {
    // Seconds are counted when a step ends, so the first save after four of them is at step 5.
    expect(await journaled(10, 4)).toEqual(["trunk 4", "latest 5", "latest 9", "latest 10"]);
    expect(await journaled(4, 100)).toEqual(["trunk 2", "latest 4"]);
  });

  test("records the mean since the last record: often at first, so that the curve of a short training shows its end", async () => {
    const records: { step: number; loss: number }[] = [];
    const losses: number[] = [];
    const { metrics } = await train(
      product(),
      { steps: 40 },
      {
        ...{ threads: 1, clock: () => 0 },
        until: ({ loss = Number.NaN }) => losses.push(loss) > 40,
        journal: {
          saveEvery: 100,
          record: async ({ step }, { loss = Number.NaN }) => void records.push({ step, loss }),
          save: async () => {},
        },
      },
    );
    expect(records.slice(0, 12).map(({ step }) => step)).toEqual([
      ...[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13],
    ]);
    const [before, last] = [records.at(-2)!, records.at(-1)!];
    expect(last.step).toBe(40);
    expect(before.step).toBeGreaterThan(34);
    const since = losses.slice(before.step);
    expect(last.loss).toBeCloseTo(since.reduce((sum, loss) => sum + loss, 0) / since.length, 6);
    expect(last.loss).toBeLessThan(metrics.loss!); // which is the mean of up to 100 steps
  });

  test("keeps the state when it is stopped", async () => {
    expect(await journaled(10, 100, 3)).toEqual(["latest 3"]);
  });
});

/** Uses something and releases it. */
async function using_<T extends { close(): Promise<void> }>(
  held: T,
  use: (held: T) => Promise<void>,
): Promise<void> {
  try {
    await use(held);
  } finally {
    await held.close();
  }
}
