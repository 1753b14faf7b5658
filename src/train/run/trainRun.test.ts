import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { temporaryFolder } from "../../../test/temporaryFolder.ts";
import { input } from "../../graph/index.ts";
import { normal } from "../../nn/initializers.ts";
import { readCheckpoint, writeCheckpoint } from "../checkpointFile.ts";
import { newRun } from "../testing.ts";
import { type Trainable, trainable } from "../trainable.ts";
import { arenaNames } from "../trainer.ts";
import { integer } from "./checks.ts";
import { configCheck, type RunKind, type TrainedConfig } from "./config.ts";
import { listRuns } from "./listRuns.ts";
import { lockRun } from "./lock.ts";
import { openRun, readConfig } from "./runFolder.ts";
import { trainRun, writeRun } from "./trainRun.ts";

const model = (): Trainable =>
  trainable({
    loss: (p) =>
      p
        .get("w", [2, 2], normal(1))
        .matmul(input("x", [2, 2]))
        .square()
        .mean(),
    batch: (_, random) => ({ x: Float32Array.from({ length: 4 }, () => random.normal()) }),
  });

interface ToyConfig extends TrainedConfig {
  readonly kind: "toy";
  readonly format: 3;
  readonly width: number;
}
const kind: RunKind<ToyConfig, Pick<Trainable, "layout">> = {
  kind: "toy",
  format: 3,
  check: configCheck("toy", 3, { width: integer({ min: 1 }) }),
  build: () => model(),
};
const config: ToyConfig = { kind: "toy", format: 3, seed: 1, width: 2, plan: { steps: 4 } };
const open = async () => ({ config, model: model() });

async function trained() {
  const run = await newRun(open);
  await run.train({ steps: 4 });
  return run;
}

describe("a run's configuration", () => {
  test("says its kind and format, and is read back", async () => {
    const { folder } = await trained();
    expect(await readConfig(kind, folder)).toEqual(config);
    expect((await openRun(kind, folder)).step).toBe(4);
  });

  test.each([
    ["{", "is damaged: it is not JSON"],
    ["[]", "is damaged: it must hold an object"],
    ['{"format":1}', "has no kind and format"],
    ['{"kind":"image","format":2}', 'is a run of kind "image", not "toy"'],
    ['{"kind":"toy","format":9}', "has format 9; this version of ondelette reads 3"],
    [
      '{"kind":"toy","format":3,"seed":1,"width":0,"plan":{"steps":4}}',
      "width must be a whole number of at least 1, and is 0",
    ],
    [
      '{"kind":"toy","format":3,"seed":1,"width":1,"plan":{"steps":0}}',
      "plan.steps must be a whole number of at least 1, and is 0",
    ],
    ['{"kind":"toy","format":3,"seed":1,"width":1,"plan":{}}', "plan must have steps or minutes"],
    [
      '{"kind":"toy","format":3,"seed":1,"width":1,"plan":{"steps":4},"wdith":1}',
      "wdith is unknown",
    ],
  ])("%s is refused in one sentence", async (text, message) => {
    const { folder, files } = await trained();
    await writeFile(files.config, text);
    await expect(readConfig(kind, folder)).rejects.toThrow(message);
    await expect(openRun(kind, folder)).rejects.toMatchObject({ name: "UserError" });
  });

  test("of another run in the same folder is refused, and nothing is written", async () => {
    const { folder, files } = await trained();
    const before = await readFile(files.config);
    const other = { ...config, width: 3 };
    await expect(trainRun(folder, other, model(), { threads: 1 })).rejects.toMatchObject({
      message: `${folder} holds a run with width 2, not 3; name another folder for a new run`,
      code: "contradicts-run",
    });
    expect(await readFile(files.config)).toEqual(before);
  });

  test("is the same in another order of its keys", async () => {
    const { folder, files } = await trained();
    const nested = { ...config, data: { path: "a", images: 1, classes: 2 } };
    await writeFile(files.config, JSON.stringify(nested));
    const turned = { ...nested, data: { classes: 2, images: 1, path: "b" } };
    const { step } = await trainRun(folder, turned, model(), { threads: 1 });
    expect(step).toBe(4);
  });
});

