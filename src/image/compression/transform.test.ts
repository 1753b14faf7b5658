import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bandPlan } from "../../codec/planes/bandPlan.ts";
import { createRandom } from "../../data/random/random.ts";
import { usualLevels } from "./pictureHead.ts";
import { analyzeChannel, synthesizeChannel } from "./transform.ts";

const noiseOf = (length: number, seed: number) => {
  const random = createRandom(seed);
  return Float64Array.from({ length }, () => 255 * random.uniform() - 128);
};

const planFor = (
  width: number,
  height: number,
  levels = usualLevels(width, height),
  channels = 1,
) => bandPlan({ channels, height, width, levels }, () => 0);

describe("the transform of a channel", () => {
  test("is undone by its inverse, whatever the size and the number of levels", () => {
    const length = fc.integer({ min: 1, max: 40 });
    fc.assert(
      fc.property(length, length, fc.integer({ min: 0, max: 7 }), (width, height, levels) => {
        const plan = planFor(width, height, levels);
        const samples = noiseOf(width * height, 31 * width + height);
        const coefficients = new Float64Array(plan.length);
        analyzeChannel(samples.slice(), 0, plan, coefficients);
        const back = synthesizeChannel(coefficients, 0, plan);
        expect(back).toHaveLength(samples.length);
        for (const [i, x] of back.entries())
          if (!(Math.abs(x - samples[i]!) < 1e-9)) expect(x).toBe(samples[i]);
      }),
      { numRuns: 60 },
    );
  });

  test("writes into the bands of its own channel alone", () => {
    const plan = planFor(9, 7, 2, 3);
    const coefficients = new Float64Array(plan.length);
    analyzeChannel(new Float64Array(63).fill(1), 1, plan, coefficients);
    const own = plan.bands.filter(({ channel }) => channel === 1);
    const [from, to] = [own[0]!.start, own.at(-1)!];
    const end = to.start + to.stride * to.height;
    expect(coefficients.subarray(0, from).every((x) => x === 0)).toBe(true);
    expect(coefficients.subarray(end).every((x) => x === 0)).toBe(true);
    expect(coefficients.some((x) => x !== 0)).toBe(true);
  });

  test("keeps the energy of noise to a tenth: its wavelets have unit norm, and are nearly orthogonal", () => {
    const [width, height] = [256, 192];
    const plan = planFor(width, height, 3);
    const samples = noiseOf(width * height, 4);
    const coefficients = new Float64Array(plan.length);
    analyzeChannel(samples.slice(), 0, plan, coefficients);
    const energy = (values: Float64Array) => values.reduce((sum, x) => sum + x * x, 0);
    const ratio = energy(coefficients) / energy(samples);
    // Wavelets of synthesis have norm 1 and inner product 1 with those of analysis, whose norms are thus 1 at least.
    expect(ratio).toBeGreaterThan(1);
    expect(ratio).toBeLessThan(1.09);
  });

  test("makes an error of 1 in any coefficient one of 1 in the samples, away from the borders", () => {
    const plan = planFor(192, 192, 3);
    for (const { start, stride, height, width } of plan.bands) {
      const coefficients = new Float64Array(plan.length);
      coefficients[start + (height >> 1) * stride + (width >> 1)] = 1;
      const error = synthesizeChannel(coefficients, 0, plan);
      expect(error.reduce((sum, x) => sum + x * x, 0)).toBeCloseTo(1, 6);
    }
  });

  test("of a constant has no details", () => {
    const plan = planFor(37, 22);
    const coefficients = new Float64Array(plan.length);
    analyzeChannel(new Float64Array(37 * 22).fill(100), 0, plan, coefficients);
    for (const { level, start, stride, height, width } of plan.bands)
      if (level > 0)
        for (let row = 0; row < height; row++)
          for (let column = 0; column < width; column++)
            expect(Math.abs(coefficients[start + row * stride + column]!)).toBeLessThan(1e-9);
  });
});
