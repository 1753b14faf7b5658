import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../test/temporaryFolder.ts";
import type { StoredTensor } from "../data/formats/safetensors.ts";
import { writeSafetensors } from "../data/formats/safetensorsFile.ts";
import { describeRun } from "./describeRun.ts";

/** A run folder with this configuration, these metrics and, if wanted, a checkpoint. */
async function runOf(config: unknown, metrics: readonly object[] = [], withCheckpoint = false) {
  const folder = join(await temporaryFolder(), "my-run");
  await mkdir(join(folder, "checkpoint"), { recursive: true });
  const text = typeof config === "string" ? config : JSON.stringify(config);
  await writeFile(join(folder, "config.json"), text);
  const lines = metrics.map((record) => `${JSON.stringify(record)}\n`);
  await writeFile(join(folder, "metrics.jsonl"), lines.join(""));
  if (withCheckpoint) {
    const tensor = (...shape: number[]): StoredTensor => {
      const size = shape.reduce((product, length) => product * length, 1);
      return { shape, data: new Float32Array(size) };
    };
    await writeSafetensors(join(folder, "checkpoint", "latest.safetensors"), {
      tensors: new Map([
        ["parameters/a", tensor(2, 3)],
        ["parameters/b", tensor(5)],
        ["momentum/a", tensor(2, 3)],
      ]),
      metadata: { step: "120" },
    });
  }
  return folder;
}

describe("describeRun", () => {
  it("reads kind, model, parameters, steps, time and the last value of every measure", async () => {
    const config = {
      format: 2,
      kind: "sequence",
      alphabet: { kind: "midi" },
      options: { mixing: "haar-8" },
    };
    const metrics = [
      { step: 100, seconds: 1, nats: 5, gradientNorm: 1 },
      { step: 100, seconds: 1.5, validationNats: 5.5 },
      { step: 120, seconds: 2, tokens: 9, nats: 4 },
    ];
    expect(await describeRun(await runOf(config, metrics, true))).toEqual({
      kind: "sequence",
      name: "my-run",
      model: "haar-8",
      data: "midi",
      parameters: 11,
      steps: 120,
      seconds: 2,
      ending: ".mid",
      scores: [
        { name: "training loss", unit: "nats per token", value: 4, step: 120 },
        { name: "validation loss", unit: "nats per token", value: 5.5, step: 100 },
      ],
    });
  });

  it.each([
    [{ kind: "image", model: { name: "state" } }, "image", "state"],
    [{ kind: "image-classifier" }, "image-classifier", undefined],
    [{ kind: "field", model: "siren" }, "field", "siren"],
    [{ kind: "hologram" }, "unknown", undefined],
    [{ model: { name: "paper" }, language: {} }, "image", "paper"],
    [{ alphabet: {} }, "sequence", undefined],
    [{ task: { name: "listops" }, options: { mixing: "attention" } }, "classifier", "attention"],
    [{ model: "wire", signal: {} }, "field", "wire"],
    [{}, "unknown", undefined],
  ])("of %j is a run of kind %s", async (config, kind, model) => {
    expect(await describeRun(await runOf(config))).toMatchObject({ kind, model, scores: [] });
  });

  it("takes the numbers at the end from result.json", async () => {
    const folder = await runOf({ kind: "image" }, [{ step: 10, seconds: 1, bitsPerImage: 900 }]);
    const result = {
      ...{ step: 20, seconds: 3, examples: 7, parameters: 42, interrupted: false },
      metrics: { bitsPerImage: 800 },
      validation: { bitsPerImage: 850, sharpness: 1 },
    };
    await writeFile(join(folder, "result.json"), JSON.stringify(result));
    expect(await describeRun(folder)).toMatchObject({
      ...{ parameters: 42, steps: 20, seconds: 3 },
      scores: [
        { name: "training loss", unit: "bits per image", value: 800, step: 20 },
        { name: "validation loss", unit: "bits per image", value: 850, step: 20 },
        { name: "validationSharpness", value: 1, step: 20 },
      ],
    });
  });

  it("shows measures that it does not know under their own names", async () => {
    const folder = await runOf({}, [{ step: 3, seconds: 1, sharpness: 0.5, note: "x" }]);
    expect((await describeRun(folder)).scores).toEqual([
      { name: "sharpness", value: 0.5, step: 3 },
    ]);
  });

  it("says nothing of the parameters where the checkpoint is damaged", async () => {
    const folder = await runOf({}, [{ step: 3 }]);
    for (const bytes of [
      Buffer.alloc(3),
      Buffer.alloc(20, 255),
      Buffer.from("\x04\0\0\0\0\0\0\0nope"),
    ]) {
      await writeFile(join(folder, "checkpoint", "latest.safetensors"), bytes);
      const { parameters, steps } = await describeRun(folder);
      expect([parameters, steps]).toEqual([undefined, 3]);
    }
  });

  it("says that a folder is not a run", async () => {
    const empty = await temporaryFolder();
    await expect(describeRun(empty)).rejects.toMatchObject({
      code: "wrong-kind",
      message: `${empty} is not a run: it has no config.json`,
    });
    await expect(describeRun(await runOf("{"))).rejects.toThrow(
      /config\.json is not the configuration of a run/,
    );
  });
});