describe("the configuration of the run that is continued", () => {
  const nested = { ...config, options: { width: 2, heads: [1, 2], rate: 0.1 } };
  const train = (folder: string, own: TrainedConfig) =>
    trainRun(folder, own, model(), { threads: 1 });

  test("is refused with the one key that differs", async () => {
    const folder = join(await temporaryFolder(), "run");
    await train(folder, nested);
    for (const [options, what] of [
      [{ width: 4, heads: [1, 2], rate: 0.1 }, "options.width 2, not 4"],
      [{ width: 2, heads: [2, 1], rate: 0.1 }, "options.heads [1,2], not [2,1]"],
      [{ width: 2, heads: [1, 2] }, "options.rate 0.1, not undefined"],
    ] as const) {
      await expect(train(folder, { ...nested, options } as TrainedConfig)).rejects.toThrow(
        `${folder} holds a run with ${what}; name another folder for a new run`,
      );
    }
  });
});

describe("a checkpoint of NaN", () => {
  test("is never opened, nor continued", async () => {
    const { folder, files, train } = await trained();
    const { layout } = model();
    const names = arenaNames(model().optimizer);
    const { arenas, ...elapsed } = await readCheckpoint(files.latest, layout, names);
    arenas.parameters![1] = Number.NaN;
    await writeCheckpoint(files.latest, layout, { arenas, ...elapsed });
    await expect(openRun(kind, folder)).rejects.toMatchObject({
      message: `${files.latest} holds parameters that are NaN or infinite`,
      code: "diverged",
    });
    await expect(train({ steps: 8 })).rejects.toMatchObject({
      message: `${files.latest} holds numbers that are NaN or infinite`,
      code: "damaged-file",
    });
  });
});

