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

describe("the bracket of a budget", () => {
  test("is the largest file within it and the smallest above, in a logarithm of trials", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 200 }),
        fc.integer({ min: 0, max: 1100 }),
        async (unsorted, budget) => {
          const sizes = unsorted.sort((a, b) => a - b);
          const { tried, trial } = trials(sizes);
          const { below, above } = await bracket(sizes.length, trial, budget);
          expect(below?.bytes).toBe(sizes.findLast((size) => size <= budget));
          expect(above?.bytes).toBe(sizes.find((size) => size > budget));
          expect(tried.length).toBeLessThanOrEqual(Math.ceil(Math.log2(sizes.length + 1)));
        },
      ),
    );
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
