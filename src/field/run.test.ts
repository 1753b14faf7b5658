import { readFile, writeFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../test/temporaryFolder.ts";
import { zeros } from "../nn/initializers.ts";
import { createField } from "./createField.ts";
import { openEvaluator } from "./evaluate/evaluate.ts";
import type { SolvedFamily } from "./family.ts";
import { fitField } from "./fit/fitField.ts";
import type { FieldConfig } from "./run.ts";
import { fieldFiles, openField, readFieldConfig } from "./runFolder.ts";
import { waves } from "./testing.ts";

const training = { peak: 5e-3, batch: 50, plan: { steps: 2 } };
const request = { path: "waves.npy", model: "siren", parameters: 500, training };

/** A family that is not built in: the mean of each channel, everywhere. */
const flat: SolvedFamily = {
  kind: "solved",
  meaning: "a constant",
  values(p, points, { channels, width }) {
    const level = p.get("level", [width, channels], zeros);
    return { all: points.sum(1).reshape([-1, 1]).mul(0).add(level.sum(0)) };
  },
  solve({ parameters, signal: { channels, values } }) {
    for (const [i, x] of values.entries())
      parameters[i % channels]! += (channels * x) / values.length; // width is 1
  },
};

test("a solved family of one's own is fitted and opened by the name that it is given", async () => {
  const own = { mine: flat };
  const folder = await temporaryFolder();
  const config = createField(waves, { path: "waves.npy", model: "mine", parameters: 2 }, own);
  const { psnr } = await fitField(folder, config, waves, { threads: 1, own });
  expect(psnr).toBeGreaterThan(5);
  const field = await openField(folder, own);
  expect(field.family).toBe(flat);
  await using evaluator = await openEvaluator(field, field.parameters, { threads: 1 });
  const mean = (channel: number) =>
    waves.values.reduce((sum, x, i) => sum + (i % 2 === channel ? x : 0), 0) / (12 * 16);
  for (const [channel, value] of (await evaluator.values(Float32Array.of(0.1, 0.2))).entries()) {
    expect(value).toBeCloseTo(mean(channel), 5);
  }
});

test("a trained family needs a plan", () => {
  const { training: _, ...without } = request;
  expect(() => createField(waves, without)).toThrow("siren needs a plan to train by");
});

describe("a field's config.json", () => {
  async function written(change: (config: FieldConfig) => unknown) {
    const folder = await temporaryFolder();
    const config = createField(waves, request);
    await writeFile(fieldFiles(folder).config, JSON.stringify(change(config)));
    return folder;
  }

  test("is read as it was written", async () => {
    const folder = await written((config) => config);
    expect(await readFieldConfig(folder)).toEqual(createField(waves, request));
    expect(JSON.parse(await readFile(fieldFiles(folder).config, "utf8"))).toMatchObject({
      ...{ kind: "field", format: 2, model: "siren", plan: { steps: 2 } },
      training: { init: "maxima", peak: 5e-3, batch: 50 },
    });
  });

  test.each<[string, (config: FieldConfig) => unknown, string]>([
    [
      "of a trained family without a plan",
      ({ plan: _, ...rest }) => rest,
      "siren is a trained family: training and plan must be there",
    ],
    [
      "of a trained family without training",
      ({ training: _, ...rest }) => rest,
      "siren is a trained family: training and plan must be there",
    ],
    ["of four axes", (c) => ({ ...c, size: { ...c.size, dimensions: 4 } }), "size.dimensions must"],
    [
      "with an unknown start",
      (c) => ({ ...c, training: { ...c.training, init: "edges" } }),
      'training.init must be one of "maxima", "random"',
    ],
    ["with another key", (c) => ({ ...c, rate: 1 }), "rate is unknown"],
    ["of an older version", (c) => ({ ...c, format: 1 }), "has format 1"],
    ["of another kind", (c) => ({ ...c, kind: "image" }), 'is a run of kind "image", not "field"'],
  ])("%s is refused", async (_, change, sentence) => {
    const folder = await written(change);
    await expect(readFieldConfig(folder)).rejects.toThrow(sentence);
  });
});
