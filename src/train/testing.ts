import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { countSessions } from "../../test/openSessions.ts";
import { temporaryFolder } from "../../test/temporaryFolder.ts";
import { readMetrics } from "../data/files/jsonl.ts";
import { readSafetensors } from "../data/formats/safetensorsFile.ts";
import type { Plan } from "./plan.ts";
import type { TrainedConfig } from "./run/config.ts";
import { readAnyConfig, runFiles } from "./run/runFolder.ts";
import { type RunOptions, trainRun } from "./run/trainRun.ts";
import type { Trainable } from "./trainable.ts";

/** What a training starts from, made anew each time, as another process would. */
export type OpenTraining = () => Promise<{
  readonly config: Omit<TrainedConfig, "plan">;
  readonly model: Trainable;
}>;

const quiet: RunOptions = { threads: 1, saveEvery: 1e9 };

/** A new run folder, and trainings in it. */
export async function newRun(open: OpenTraining) {
  const folder = join(await temporaryFolder(), "run");
  const files = runFiles(folder);
  const train = async (plan: Plan, more: RunOptions = {}) => {
    const { config, model } = await open();
    return trainRun(folder, { ...config, plan }, model, { ...quiet, ...more });
  };
  return {
    folder,
    files,
    train,
    /** Ctrl-C after a step: it is saved. */
    async interrupt(plan: Plan, after: number, more: RunOptions = {}) {
      const interrupt = new AbortController();
      const report = ({ step }: { readonly step: number }) => {
        if (step === after) interrupt.abort();
      };
      const trained = await train(plan, { ...more, signal: interrupt.signal, report });
      expect(trained).toMatchObject({ step: after, interrupted: true });
    },
    /** Ends at once after a step, as if killed: nothing more is saved. */
    async kill(plan: Plan, after: number, more: RunOptions = {}) {
      const report = ({ step }: { readonly step: number }) => {
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

/**
 * The suite that all kinds of trainings in a folder share. A training of 20 steps is interrupted after each number of steps in
 * `interrupted`, and a plan of each number in `planned` gets one more step. The defaults lie where the rate falls; kinds that train fast
 * are tested at more.
 */
export function describeTraining(
  name: string,
  open: OpenTraining,
  { interrupted = [12], planned = [7] } = {},
): void {
  describe(`a training of ${name}`, () => {
    const ends = new Map<number, ReturnType<Awaited<ReturnType<typeof newRun>>["state"]>>();
    /** What a plan of so many steps ends with that nothing interrupts. */
    const straight = (steps: number) => {
      const end =
        ends.get(steps) ?? newRun(open).then((run) => run.train({ steps }).then(run.state));
      ends.set(steps, end);
      return end;
    };

    test("of k steps, interrupted, and k steps more equals 2 k bit for bit", async () => {
      const expected = await straight(20);
      expect(expected.step).toBe(20);
      for (const k of interrupted) {
        const run = await newRun(open);
        await run.interrupt({ steps: 20 }, k);
        expect((await run.state()).step).toBe(k);
        await run.train({ steps: 20 });
        expect(await run.state()).toEqual(expected);
      }
    });

    test("by a longer plan continues from before the decay, as if planned so from the start", async () => {
      const expected = await straight(20);
      const run = await newRun(open);
      await run.train({ steps: 9 });
      expect(await run.state()).not.toEqual(expected);
      await run.train({ steps: 20 });
      expect(await run.state()).toEqual(expected);
    });

    test("by a plan that is longer by one step is never refused", async () => {
      for (const k of planned) {
        const run = await newRun(open);
        await run.train({ steps: k });
        await run.train({ steps: k + 1 });
        expect(await run.state()).toEqual(await straight(k + 1));
      }
    });

    test("killed at any moment still ends with the same bits", async () => {
      const expected = await straight(20);
      const run = await newRun(open);
      await run.kill({ steps: 9 }, 1); // no checkpoint yet
      await run.kill({ steps: 9 }, 7); // only that before the decay
      await run.kill({ steps: 9 }, 8, { saveEvery: 0 });
      await run.train({ steps: 9 });
      await run.kill({ steps: 20 }, 6);
      await run.train({ steps: 20 });
      expect(await run.state()).toEqual(expected);
    });

    test("asked for a plan that is done repeats what it has on record", async () => {
      const run = await newRun(open);
      const first = await run.train({ steps: 4 });
      const before = [await run.state(), await readFile(run.files.metrics)];
      const again = await run.train({ steps: 4 });
      expect(again.step).toBe(4);
      expect(again.validation).toEqual(first.validation);
      const { key } = (await open()).model.measure;
      expect(again.metrics[key]).toBeCloseTo(first.metrics[key]!, 6);
      expect(again.metrics).not.toHaveProperty("step");
      expect([await run.state(), await readFile(run.files.metrics)]).toEqual(before);
    });

    test("refuses a plan that ends before the decay it has begun, or in it before what is done, and says which would do", async () => {
      const run = await newRun(open);
      await run.train({ steps: 40 });
      const before = [await run.state(), await readFile(run.files.config)];
      const refusal =
        "has done 40 of 40 steps, and its learning rate has begun to fall; continue with the same plan, or with at least";
      await expect(run.train({ steps: 5 })).rejects.toThrow(new RegExp(`${refusal} \\d+ steps`));
      expect([await run.state(), await readFile(run.files.config)]).toEqual(before);
      // The start of this one would do.
      await expect(run.train({ steps: 39 })).rejects.toThrow(`${refusal} 41 steps`);
      expect([await run.state(), await readFile(run.files.config)]).toEqual(before);
    });

    test("refuses a plan of less than is done, and keeps its own", async () => {
      const run = await newRun(open);
      await run.interrupt({ steps: 1000 }, 9);
      const before = [await run.state(), await readFile(run.files.config)];
      await expect(run.train({ steps: 5 })).rejects.toThrow(
        "has done 9 already, more than the 5 steps asked for",
      );
      expect([await run.state(), await readFile(run.files.config)]).toEqual(before);
    });

    test("records its measure and its validation once for each step, however often it is killed", async () => {
      const { model } = await open();
      const rhythm = { times: 4 };
      const run = await newRun(open);
      await run.kill({ steps: 20 }, 8, { rhythm });
      await run.interrupt({ steps: 20 }, 6, { rhythm });
      await run.kill({ steps: 20 }, 17, { rhythm });
      const trained = await run.train({ steps: 20 }, { rhythm });
      const records = await readMetrics(run.files.metrics);
      const validated = records.filter((record) =>
        Object.keys(record).some((key) => key.startsWith("validation")),
      );
      if (model.validator) expect(validated.map(({ step }) => step)).toEqual([5, 10, 15, 20]);
      const last = records.findLast((record) => record[model.measure.key] !== undefined);
      expect(last).toMatchObject({ step: 20, [model.examples]: trained.examples });
      expect(trained.metrics[model.measure.key]).toEqual(expect.any(Number));
      expect(trained.curve).toBe(run.files.curve);
      expect(JSON.parse(await readFile(run.files.result, "utf8"))).toMatchObject({
        ...{ step: 20, interrupted: false, parameters: model.layout.size },
      });
      const config: Record<string, unknown> = { ...(await open()).config };
      const written = await readAnyConfig(run.folder);
      expect(written).toMatchObject({ kind: config.kind, format: config.format });
      expect(written.plan).toEqual({ steps: 20 });
    });

    test("stopped before it begins has no chart and no numbers", async () => {
      const run = await newRun(open);
      const trained = await run.train({ steps: 5 }, { signal: AbortSignal.abort() });
      expect(trained).toMatchObject({ step: 0, examples: 0, interrupted: true, metrics: {} });
      expect(trained.curve).toBeUndefined();
    });

    test("that diverges keeps the last finite checkpoint", async () => {
      const reckless = async () => {
        const { config, model } = await open();
        return { config, model: { ...model, rate: { ...model.rate, peak: 1e38, warmup: 3 } } };
      };
      const run = await newRun(reckless);
      await run.interrupt({ steps: 50 }, 1).catch(() => {}); // one step at a third of the rate may be enough
      const before = await run.state().catch(() => undefined);
      const open_ = countSessions();
      await expect(run.train({ steps: 50 })).rejects.toThrow(
        /^the training diverged: .* at step \d+; checkpoints saved before that are kept/,
      );
      expect(open_()).toBe(0);
      const after = await run.state().catch(() => undefined);
      expect(after).toEqual(before);
      for (const { data } of after?.tensors.values() ?? []) {
        expect([...(data as Float32Array)].every(Number.isFinite)).toBe(true);
      }
    });
  });
}
