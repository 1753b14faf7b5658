import { rm } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { countSessions } from "../../../test/openSessions.ts";
import { temporaryFolder } from "../../../test/temporaryFolder.ts";
import { readMetrics } from "../../data/files/jsonl.ts";
import { examplesInOrder } from "./examples.ts";
import { longRangeArena } from "./listops.ts";
import {
  type ClassifierRequest,
  classifierFiles,
  createClassifier,
  openClassifier,
  readClassifierConfig,
  reopenTask,
} from "./run.ts";
import { openClassifierScorer } from "./score.ts";
import { trainClassifier } from "./train.ts";

const settings = { ...longRangeArena, minLength: 4, maxLength: 12, valid: 21, examples: 30 };
const request: ClassifierRequest = {
  task: { name: "listops", settings },
  options: { mixing: "haar", layers: 2, heads: 1, width: 8, batch: 4, peak: 1e-2 },
  seed: 3,
  plan: { steps: 8 },
};
const quietly = (signal = new AbortController().signal) => ({
  ...{ threads: 1, signal, saveEvery: 1e9, report: () => {} },
});

async function created(name: string, changes: Partial<ClassifierRequest> = {}) {
  const folder = join(await temporaryFolder(), name);
  const { task } = await createClassifier(folder, { ...request, ...changes });
  return {
    folder,
    task,
    train: (steps: number) => trainClassifier(folder, task, { steps }, quietly()),
  };
}

const state = async (folder: string) => (await openClassifier(folder)).parameters;

describe("a classifier's training", () => {
  test("of k steps and k more equals one of 2 k steps, bit for bit", async () => {
    const whole = await created("whole");
    await whole.train(8);
    const halves = await created("halves", { plan: { steps: 4 } });
    await halves.train(4);
    const config = await readClassifierConfig(halves.folder);
    const task = await reopenTask(halves.folder, config);
    await trainClassifier(halves.folder, task, { steps: 8 }, quietly());
    expect(await state(halves.folder)).toEqual(await state(whole.folder));
    expect((await readClassifierConfig(halves.folder)).plan).toEqual({ steps: 8 });
  });

  test("that is stopped goes on to the same bits", async () => {
    const whole = await created("whole");
    await whole.train(8);
    const { folder, task } = await created("stopped");
    const stop = new AbortController();
    const stopped = await trainClassifier(folder, task, request.plan, {
      ...quietly(stop.signal),
      report({ step }) {
        if (step === 3) stop.abort();
      },
    });
    expect(stopped.step).toBe(3);
    await trainClassifier(folder, task, request.plan, quietly());
    expect(await state(folder)).toEqual(await state(whole.folder));
  });

  test("reports the right answers of the whole validation part, as scoring does", async () => {
    const { folder, task, train } = await created("run");
    const result = await train(8);
    expect(result).toMatchObject({ step: 8, examples: 32 });
    const run = await openClassifier(folder);
    const shape = { batch: 5, context: 12, symbols: 15 }; // 21 is no multiple of 5
    await using scorer = await openClassifierScorer(run, shape, { threads: 1 });
    const indices = [...Array(21).keys()];
    const score = await scorer.score(run.parameters, examplesInOrder(task.valid, indices, shape));
    expect(score.examples).toBe(21);
    expect(result.accuracy).toBe(score.accuracy);
    expect(result.nats).toBeCloseTo(score.nats, 5);
    const last = (await readMetrics(classifierFiles(folder).metrics)).at(-1);
    expect(last).toMatchObject({ step: 8, examples: 32, heldOutAccuracy: score.accuracy });
  });

  test("leaves no session open where it fails", async () => {
    const open = countSessions();
    const { train } = await created("run", { options: { ...request.options, peak: 1e30 } });
    await expect(train(8)).rejects.toThrow("only a new run with a lower --rate will get further");
    expect(open()).toBe(0);
  });

  test("learns", async () => {
    const digits = { ...settings, minLength: 1, maxLength: 1 };
    const { train } = await created("digits", {
      task: { name: "listops", settings: digits },
      options: { ...request.options, mixing: "none", layers: 1, batch: 16, peak: 3e-2 },
    });
    const { trainingAccuracy } = await train(100);
    expect(trainingAccuracy).toBeGreaterThan(0.6);
  });
});

describe("a classifier's run", () => {
  test("has a context for the longest example, or a longer one", async () => {
    const { folder } = await created("run");
    expect((await readClassifierConfig(folder)).options.context).toBe(12);
    const wide = await created("wide", { options: { ...request.options, context: 20 } });
    expect((await readClassifierConfig(wide.folder)).options.context).toBe(20);
    await expect(
      created("narrow", { options: { ...request.options, context: 11 } }),
    ).rejects.toThrow(
      "--context 11 is too short for the 12 tokens of an example; leave it out, or make examples shorter",
    );
  });

  test("needs heads that share the width", async () => {
    const options = { ...request.options, heads: 3 };
    await expect(created("run", { options })).rejects.toThrow(
      "--width 8 cannot be shared by --heads 3; it must be a multiple",
    );
  });

  test("knows its own folder, its checkpoint and its examples", async () => {
    const { folder } = await created("run");
    await expect(openClassifier(folder)).rejects.toThrow("has no checkpoint yet");
    const config = await readClassifierConfig(folder);
    await expect(reopenTask(folder, { ...config, classNames: ["a"] })).rejects.toThrow(
      "the examples that",
    );
    await rm(classifierFiles(folder).config);
    await expect(readClassifierConfig(folder)).rejects.toThrow("is no run");
  });
});
