import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { countSessions } from "../../test/openSessions.ts";
import { temporaryFolder } from "../../test/temporaryFolder.ts";
import { readMetrics } from "../data/files/jsonl.ts";
import { readSafetensors } from "../data/formats/safetensors.ts";
import { readImage } from "../data/images/decodeImage.ts";
import { UserError } from "../errors/userError.ts";
import type { Plan } from "../train/plan.ts";
import { openCorpus } from "./corpus/corpus.ts";
import { drawSequenceCurve } from "./curve.ts";
import { mixingNames } from "./mixings.ts";
import {
  openSequence,
  readSequenceConfig,
  type SequenceOptions,
  sequenceFiles,
  writeSequenceConfig,
} from "./run.ts";
import { toyRun } from "./testing.ts";
import { type SequenceTraining, trainSequence } from "./train.ts";

const options: SequenceTraining = {
  threads: 1,
  signal: new AbortController().signal,
  saveEvery: 1e9,
  report: () => {},
};

/** A new run, and trainings of it; each opens the corpus anew, as another process would. */
async function newRun(
  changes: Partial<SequenceOptions> = {},
  more: Parameters<typeof toyRun>[2] = {},
) {
  const parent = await temporaryFolder();
  const { config, corpus } = await toyRun(parent, changes, more);
  await corpus[Symbol.asyncDispose]();
  const folder = join(parent, "run");
  const files = sequenceFiles(folder);
  const train = async (plan: Plan, more: Partial<SequenceTraining> = {}) => {
    await using corpus = await openCorpus(files.corpus);
    return await trainSequence(folder, corpus, plan, { ...options, ...more });
  };
  return {
    folder,
    files,
    config,
    train,
    /** Ctrl-C after a step: it is saved. */
    async interrupt(plan: Plan, after: number, more: Partial<SequenceTraining> = {}) {
      const interrupt = new AbortController();
      const report = ({ step }: { step: number }) => {
        if (step === after) interrupt.abort();
      };
      const { signal } = interrupt;
      expect((await train(plan, { ...more, signal, report })).step).toBe(after);
    },
    /** Ends at once after a step, as if killed: nothing more is saved. */
    async kill(plan: Plan, after: number, more: Partial<SequenceTraining> = {}) {
      const report = ({ step }: { step: number }) => {
        if (step === after) throw new Error("killed");
      };
      await expect(train(plan, { ...more, report })).rejects.toThrow("killed");
    },
    /** Parameters and optimizer state of the latest checkpoint, and how far it is. */
    async state() {
      const { tensors, metadata } = await readSafetensors(files.latest);
      return { tensors, step: Number(metadata.step), examples: Number(metadata.examples) };
    },
  };
}

const ends = new Map<number, ReturnType<Awaited<ReturnType<typeof newRun>>["state"]>>();

/** What a plan of so many steps ends with that nothing interrupts. */
async function straight(steps: number) {
  const run = await newRun();
  const end = ends.get(steps) ?? run.train({ steps }).then(run.state);
  ends.set(steps, end);
  return end;
}

// The learning rate falls from a fifth of a plan on.
describe("training", () => {
  test("interrupted before and after the decay begins, ends with the same bits", async () => {
    const expected = await straight(20);
    expect(expected.step).toBe(20);
    for (const k of [2, 10]) {
      const run = await newRun();
      await run.interrupt({ steps: 20 }, k);
      expect((await run.state()).step).toBe(k);
      await run.train({ steps: 20 });
      expect(await run.state()).toEqual(expected);
    }
  });

  test("killed at any moment, ends with the same bits", async () => {
    const expected = await straight(20);
    const run = await newRun();
    await run.kill({ steps: 20 }, 2); // no checkpoint yet
    await run.kill({ steps: 20 }, 7); // only that before the decay
    await run.kill({ steps: 20 }, 4, { saveEvery: 0 }); // just before the decay
    expect((await run.state()).step).toBe(3);
    await run.kill({ steps: 20 }, 12, { saveEvery: 0 });
    expect((await run.state()).step).toBe(11);
    await run.train({ steps: 20 });
    expect(await run.state()).toEqual(expected);
  });

  test("by a longer plan, goes on before the decay as if it had been planned so", async () => {
    const expected = await straight(20);
    const run = await newRun();
    await run.train({ steps: 10 });
    expect(await run.state()).not.toEqual(expected);
    await run.kill({ steps: 20 }, 3); // back where the decay began, nothing saved since
    await run.kill({ steps: 20 }, 6);
    await run.train({ steps: 20 });
    expect(await run.state()).toEqual(expected);
  });

  test("by a plan that is longer by one step, is never refused", async () => {
    for (const k of [1, 6]) {
      const run = await newRun();
      await run.train({ steps: k });
      await run.train({ steps: k + 1 });
      expect(await run.state()).toEqual(await straight(k + 1));
    }
  });

  test("by a plan that ends before the decay it has begun, is refused", async () => {
    const run = await newRun();
    await run.train({ steps: 40 });
    const [state, config] = [await run.state(), await readFile(run.files.config)];
    await expect(run.train({ steps: 5 })).rejects.toThrow(
      new UserError(
        `${run.folder} was trained to the end of its plan, and the new plan is too short to continue it; ask for more`,
      ),
    );
    expect(await run.state()).toEqual(state);
    expect(await readFile(run.files.config)).toEqual(config);
  });

  test("counts the tokens that it was asked to predict, not what fills windows up", async () => {
    const run = await newRun({ context: 8, batch: 2 }, { text: "abcdefghijkl" });
    // Ten characters are two windows, of 8 + 2 or 7 + 3 …; both are in every batch.
    expect(await run.train({ steps: 3 })).toMatchObject({ step: 3, tokens: 3 * 10 });
  });

  test.each(mixingNames)("learns, with the mixing %s", async (mixing) => {
    const run = await newRun({ mixing, width: 16, batch: 8 });
    const { trainingNats = Infinity, heldOutNats = Infinity } = await run.train({ steps: 60 });
    const untrained = Math.log(run.config.symbols);
    expect(heldOutNats).toBeLessThan(0.75 * untrained);
    expect(trainingNats).toBeLessThan(untrained); // a mean from the first step on
  });
});

