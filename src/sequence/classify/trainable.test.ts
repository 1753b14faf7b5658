import { rm } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readMetrics } from "../../data/files/jsonl.ts";
import { describeTraining, newRun } from "../../train/testing.ts";
import { train } from "../../train/train.ts";
import type { ClassifierRequest } from "./classifierConfig.ts";
import {
  createClassifier,
  openClassifier,
  readClassifierConfig,
  reopenTask,
} from "./createClassifier.ts";
import { examplesInOrder } from "./examples.ts";
import { longRangeArena } from "./listops.ts";
import { buildClassifier } from "./run.ts";
import { openClassifierScorer } from "./score.ts";
import { classifierTrainable } from "./trainable.ts";

const settings = { ...longRangeArena, minLength: 10, maxLength: 12, valid: 21, examples: 30 };
const request: ClassifierRequest = {
  task: { name: "listops", settings },
  options: { mixing: "haar", layers: 2, heads: 1, width: 8, batch: 4, peak: 1e-2 },
  seed: 3,
  plan: { steps: 8 },
};

/** Prepares a training of a classifier of expressions. */
const prepare =
  (changes: Partial<ClassifierRequest> = {}) =>
  async () => {
    const { config, task } = await createClassifier({ ...request, ...changes });
    return {
      config,
      task,
      model: classifierTrainable(buildClassifier(config), task, config.options),
    };
  };

describeTraining("a classifier", prepare());

describe("a classifier in training", () => {
  test("reports the right answers of the whole validation part, as scoring does", async () => {
    const run = await newRun(prepare());
    const { validation } = await run.train({ steps: 8 });
    const { task } = await prepare()();
    const opened = await openClassifier(run.folder);
    const shape = { batch: 5, context: 12, symbols: 15 }; // 21 is no multiple of 5
    await using scorer = await openClassifierScorer(opened, shape, { threads: 1 });
    const indices = [...Array(21).keys()];
    const score = await scorer.score(
      opened.parameters,
      examplesInOrder(task.valid, indices, shape),
    );
    expect(score.examples).toBe(21);
    expect(validation.accuracy).toBe(100 * score.accuracy);
    expect(validation.nats).toBeCloseTo(score.nats, 5);
    const last = (await readMetrics(run.files.metrics)).at(-1);
    expect(last).toMatchObject({ step: 8, examples: 32, validationAccuracy: 100 * score.accuracy });
  });

  test("learns", async () => {
    const digits = { ...settings, minLength: 1, maxLength: 1 };
    const { config, model } = await prepare({
      task: { name: "listops", settings: digits },
      options: { ...request.options, mixing: "none", layers: 1, batch: 16, peak: 3e-2 },
    })();
    const trained = await train(model, { steps: 100 }, { seed: config.seed, threads: 1 });
    expect(trained.metrics.accuracy).toBeGreaterThan(60);
  });
});

describe("a classifier's run", () => {
  test("has a context window for the longest example, or a longer one", async () => {
    expect((await prepare()()).config.options.context).toBe(12);
    const wide = await prepare({ options: { ...request.options, context: 20 } })();
    expect(wide.config.options.context).toBe(20);
    await expect(prepare({ options: { ...request.options, context: 11 } })()).rejects.toThrow(
      "a context window of 11 is too short for the 12 tokens of the longest example",
    );
  });

  test("needs heads that share the width", async () => {
    await expect(prepare({ options: { ...request.options, heads: 3 } })()).rejects.toThrow(
      "a width of 8 cannot be shared by 3 heads; it must be a multiple of them",
    );
  });

  test("knows its own folder, its checkpoint and its examples", async () => {
    const run = await newRun(prepare());
    await run.train({ steps: 1 });
    const config = await readClassifierConfig(run.folder);
    await expect(reopenTask(run.folder, { ...config, classNames: ["a"] })).rejects.toThrow(
      "the examples that",
    );
    await rm(run.files.latest);
    await expect(openClassifier(run.folder)).rejects.toThrow("has no checkpoint yet");
    await rm(join(run.folder, "config.json"));
    await expect(readClassifierConfig(run.folder)).rejects.toThrow("is not a run folder");
  });
});
