import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../../test/temporaryFolder.ts";
import { createRandom } from "../../data/random/random.ts";
import { UserError } from "../../errors/userError.ts";
import type { Batch } from "../../train/trainable.ts";
import { modelNames } from "../models.ts";
import { buildRun } from "../run.ts";
import { createRun } from "../runFolder.ts";
import { discPicture, loadedDiscs, tinyLanguage, tinyModels } from "../testing.ts";
import { openBatches } from "./batchesAhead.ts";
import { trainingImages } from "./trainingSet.ts";

const images = loadedDiscs(6);
const newRun = async (name: (typeof modelNames)[number]) =>
  createRun(join(await temporaryFolder(), "run"), images, {
    model: tinyModels[name],
    language: tinyLanguage(name),
    ...{ fit: "resize", seed: 3, path: "discs", plan: { steps: 1 } },
  });

test.each(modelNames)(
  "are the batches of the model %s, whatever step is asked for",
  async (name) => {
    const config = await newRun(name);
    const { language, model } = buildRun(config);
    const random = createRandom(config.seed).fork("batches");
    const expected = model.batches(trainingImages(images, language, config), random);
    const ahead = openBatches(config, images, createRandom(config.seed));
    for (const step of [4, 4, 5, 9, 2])
      expect(await ahead(step)).toEqual(copyOf(await expected(step)));
    await ahead[Symbol.asyncDispose]?.();
  },
);

test("what is wrong with the images is told to whoever asks for a batch, then and later", async () => {
  const config = await newRun("state");
  const wrong = { rasters: [discPicture(7, 8, 1, 0)], labels: Uint16Array.of(0) };
  const ahead = openBatches(config, wrong, createRandom(1));
  for (const step of [1, 2]) {
    const error = await Promise.resolve(ahead(step)).catch((reason) => reason);
    expect(error).toBeInstanceOf(UserError);
    expect(error.message).toContain("7×8");
  }
  await ahead[Symbol.asyncDispose]?.();
});

/** A batch that stays as it is when the model fills its arrays anew. */
const copyOf = (batch: Batch): Batch => structuredClone(batch);
