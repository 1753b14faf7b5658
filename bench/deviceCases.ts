import { image } from "../src/browser.ts";
import type { LoadedImages } from "../src/data/images/loadedImages.ts";
import { createRandom } from "../src/data/random/random.ts";
import { input } from "../src/graph/index.ts";
import { stateDefaults } from "../src/image/state/options.ts";
import { type GptOptions, gpt } from "../src/nn/layers/gpt.ts";
import { crossEntropy } from "../src/nn/layers/losses.ts";
import { adamw } from "../src/nn/optimizers/adamw.ts";
import { layoutOf, type Scope } from "../src/nn/parameters.ts";
import type { CompileOptions } from "../src/runtime/index.ts";
import { memoryStore } from "../src/train/browser.ts";
import type { Batch, Trainable } from "../src/train/trainable.ts";
import { arenaNames, initialize } from "../src/train/trainer.ts";
import { openTrainers } from "../src/train/trainers.ts";
import { median, stepFlops } from "./measure.ts";

/** A training of which steps are measured. */
export interface DeviceCase {
  readonly model: Pick<Trainable, "layout" | "optimizer" | "objective" | "batches" | "start">;
  /** Examples that a batch counts, and their unit. */
  count(batch: Batch): number;
  readonly unit: string;
}

/** A GPT on random tokens. */
function gptCase(options: GptOptions, batch: number): DeviceCase {
  const shape = [batch, options.context] as const;
  const tokens = input("tokens", shape, "int32");
  const targets = input("targets", shape, "int32");
  const objective = (p: Scope) => ({
    loss: crossEntropy(gpt(p, tokens, options), targets).mean,
    metrics: {},
  });
  const random = createRandom(1);
  const ids = () =>
    Int32Array.from({ length: shape[0] * shape[1] }, () => random.integer(options.vocabulary));
  const feeds = { tokens: ids(), targets: ids() };
  return {
    model: {
      layout: layoutOf(objective),
      optimizer: adamw(),
      objective: () => objective,
      batches: () => () => ({ shape: batch, feeds, examples: shape[0] * shape[1] }),
    },
    count: ({ examples }) => examples,
    unit: "tokens",
  };
}

/** Strokes on a dark ground, of the size of MNIST's digits, in ten classes. */
function strokes(count: number): LoadedImages {
  const side = 28;
  const random = createRandom("strokes");
  const rasters = Array.from({ length: count }, () => {
    const [x, y, slope] = [10 + 8 * random.uniform(), 10 + 8 * random.uniform(), random.normal()];
    const data = Uint8Array.from({ length: side * side }, (_, i) => {
      const [dx, dy] = [(i % side) - x, Math.floor(i / side) - y];
      const away = Math.abs(dy - slope * dx) / Math.hypot(1, slope);
      return dx * dx + dy * dy < 100 ? Math.max(0, 255 - 120 * away) : 0;
    });
    return { width: side, height: side, channels: 1 as const, data };
  });
  const classNames = Array.from({ length: 10 }, (_, i) => `${i}`);
  return { classNames, rasters, labels: Uint16Array.from(rasters, (_, i) => i % 10) };
}

/** The image model with its usual sizes on pictures like MNIST's. */
async function imageCase(): Promise<DeviceCase> {
  const images = strokes(256);
  const config = await image.createRun(memoryStore("bench"), images, {
    model: { name: "state", options: stateDefaults },
    language: { wavelet: "haar", finest: 0.125 },
    ...{ fit: "resize", seed: 1, path: "strokes", plan: { steps: 1000 } },
  });
  const model = image.imageTrainable(config, images, {});
  return { model, count: ({ examples }) => examples, unit: "images" };
}

/** The cases by their names. */
export const deviceCases: Readonly<Record<string, () => DeviceCase | Promise<DeviceCase>>> = {
  gpt: () => gptCase({ ...{ layers: 4, heads: 4, width: 128, vocabulary: 65, context: 128 } }, 8),
  gpt20: () =>
    gptCase({ ...{ layers: 6, heads: 8, width: 512, vocabulary: 1024, context: 256 } }, 8),
  image: imageCase,
};

/**
 * Steps of a case for some seconds, at least three unless they take five times as long, after one that is not counted. The
 * state stays on the device, or goes to it and back at every step.
 */
export async function measureCase(
  { model, count, unit }: DeviceCase,
  options: CompileOptions,
  { seconds, stays }: { readonly seconds: number; readonly stays: boolean },
) {
  const { layout, optimizer } = model;
  const random = createRandom(1);
  const parameters = model.start ? await model.start(random) : initialize(layout, random);
  const zeros = arenaNames(optimizer).map((name) => [name, new Float32Array(layout.size)] as const);
  const start = { step: 0, arenas: { ...Object.fromEntries(zeros), parameters } };
  const batches = model.batches(random);
  await using trainers = openTrainers(
    model as Trainable,
    start as Parameters<typeof openTrainers>[1],
    { ...options, stays },
  );
  const times: number[] = [];
  const gflops = new Map<number, number>();
  let [firstMs, loss, examples, gflop, step] = [Number.NaN, Number.NaN, 0, 0, 0];
  const begun = performance.now();
  const [enough, most] = [3, 5]; // steps, and times the seconds that they may take
  for (;;) {
    const spent = (performance.now() - begun) / 1000;
    if (spent > (times.length < enough ? most : 1) * seconds && times.length > 0) break;
    step += 1;
    const batch = await batches(step);
    const trainer = await trainers.of(batch.shape);
    const at = performance.now();
    ({ loss = Number.NaN } = await trainer.train(batch.feeds, 1e-3));
    const ms = performance.now() - at;
    if (!gflops.has(batch.shape)) {
      const whole = (p: Scope) => {
        const { loss: value } = model.objective(batch.shape)(p);
        return Array.isArray(value) ? value.reduce((a, b) => a.add(b)) : value;
      };
      gflops.set(batch.shape, stepFlops(whole) / 1e9);
      firstMs = Number.isNaN(firstMs) ? ms : firstMs;
      continue; // the first of a shape prepares its kernels
    }
    times.push(ms);
    examples += count(batch);
    gflop += gflops.get(batch.shape)!; // set above
  }
  return {
    ...{ ms: median(times), steps: times.length, firstMs, unit, loss },
    ...{ examples: examples / times.length, gflop: gflop / times.length },
  };
}