describe("a run folder", () => {
  test("holds what a person wants to see of a training", async () => {
    const run = await newRun();
    const result = await run.train({ steps: 6 });
    expect(result).toMatchObject({ step: 6, parameters: expect.any(Number) });
    expect(result.tokens).toBeLessThanOrEqual(6 * 4 * 8);
    const records = await readMetrics(run.files.metrics);
    const { trainingNats: nats, heldOutNats, tokens } = result;
    expect(records).toMatchObject([
      { step: 6, tokens, nats },
      { step: 6, tokens, heldOutNats },
    ]);
    expect(await readImage(await drawSequenceCurve(run.folder))).toMatchObject({ width: 720 });
    expect((await readSequenceConfig(run.folder)).plan).toEqual({ steps: 6 });
    const { parameters, layout } = await openSequence(run.folder);
    expect(parameters).toHaveLength(layout.size);
    expect(layout.size).toBe(result.parameters);
  });

  test("says each thing once, however often the training is killed", async () => {
    const [plan, scores] = [{ steps: 20 }, { scores: 5 }];
    const scoresOf = async ({ files }: Pick<typeof run, "files">) =>
      (await readMetrics(files.metrics)).flatMap(({ step, heldOutNats }) =>
        heldOutNats === undefined ? [] : { step, heldOutNats },
      );
    const straight = await newRun();
    await straight.train(plan, scores);
    const run = await newRun();
    await run.kill(plan, 10, scores);
    await run.interrupt(plan, 7, scores);
    await run.kill(plan, 17, scores);
    await run.train(plan, scores);
    const told = await scoresOf(run);
    expect(told).toEqual(await scoresOf(straight));
    expect(told.map(({ step }) => step)).toEqual([4, 8, 12, 16, 20]);
  });

  test("tells the held-out score more and more rarely, where nothing else is said", async () => {
    const run = await newRun();
    await run.train({ steps: 70 });
    const records = await readMetrics(run.files.metrics);
    const steps = records.flatMap(({ step, heldOutNats }) => (heldOutNats ? step : []));
    expect(steps).toEqual([50, 63, 70]);
  });

  test("asked for a plan that is done, repeats what it has on record", async () => {
    const run = await newRun();
    const first = await run.train({ steps: 4 });
    const [before, state] = [await readFile(run.files.metrics), await run.state()];
    expect(await run.train({ steps: 4 })).toEqual(first);
    expect(await readFile(run.files.metrics)).toEqual(before);
    expect(await run.state()).toEqual(state);
  });

  test("draws a curve even of nothing", async () => {
    const run = await newRun();
    const result = await run.train({ steps: 5 }, { signal: AbortSignal.abort() });
    expect(result).toMatchObject({ step: 0, tokens: 0 });
    expect(result.trainingNats).toBeUndefined();
    expect((await readImage(await drawSequenceCurve(run.folder))).width).toBe(720);
  });

  test("of another model's checkpoint is refused before anything is written", async () => {
    const run = await newRun();
    await run.train({ steps: 2 });
    const { options } = run.config;
    const wider = { ...run.config, options: { ...options, width: 16 }, plan: { steps: 2 } };
    await writeSequenceConfig(run.folder, wider);
    const before = await readFile(run.files.latest);
    const message = `${run.files.latest} is a checkpoint of another model: parameters/token.table should be`;
    await expect(run.train({ steps: 4 })).rejects.toThrow(message);
    await expect(openSequence(run.folder)).rejects.toThrow(message);
    expect(await readFile(run.files.latest)).toEqual(before);
    expect((await readSequenceConfig(run.folder)).plan).toEqual({ steps: 2 });
  });

  test("keeps the last checkpoint where the loss is no number", async () => {
    const run = await newRun({ peak: 1e38 });
    await run.interrupt({ steps: 50 }, 1);
    const state = await run.state();
    await expect(run.train({ steps: 50 })).rejects.toThrow(
      /^the loss is \S+ at step \d+; the last checkpoint is kept, but only a new run with a lower --rate/,
    );
    expect(await run.state()).toEqual(state);
  });
});

describe("a training that fails leaves nothing open", () => {
  test("no session, wherever it fails", async () => {
    const run = await newRun();
    const open = countSessions();
    await using corpus = await openCorpus(run.files.corpus);
    const failing = async () => {
      throw new Error("unreadable");
    };
    for (const part of ["train", "valid"] as const) {
      const damaged = { ...corpus, [part]: { ...corpus[part], read: failing } };
      const training = trainSequence(run.folder, damaged, { steps: 3 }, options);
      await expect(training).rejects.toThrow("unreadable");
      expect(open()).toBe(0);
    }
    await rm(run.files.metrics);
    await mkdir(run.files.metrics);
    await expect(run.train({ steps: 3 })).rejects.toThrow("EISDIR");
    expect(open()).toBe(0);
  });

  // Where the system tells what is open.
  const descriptors = "/proc/self/fd";
  test.skipIf(!existsSync(descriptors))("no file", async () => {
    const open = async () => (await readdir(descriptors)).length;
    const run = await newRun();
    await run.kill({ steps: 9 }, 1);
    const before = await open();
    for (let i = 0; i < 3; i++) await run.kill({ steps: 9 }, 3);
    expect(await open()).toBeLessThan(before + 3);
  });
});
