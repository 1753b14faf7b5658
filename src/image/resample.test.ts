import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { effectiveCount, normalized, pickOne, resample } from "./resample.ts";

const logs = fc.array(fc.double({ min: -800, max: 800, noNaN: true }), {
  minLength: 1,
  maxLength: 9,
});
const uniform = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe("weights", () => {
  test("have the sum 1 and the ratios that their logs say", () => {
    const [a, b] = normalized([-1000, -1000 + Math.log(3)]);
    expect(a).toBeCloseTo(0.25, 12);
    expect(b).toBeCloseTo(0.75, 12);
  });
  test("are worth all of them where they are equal, and one where one has all", () => {
    expect(effectiveCount([0.25, 0.25, 0.25, 0.25])).toBe(4);
    expect(effectiveCount([0, 1, 0])).toBe(1);
  });
});

describe("resampling", () => {
  test("keeps the number, and differs from count times weight by less than one", () => {
    fc.assert(
      fc.property(logs, uniform, (some, u) => {
        const weights = normalized(some);
        const copies = resample(weights, u);
        expect(copies.reduce((sum, n) => sum + n, 0)).toBe(some.length);
        for (const [k, n] of copies.entries())
          expect(Math.abs(n - weights[k]! * some.length)).toBeLessThan(1 + 1e-9);
      }),
    );
  });
  test("copies each in proportion to its weight, on average", () => {
    const weights = [0.5, 0.05, 0.45];
    const sums = [0, 0, 0];
    for (let i = 0; i < 1000; i++)
      for (const [k, n] of resample(weights, (i + 0.5) / 1000).entries()) sums[k]! += n / 1000;
    for (const [k, sum] of sums.entries()) expect(sum).toBeCloseTo(3 * weights[k]!, 2);
  });
});

test("one is picked in proportion to its weight", () => {
  const counts = [0, 0, 0];
  for (let i = 0; i < 100; i++) counts[pickOne([0.2, 0, 0.8], (i + 0.5) / 100)]!++;
  expect(counts).toEqual([20, 0, 80]);
});
