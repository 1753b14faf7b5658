import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../../test/temporaryFolder.ts";
import { readImage } from "../../data/images/decodeImage.ts";
import { describeTraining, newRun } from "../../train/testing.ts";
import { modelNames } from "../models.ts";
import { buildRun } from "../run.ts";
import {
  createRun,
  imageFiles,
  openImageRun,
  readImageConfig,
  readStaticCoder,
} from "../runFolder.ts";
import { loadedDiscs, tinyLanguage, tinyModels } from "../testing.ts";
import type { RunRequest } from "./createRun.ts";
import { type ImageTraining, imageTrainable } from "./imageTrainable.ts";
import { plainTrainable } from "./trainable.ts";

const images = loadedDiscs(10);
const validation = loadedDiscs(4, { seed: "others" });

const request: RunRequest = {
  model: tinyModels.state,
  language: { wavelet: "haar", finest: 0.25 },
  ...{ fit: "resize", seed: 5, path: "discs", plan: { steps: 1 } },
};

/** Prepares a training of a model of discs; `trainableOf` makes its batches in a thread or not. */
const prepare =
  (
    model: RunRequest["model"] = tinyModels.state,
    training: ImageTraining = {},
    trainableOf: typeof imageTrainable = imageTrainable,
  ) =>
  async () => {
    const folder = await temporaryFolder();
    const config = await createRun(folder, images, {
      ...{ ...request, model },
      language: tinyLanguage(model.name),
    });
    return { config, model: trainableOf(config, images, { threads: 1, ...training }) };
  };

// Batches are the same in a thread (batchesAhead.test.ts), which takes longer to start than all else here.
for (const name of modelNames)
  describeTraining(`the model ${name}`, prepare(tinyModels[name], { validation }, plainTrainable));

test("a training by batches of a thread, killed and interrupted, ends with the bits of one without", async () => {
  const [straight, threaded] = await Promise.all(
    [plainTrainable, imageTrainable].map((trainableOf) =>
      newRun(prepare(tinyModels.state, {}, trainableOf)),
    ),
  );
  await straight!.train({ steps: 20 });
  await threaded!.kill({ steps: 20 }, 8, { saveEvery: 0 });
  await threaded!.interrupt({ steps: 20 }, 12);
  await threaded!.train({ steps: 20 });
  expect(await threaded!.state()).toEqual(await straight!.state());
});

describe("a run of images", () => {
  test("holds what a person wants to see of a training", async () => {
    const folder = join(await temporaryFolder(), "run");
    const config = await createRun(folder, images, request);
    const { samples } = imageFiles(folder);
    const { trainRun } = await import("../../train/run/trainRun.ts");
    const model = imageTrainable(config, images, { validation, samples, threads: 1 });
    const trained = await trainRun(folder, { ...config, plan: { steps: 6 } }, model, {
      threads: 1,
    });
    expect(trained.metrics.bitsPerImage).toBeGreaterThan(0);
    expect(trained.validation.bitsPerImage).toBeGreaterThan(0);
    expect(await readdir(samples)).toEqual(["step-0000003.png", "step-0000006.png"]);
    expect((await readImage(join(samples, "step-0000006.png"))).width).toBeGreaterThan(16);
    expect(await readImage(trained.curve!)).toMatchObject({ width: 720, height: 440 });
    expect(await readImageConfig(folder)).toMatchObject({ plan: { steps: 6 }, width: 8 });
    const run = await openImageRun(folder);
    expect(run.step).toBe(6);
    expect(run.parameters).toEqual(trained.parameters);
    // Samples need no static coder.
    await readStaticCoder(folder);
    await rm(imageFiles(folder).staticCoder);
    await expect(readStaticCoder(folder)).rejects.toThrow("has no static-coder.json");
    expect((await openImageRun(folder)).step).toBe(6);
  });

  test("of another model is refused before anything is written", async () => {
    const run = await newRun(prepare(tinyModels.values, {}, plainTrainable));
    await run.train({ steps: 2 });
    const before = await run.state();
    const other = await prepare(tinyModels.paper, {}, plainTrainable)();
    const { trainRun } = await import("../../train/run/trainRun.ts");
    await expect(
      trainRun(run.folder, { ...other.config, plan: { steps: 4 } }, other.model, { threads: 1 }),
    ).rejects.toThrow(
      'holds a run with model.name "values", not "paper"; name another folder for a new run',
    );
    expect(await run.state()).toEqual(before);
  });

  test("takes classes by name, and refuses those it does not know and sizes it cannot cut", async () => {
    const strange = { ...validation, classNames: ["even", "prime"] };
    await expect(prepare(tinyModels.state, { validation: strange })()).rejects.toThrow(
      'there are images of a class "prime" that the run does not know (even, odd)',
    );
    const small = await newRun(
      prepare(tinyModels.state, { validation: loadedDiscs(3, { width: 6 }) }),
    );
    await expect(small.train({ steps: 4 })).rejects.toThrow(
      "an image of 6×8 pixels is not of the run's size, 8×8",
    );
  });

  test("trains a model of one's own as it trains those it knows, to the same bits", async () => {
    const known = await newRun(prepare());
    await known.train({ steps: 6 });
    const own = await newRun(async () => {
      const { config } = await prepare()();
      return { config, model: imageTrainable(config, images, { own: buildRun(config) }) };
    });
    await own.train({ steps: 6 });
    expect(await own.state()).toEqual(await known.state());
  });
});
