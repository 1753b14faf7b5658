import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { countSessions } from "../../test/openSessions.ts";
import { temporaryFolder } from "../../test/temporaryFolder.ts";
import { readMetrics } from "../data/files/jsonl.ts";
import { describeTraining, newRun } from "../train/testing.ts";
import { train } from "../train/train.ts";
import type { Corpus } from "./corpus/parts.ts";
import { between } from "./mixing/mixing.ts";
import { mixingNames } from "./mixings.ts";
import { buildSequence, type SequenceOptions } from "./run.ts";
import { openSequence } from "./runFolder.ts";
import { toyRun } from "./testing.ts";
import { sequenceTrainable } from "./trainable.ts";

/** Prepares a training on a text. */
const prepare =
  (changes: Partial<SequenceOptions> = {}, more: Parameters<typeof toyRun>[2] = {}) =>
  async () => {
    const { config, corpus } = await toyRun(await temporaryFolder(), changes, more);
    onTestFinished(() => corpus[Symbol.asyncDispose]());
    return { config, model: sequenceTrainable(buildSequence(config), corpus, config.options) };
  };

describeTraining("a sequence model", prepare());

describe("a sequence model in training", () => {
  test("counts the tokens that it was asked to predict, not what fills windows up", async () => {
    const { model } = await prepare({ context: 8, batch: 2 }, { text: "abcdefghijkl" })();
    // Ten characters are two windows, of 8 + 2 or 7 + 3 …; both are in every batch.
    expect(await train(model, { steps: 3 }, { threads: 1 })).toMatchObject({
      step: 3,
      examples: 3 * 10,
    });
  });

  test.each(mixingNames)("learns, with the mixing %s", async (mixing) => {
    const { config, model } = await prepare({ mixing, width: 16, batch: 8 })();
    const trained = await train(model, { steps: 60 }, { seed: config.seed, threads: 1 });
    const untrained = Math.log(config.symbols);
    expect(trained.validation.nats).toBeLessThan(0.75 * untrained);
    expect(trained.metrics.nats).toBeLessThan(untrained); // a mean from the first step on
  });

  test("of several mixings with dropout, interrupted and resumed, ends with the same bits", async () => {
    const mixing = "haar-8,canon,bigram,multi-token";
    const open = prepare({ mixing, design: "rotary", dropout: 0.1 });
    const [straight, interrupted] = [await newRun(open), await newRun(open)];
    await straight.train({ steps: 8 });
    await interrupted.interrupt({ steps: 8 }, 3);
    await interrupted.train({ steps: 8 });
    expect(await interrupted.state()).toEqual(await straight.state());
  });

  test("is validated more and more rarely, where nothing else is said", async () => {
    const run = await newRun(prepare());
    await run.train({ steps: 70 });
    const records = await readMetrics(run.files.metrics);
    const steps = records.flatMap(({ step, validationNats }) => (validationNats ? step : []));
    expect(steps).toEqual([50, 63, 70]);
  });

  test("takes a mixing of one's own, in memory and in a folder", async () => {
    const before = between((_, x, past) => x.add(past.ago(x, 1)));
    const { config, corpus } = await toyRun(await temporaryFolder(), { mixing: "before" });
    const own = { before };
    const built = buildSequence(config, own);
    const model = sequenceTrainable(built, corpus, config.options);
    const run = await newRun(async () => ({ config, model }));
    await run.train({ steps: 4 });
    expect((await openSequence(run.folder, { mixings: own })).parameters).toHaveLength(
      built.layout.size,
    );
    await expect(openSequence(run.folder)).rejects.toThrow('there is no mixing "before"');
  });
});

describe("a training that fails leaves nothing open", () => {
  test("no session, wherever it fails", async () => {
    const { config, corpus } = await toyRun(await temporaryFolder());
    const open = countSessions();
    const failing = async () => {
      throw new Error("unreadable");
    };
    for (const part of ["train", "valid"] as const) {
      const damaged: Corpus = { ...corpus, [part]: { ...corpus[part], read: failing } };
      const model = sequenceTrainable(buildSequence(config), damaged, config.options);
      await expect(train(model, { steps: 3 }, { threads: 1 })).rejects.toThrow("unreadable");
      expect(open()).toBe(0);
    }
  });

  // Where the system tells what is open.
  const descriptors = "/proc/self/fd";
  test.skipIf(!existsSync(descriptors))("no file", async () => {
    const open = async () => (await readdir(descriptors)).length;
    const { config, model } = await prepare()();
    const run = await newRun(async () => ({ config, model }));
    await run.kill({ steps: 9 }, 1);
    const before = await open();
    for (let i = 0; i < 3; i++) await run.kill({ steps: 9 }, 3);
    expect(await open()).toBeLessThan(before + 3);
    expect(existsSync(join(run.folder, ".lock"))).toBe(false);
  });
});
