import { copyFile, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../../test/temporaryFolder.ts";
import { readMetrics } from "../../data/files/jsonl.ts";
import { readSafetensors } from "../../data/formats/safetensors.ts";
import { readImage } from "../../data/images/decodeImage.ts";
import { UserError } from "../../errors/userError.ts";
import type { Plan } from "../../train/plan.ts";
import { modelNames } from "../models.ts";
import { buildRun, openRun, readConfig, runFiles } from "../run.ts";
import { loadedDiscs, tinyModels } from "../testing.ts";
import { createRun, type RunRequest } from "./createRun.ts";
import { drawCurve } from "./curve.ts";
import { type TrainOptions, trainRun } from "./train.ts";

const images = loadedDiscs(10);
const never = new AbortController().signal;
const options: TrainOptions = {
  threads: 1,
  signal: never,
  heldOut: undefined,
  saveEvery: 1e9,
  report: () => {},
};

const request: RunRequest = {
  model: tinyModels.state,
  language: { wavelet: "haar", finest: 0.25 },
  fit: "resize",
  seed: 5,
  path: "discs",
  plan: { steps: 1 },
};

/** A new run of a plan, and the trainings of it. */
async function newRun(model: RunRequest["model"], changes: Partial<RunRequest> = {}) {
  const folder = join(await temporaryFolder(), "run");
  await createRun(folder, images, { ...request, model, ...changes });
  return {
    folder,
    train: (plan: Plan, more: Partial<TrainOptions> = {}) =>
      trainRun(folder, images, plan, { ...options, ...more }),
    /** Ctrl-C after a step: it is saved. */
    async interrupt(plan: Plan, after: number) {
      const interrupt = new AbortController();
      const report = ({ step }: { step: number }) => {
        if (step === after) interrupt.abort();
      };
      return trainRun(folder, images, plan, { ...options, signal: interrupt.signal, report });
    },
    /** Ends at once after a step, as if killed: nothing more is saved. */
    async kill(plan: Plan, after: number) {
      const report = ({ step }: { step: number }) => {
        if (step === after) throw new Error("killed");
      };
      await expect(trainRun(folder, images, plan, { ...options, report })).rejects.toThrow(
        "killed",
      );
    },
    /** Parameters and optimizer state of the latest checkpoint, and its step. */
    async state() {
      const { tensors, metadata } = await readSafetensors(runFiles(folder).latest);
      return { tensors, step: metadata.step, examples: metadata.examples };
    },
  };
}

describe.each(modelNames)("training the model %s", (name) => {
  const model = tinyModels[name];
  const straight = async (steps: number) => {
    const run = await newRun(model);
    await run.train({ steps });
    return run.state();
  };

  test("k steps and k steps equal 2 k bit for bit, interrupted before and after the decay begins", async () => {
    const expected = await straight(20);
    expect(expected.step).toBe("20");
    for (const k of [2, 12]) {
      const run = await newRun(model);
      expect((await run.interrupt({ steps: 20 }, k)).step).toBe(k);
      expect((await run.state()).step).toBe(`${k}`);
      await run.train({ steps: 20 });
      expect(await run.state()).toEqual(expected);
    }
  });

  test("a plan of k steps done, then one of 2 k, equals 2 k planned from the start", async () => {
    const expected = await straight(18);
    const run = await newRun(model);
    await run.train({ steps: 9 });
    expect(await run.state()).not.toEqual(expected);
    await run.train({ steps: 18 });
    expect(await run.state()).toEqual(expected);
  });

  test("a longer plan, be it by one step, is never refused", async () => {
    for (const k of [2, 3, 7]) {
      const run = await newRun(model);
      await run.train({ steps: k });
      await run.train({ steps: k + 1 });
      expect(await run.state()).toEqual(await straight(k + 1));
    }
  });

  test("killed at any moment, a continued plan still equals one from the start", async () => {
    const expected = await straight(18);
    const run = await newRun(model);
    await run.kill({ steps: 9 }, 2); // no checkpoint yet
    await run.kill({ steps: 9 }, 7); // only that before the decay
    await run.train({ steps: 9 });
    await run.kill({ steps: 18 }, 5); // back where the decay began, nothing saved since
    await run.kill({ steps: 18 }, 6);
    await run.train({ steps: 18 });
    expect(await run.state()).toEqual(expected);
  });

  test("a plan cut short can still become a longer one", async () => {
    const expected = await straight(20);
    const run = await newRun(model);
    // Interrupted when the decay is about to begin, then told to make an end of it.
    const { decayFrom } = buildRun(await readConfig(run.folder)).model.rate;
    const stable = Math.floor(20 * decayFrom);
    await run.interrupt({ steps: 20 }, stable);
    await run.train({ steps: stable + 2 });
    expect((await run.state()).step).toBe(`${stable + 2}`);
    await run.train({ steps: 20 });
    expect(await run.state()).toEqual(expected);
  });
});

describe("a run folder", () => {
  test("holds what a person wants to see of a training", async () => {
    const { folder, train } = await newRun(tinyModels.state, { plan: { steps: 6 } });
    const heldOut = loadedDiscs(4, { seed: "others" });
    const result = await train({ steps: 6 }, { heldOut });
    const batches = result.images / 6;
    expect(result).toMatchObject({ step: 6, images: 6 * batches });
    expect(result.bitsPerImage).toBeGreaterThan(0);
    expect(result.heldOutBitsPerImage).toBeGreaterThan(0);

    const files = runFiles(folder);
    const records = await readMetrics(files.metrics);
    expect(records.at(-1)).toMatchObject({
      step: 6,
      images: result.images,
      heldOutBitsPerImage: result.heldOutBitsPerImage,
    });
    expect(await readdir(files.samples)).toEqual(["step-0000003.png", "step-0000006.png"]);
    const sheet = await readImage(join(files.samples, "step-0000006.png"));
    expect(sheet.width).toBeGreaterThan(16);
    expect(await readImage(await drawCurve(folder))).toMatchObject({ width: 720, height: 440 });
    expect(await readConfig(folder)).toMatchObject({ plan: { steps: 6 }, width: 8, height: 8 });
    expect((await openRun(folder)).step).toBe(6);
  });

  test("draws a curve even of nothing", async () => {
    const run = await newRun(tinyModels.state);
    const interrupt = new AbortController();
    interrupt.abort();
    const result = await run.train({ steps: 5 }, { signal: interrupt.signal });
    expect(result).toMatchObject({ step: 0, images: 0 });
    expect(result.bitsPerImage).toBeUndefined();
    expect((await readImage(await drawCurve(run.folder))).width).toBe(720);
  });

  test("asked for a plan that is done, repeats what it has on record", async () => {
    const run = await newRun(tinyModels.state);
    const first = await run.train({ steps: 4 });
    const before = await readFile(runFiles(run.folder).metrics, "utf8");
    expect(await run.train({ steps: 4 })).toEqual(first);
    expect(await readFile(runFiles(run.folder).metrics, "utf8")).toBe(before);
  });

  test("refuses a plan that ends before the decay it has begun", async () => {
    const run = await newRun(tinyModels.state);
    await run.train({ steps: 40 });
    const state = await run.state();
    await expect(run.train({ steps: 5 })).rejects.toThrow("too short to continue it; ask for more");
    expect(await run.state()).toEqual(state);
  });

  test("of another model's checkpoint is refused before anything is written", async () => {
    const { folder, train } = await newRun(tinyModels.state);
    await train({ steps: 2 });
    const other = await newRun(tinyModels.paper);
    const { latest, config } = runFiles(folder);
    await copyFile(runFiles(other.folder).config, config);
    const before = await readFile(latest);
    await expect(train({ steps: 4 })).rejects.toThrow(
      `${latest} is a checkpoint of another model: parameters/description.weight should be`,
    );
    await expect(openRun(folder)).rejects.toThrow(UserError);
    expect(await readFile(latest)).toEqual(before);
  });

  test("takes classes by name, and refuses those it does not know and sizes it cannot cut", async () => {
    const { folder, train } = await newRun(tinyModels.state);
    await train({ steps: 2 });
    const strange = { ...images, classNames: ["even", "prime"] };
    await expect(train({ steps: 4 }, { heldOut: strange })).rejects.toThrow(
      'there are images of a class "prime" that the run does not know (even, odd)',
    );
    await expect(train({ steps: 4 }, { heldOut: loadedDiscs(3, { width: 6 }) })).rejects.toThrow(
      "an image of 6×8 pixels is not of the run's size, 8×8",
    );
    expect((await readConfig(folder)).plan).toEqual({ steps: 2 });
  });

  test("stops where the loss is no number, and keeps the last checkpoint", async () => {
    const model = {
      ...tinyModels.state,
      options: { ...tinyModels.state.options, peak: 1e38 },
    };
    const run = await newRun(model);
    await run.interrupt({ steps: 50 }, 1);
    const state = await run.state();
    await expect(run.train({ steps: 50 })).rejects.toThrow(
      /^the loss is \S+ at step \d+; the last/,
    );
    expect((await run.state()).step).toBe(state.step);
  });
});
