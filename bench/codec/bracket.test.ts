import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bracket, psnrAt } from "./bracket.ts";

const trials = (sizes: readonly number[]) => {
  const tried: number[] = [];
  const trial = async (step: number) => {
    tried.push(step);
    return { bytes: sizes[step]!, psnr: step };
  };
  return { tried, trial };
};

const ascending = fc
  .array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 200 })
  .map((sizes) => sizes.sort((a, b) => a - b));

describe("the bracket of a budget", () => {
  test("is the largest file within it and the smallest above, or two that are hardly farther", async () => {
    await fc.assert(
      fc.asyncProperty(ascending, fc.integer({ min: 0, max: 1100 }), async (sizes, budget) => {
        const { below, above } = await bracket(sizes.length, trials(sizes).trial, budget);
        if (below && above && above.bytes <= 1.01 * below.bytes) return;
        expect(below?.bytes).toBe(sizes.findLast((size) => size <= budget));
        expect(above?.bytes).toBe(sizes.find((size) => size > budget));
      }),
    );
  });

  test("takes at most three logarithms of trials, and a few on a scale of even ratios", async () => {
    await fc.assert(
      fc.asyncProperty(ascending, fc.integer({ min: 0, max: 1100 }), async (sizes, budget) => {
        const { tried, trial } = trials(sizes);
        await bracket(sizes.length, trial, budget);
        expect(tried.length).toBeLessThanOrEqual(3 * Math.ceil(Math.log2(sizes.length + 1)));
        expect(new Set(tried).size).toBe(tried.length);
      }),
    );
    const even = Array.from({ length: 4096 }, (_, i) => Math.round(1000 * 1.002 ** i));
    for (const budget of [2_345, 40_000, 600_000]) {
      const { tried, trial } = trials(even);
      await bracket(even.length, trial, budget);
      expect(tried.length).toBeLessThanOrEqual(7);
    }
  });

  test("holds on both sides even where sizes do not always grow", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 200 }),
        fc.integer({ min: 0, max: 1100 }),
        async (sizes, budget) => {
          const { below, above } = await bracket(sizes.length, trials(sizes).trial, budget);
          expect(below?.bytes ?? 0).toBeLessThanOrEqual(budget);
          expect(above?.bytes ?? Infinity).toBeGreaterThan(budget);
          expect(below ?? above).toBeDefined();
        },
      ),
    );
  });
});

describe("PSNR at a budget", () => {
  const below = { bytes: 100, psnr: 30 };
  test("lies between its neighbors, linear in the logarithm of bytes", () => {
    expect(psnrAt({ below, above: { bytes: 400, psnr: 36 } }, 200)).toBeCloseTo(33, 12);
    expect(psnrAt({ below, above: { bytes: 400, psnr: 36 } }, 100)).toBe(30);
  });
  test("is the smaller file's where the larger one is worse or missing", () => {
    expect(psnrAt({ below, above: { bytes: 110, psnr: 29 } }, 105)).toBe(30);
    expect(psnrAt({ below, above: undefined }, 105)).toBe(30);
  });
  test("is not known where every file is too large", () => {
    expect(psnrAt({ below: undefined, above: below }, 99)).toBeUndefined();
  });
});
