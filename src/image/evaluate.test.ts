import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../test/temporaryFolder.ts";
import { type ContextCoder, encodeTokens } from "../codec/index.ts";
import { trainRun } from "../train/run/trainRun.ts";
import { evaluate } from "./evaluate.ts";
import { analyze, synthesize } from "./language/language.ts";
import { startingPlaneBits } from "./language/startingPlanes.ts";
import { psnr } from "./psnr.ts";
import type { ImageRun } from "./run.ts";
import { createRun, openImageRun, readStaticCoder } from "./runFolder.ts";
import { loadedDiscs, tinyModels } from "./testing.ts";
import { imageTrainable } from "./training/imageTrainable.ts";

const threads = 1;

async function trained(
  images: ReturnType<typeof loadedDiscs>,
): Promise<ImageRun & { readonly staticCoder: ContextCoder }> {
  const folder = join(await temporaryFolder(), "run");
  const plan = { steps: 3 };
  const config = await createRun(folder, images, {
    model: tinyModels.state,
    language: { wavelet: "haar", finest: 0.25 },
    fit: "resize",
    seed: 1,
    path: "discs",
    plan,
  });
  await trainRun(folder, config, imageTrainable(config, images, { threads }), { threads });
  return { ...(await openImageRun(folder)), staticCoder: await readStaticCoder(folder) };
}

test("scores are means over images of what stream and starting plane cost", async () => {
  const run = await trained(loadedDiscs(8));
  const images = loadedDiscs(35, { seed: "others" }); // more than one chunk
  const { staticCoder } = run;
  const result = await evaluate(run, images, { threads, staticCoder });

  const { language, config } = run;
  await using scorer = await run.model.scorer(run.parameters, { threads });
  const sum = { bits: 0, static: 0, tokens: 0, psnr: 0 };
  for (const [i, raster] of images.rasters.entries()) {
    const label = images.labels[i]!; // one a raster
    const coefficients = analyze(raster, language);
    const encoding = encodeTokens(coefficients, language.tokens);
    const plane = startingPlaneBits(config.startingPlanes, label, encoding.startingPlane);
    const [bits] = await scorer.bits([{ coefficients, label }]);
    sum.bits += bits! + plane;
    sum.static += run.staticCoder.bits(encoding, language.tokens) + plane;
    sum.tokens += encoding.tokens.length;
    const unit = Float64Array.from(raster.data, (x) => x / 255);
    sum.psnr += psnr(unit, synthesize(encoding.approximation, language).samples);
  }
  expect(result.images).toBe(35);
  expect(result.bitsPerImage).toBeCloseTo(sum.bits / 35, 2);
  expect(result.bitsPerPixel).toBeCloseTo(result.bitsPerImage / 64, 9);
  expect(result.staticCoder?.bitsPerImage).toBeCloseTo(sum.static / 35, 6);
  expect(result.tokensPerImage).toBeCloseTo(sum.tokens / 35, 9);
  expect(result.psnr).toBeCloseTo(sum.psnr / 35, 1);
  expect(result.tokensPerSecond).toBeGreaterThan(0);
});

test("images of a run that is no square are scored as they are", async () => {
  const size = { width: 12, height: 6 };
  const run = await trained(loadedDiscs(6, size));
  const result = await evaluate(run, loadedDiscs(3, size), { threads });
  expect(result.images).toBe(3);
  expect(result.bitsPerPixel).toBeCloseTo(result.bitsPerImage / 72, 9);
  await expect(evaluate(run, loadedDiscs(3), { threads })).rejects.toThrow("not of the run's size");
});

test("an evaluation that is interrupted gives no figures", async () => {
  const run = await trained(loadedDiscs(4));
  const signal = AbortSignal.abort();
  await expect(evaluate(run, loadedDiscs(4), { threads, signal })).rejects.toThrow("aborted");
});