describe("a run folder", () => {
  test("is not made for a model that is larger than any memory", async () => {
    const folder = join(await temporaryFolder(), "run");
    const layout = { ...model().layout, size: 2 ** 52 };
    await expect(trainRun(folder, config, { ...model(), layout })).rejects.toThrow(RangeError);
    expect(existsSync(folder)).toBe(false);
  });

  test("is locked while a process trains in it", async () => {
    const { folder, train } = await trained();
    await using _lock = await lockRun(folder);
    await expect(train({ steps: 8 })).rejects.toMatchObject({
      message: `${folder} is in use: process ${process.pid} on ${hostname()} is training in it`,
      code: "locked",
    });
  });

  test("is not locked by an earlier start of the same Slurm job, on whatever machine that was", async () => {
    onTestFinished(() => void vi.unstubAllEnvs());
    const { folder, train } = await trained();
    const lock = { pid: 7, host: "another", job: "12", restart: 0 };
    const path = join(folder, ".lock");
    await writeFile(path, JSON.stringify(lock));
    for (const [job, restarts] of [
      ["12", undefined],
      ["13", "1"],
      [undefined, undefined],
    ] as const) {
      vi.stubEnv("SLURM_JOB_ID", job);
      vi.stubEnv("SLURM_RESTART_COUNT", restarts);
      await expect(train({ steps: 8 })).rejects.toMatchObject({
        message: `${folder} is in use: process 7 on another is training in it; if it is gone, remove ${path}`,
      });
    }
    vi.stubEnv("SLURM_JOB_ID", "12");
    vi.stubEnv("SLURM_RESTART_COUNT", "1");
    await train({ steps: 8 });
    expect(await readdir(folder)).not.toContain(".lock");
  });

  test("is not locked by a process that is gone, nor by a half-written lock", async () => {
    const { folder, train } = await trained();
    const child = spawn(process.execPath, ["-e", ""]);
    await once(child, "exit");
    for (const lock of [JSON.stringify({ pid: child.pid, host: hostname() }), "{"]) {
      await writeFile(join(folder, ".lock"), lock);
      expect((await train({ steps: 4 })).step).toBe(4);
    }
    expect(await readdir(folder)).not.toContain(".lock");
  });

  test.skipIf(process.platform !== "linux")(
    "is not locked by another process that has the number of the one that is gone",
    async () => {
      const { folder, train } = await trained();
      const lock = { pid: process.pid, host: hostname(), started: "1" };
      await writeFile(join(folder, ".lock"), JSON.stringify(lock));
      expect((await train({ steps: 4 })).step).toBe(4);
    },
  );

  test("is cleaned of what killed writers left, and of nothing else", async () => {
    const { folder, train } = await trained();
    const litter = ["checkpoint/.latest.safetensors.0123abcd.tmp", ".config.json.89abcdef.tmp"];
    const kept = [".hidden", "notes.tmp", "checkpoint/mine.safetensors"];
    for (const name of [...litter, ...kept]) await writeFile(join(folder, name), "");
    await train({ steps: 8 });
    const left = [
      ...(await readdir(folder)),
      ...(await readdir(join(folder, "checkpoint"))).map((name) => `checkpoint/${name}`),
    ];
    expect(left).toEqual(expect.arrayContaining(kept));
    for (const name of litter) expect(left).not.toContain(name);
  });

  test("of a model that was not trained holds its parameters and scores alone", async () => {
    const folder = join(await temporaryFolder(), "solved");
    const { layout } = model();
    const parameters = new Float32Array(layout.size).fill(2);
    const { plan: _, ...solved } = config;
    await writeRun(folder, solved, layout, parameters, { seconds: 1, psnr: 30 });
    const { arenas } = await readCheckpoint(join(folder, "checkpoint/latest.safetensors"), layout, [
      "parameters",
    ]);
    expect(arenas.parameters).toEqual(parameters);
    expect((await readdir(folder)).sort()).toEqual(["checkpoint", "config.json", "result.json"]);
  });
});

describe("a training with TensorBoard", () => {
  test("adds an event file each time, in a folder that TensorBoard reads", async () => {
    const run = await newRun(open);
    await run.train({ steps: 4 }, { tensorboard: true });
    await run.train({ steps: 8 }, { tensorboard: true });
    const names = await readdir(run.files.tensorboard);
    expect(names).toHaveLength(2);
    for (const name of names) {
      expect(name).toMatch(/^events\.out\.tfevents\./);
      const file = await readFile(join(run.files.tensorboard, name));
      expect(file.includes("training/loss")).toBe(true);
    }
  });
});

describe("a list of runs", () => {
  test("says kind, size, steps, state and numbers of each, wherever it lies", async () => {
    const root = await temporaryFolder();
    await trainRun(join(root, "b"), config, model(), { threads: 1 });
    await trainRun(join(root, "deep", "a"), config, model(), {
      ...{ threads: 1, signal: AbortSignal.abort() },
    });
    await writeFile(join(root, "notes.txt"), "");
    await symlink(join(root, "b"), join(root, "linked"));
    await symlink(root, join(root, "deep", "circle"));
    await symlink(join(root, "none"), join(root, "lost"));
    const runs = await listRuns(root);
    expect(runs).toMatchObject([
      { folder: join(root, "b"), kind: "toy", parameters: 4, step: 4, state: "finished" },
      { folder: join(root, "deep", "a"), kind: "toy", step: 0, state: "stopped" },
      { folder: join(root, "linked"), step: 4 },
    ]);
    expect(runs[0]!.metrics.loss).toEqual(expect.any(Number));
    expect(await listRuns(join(root, "b"))).toHaveLength(1);
    await expect(listRuns(join(root, "none"))).rejects.toMatchObject({ code: "not-found" });
  });
});
