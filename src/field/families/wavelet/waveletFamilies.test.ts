import { describe, expect, test } from "vitest";
import { createRandom } from "../../../data/random/random.ts";
import { runTrial } from "../../compare/trial.ts";
import { openEvaluator } from "../../evaluate/evaluate.ts";
import type { TrainedFamily } from "../../family.ts";
import { buildField } from "../../field.ts";
import { psnrOfField } from "../../fit/fit.ts";
import { startOf } from "../../fit/start.ts";
import { decibels } from "../../signal/quality.ts";
import type { Signal } from "../../signal/signal.ts";
import { cauchy } from "./cauchy.ts";
import { gabor } from "./gabor.ts";
import { fitScaling, usualPerAxis } from "./smooth.ts";
import { scalingField, splitField, waveletField } from "./waveletFamilies.ts";

/** A slope with an edge, two channels. */
const picture: Signal = {
  size: [40, 48],
  channels: 2,
  values: Float32Array.from({ length: 40 * 48 * 2 }, (_, i) => {
    const [y, x] = [Math.floor(i / 96) / 40, (Math.floor(i / 2) % 48) / 48];
    const edge = x + 0.3 * y > 0.6 ? 0.4 : -0.2;
    return i % 2 === 0 ? edge + 0.3 * y : 0.5 * x - edge;
  }),
};

async function started(
  family: TrainedFamily,
  init: "maxima" | "random" = "maxima",
  signal = picture,
  width = 40,
) {
  const size = { dimensions: signal.size.length, channels: signal.channels, width };
  const field = buildField(family, size);
  const parameters = await startOf(field, signal, createRandom(1), init);
  return { field, parameters, psnr: await psnrOfField(field, parameters, signal) };
}

/** The PSNR of 0 everywhere. */
const nothing = decibels(picture.values.reduce((sum, x) => sum + x * x, 0) / picture.values.length);

test("the scaling network starts as near as it can come: a sum of its Gaussians exactly", async () => {
  const { field, parameters, psnr } = await started(scalingField());
  expect(psnr).toBeGreaterThan(20);
  await using evaluator = await openEvaluator(field, parameters);
  const size = [32, 32];
  const axis = Float32Array.from({ length: 32 }, (_, i) => (2 * i + 1) / 32 - 1);
  const points = Float32Array.from(
    { length: 2048 },
    (_, i) => axis[i % 2 ? (i >> 1) % 32 : i >> 6]!,
  ); // 32 by 32
  const values = await evaluator.values(points);
  const again = await started(scalingField(), "maxima", { size, channels: 2, values });
  expect(again.psnr).toBeGreaterThan(60);
});

test("the constant of a channel is its mean", () => {
  const { bias } = fitScaling({
    size: [4],
    channels: 2,
    values: Float32Array.of(1, 5, 2, 5, 3, 5, 2, 5),
  });
  expect(Array.from(bias)).toEqual([2, 5]);
});

describe.each([
  ["Gabor, ω/σ = 4", gabor({ omega: 4, sigma: 1 })],
  ["Gabor, ω/σ = 1", gabor({ omega: 1, sigma: 1 })],
  ["Cauchy", cauchy()],
])("with %s", (_, template) => {
  test.each(["isotropic", "anisotropic"] as const)(
    "%s: the read-out starts at what serves best",
    async (shape) => {
      const smooth = await started(scalingField(), "maxima", picture, usualPerAxis(2));
      const split = await started(splitField({ template, shape }));
      expect(split.psnr).toBeGreaterThan(smooth.psnr + 0.01);
      const wavelet = await started(waveletField({ template, shape }));
      expect(wavelet.psnr).toBeGreaterThan(nothing + 0.1);
    },
  );
});

test("the parts of a split field are summed", async () => {
  const { field, parameters } = await started(splitField());
  const at = async (part: "all" | "smooth" | "wavelet") => {
    await using evaluator = await openEvaluator(field, parameters, { part });
    return await evaluator.values(Float32Array.of(0.1, 0.2, -0.4, 0.3));
  };
  const [all, smooth, wavelet] = [await at("all"), await at("smooth"), await at("wavelet")];
  for (const [i, value] of all.entries()) expect(value).toBeCloseTo(smooth[i]! + wavelet[i]!, 5); // as many
});

test("while the rate rises the first steps lose nothing of the start; at the full rate they do", async () => {
  const family = splitField();
  const { field, psnr } = await started(family);
  const psnrAfter = async (steps: number, warmup: number) => {
    const trial = await runTrial({ family: { ...family, warmup }, size: field.size }, picture, {
      ...{ plan: { steps: 10 }, peak: 5e-3, seed: 1, init: "maxima", batch: 2000, threads: 1 },
      rhythm: { steps: [steps] },
    });
    return trial.curve[0]?.value;
  };
  expect(family.warmup).toBe(20);
  expect(await psnrAfter(2, 20)).toBeGreaterThan(psnr - 0.5);
  expect(await psnrAfter(2, 0)).toBeLessThan(psnr - 2);
});

test.each([
  [1, { size: [300], channels: 1 }],
  [3, { size: [8, 9, 10], channels: 1 }],
])("signals of %d axes start too", async (_, { size, channels }) => {
  const values = Float32Array.from({ length: size.reduce((a, b) => a * b) }, (_, i) =>
    Math.sin(i / 9),
  );
  for (const shape of ["isotropic", "anisotropic"] as const) {
    const { psnr } = await started(splitField({ shape }), "maxima", { size, channels, values });
    expect(psnr).toBeGreaterThan(6);
  }
});
