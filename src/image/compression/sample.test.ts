import { expect, test } from "vitest";
import { bandPlan } from "../../codec/planes/bandPlan.ts";
import { type Sample, sampleOf } from "./sample.ts";
import { sizeGuess } from "./sizeGuess.ts";

/** Coefficients that grow along the columns of each band, as a picture does that is busier to the right. */
function growing(width: number, height: number, levels: number) {
  const plan = bandPlan({ channels: 1, width, height, levels }, () => 0);
  const coefficients = new Float32Array(plan.length);
  for (const band of plan.bands)
    for (let row = 0; row < band.height; row++)
      for (let column = 0; column < band.width; column++)
        coefficients[band.start + row * band.stride + column] = 4 + (60 * column) / band.width;
  return { plan, coefficients };
}

test("a small picture is its own sample", () => {
  const small = growing(200, 100, 4);
  expect(sampleOf(small).plan).toBe(small.plan);
});

test("the sample of a large picture has regions of all its parts, so that it tells what each pixel needs", () => {
  const large = growing(2100, 1500, 6);
  const sample = sampleOf(large);
  expect(sample.plan.extent).toMatchObject({ width: 1024, height: 1024, levels: 6 });
  const perPixel = (some: Sample) =>
    sizeGuess(some).totalAt(7) / (some.plan.extent.width * some.plan.extent.height);
  expect(Math.abs(perPixel(sample) / perPixel(large) - 1)).toBeLessThan(0.03);
});

test("a guess falls with the step in each band, and its error grows", () => {
  const guess = sizeGuess(growing(96, 64, 3));
  for (const step of [1, 4, 16, 64]) {
    expect(guess.totalAt(2 * step)).toBeLessThan(guess.totalAt(step));
    expect(guess.errorAt(2 * step)).toBeGreaterThan(guess.errorAt(step));
    for (const [i, bits] of guess.bandsAt(step).entries())
      expect(guess.partsAt(step)[i]!.reduce((sum, x) => sum + x, 0)).toBeCloseTo(bits, 6);
  }
});
