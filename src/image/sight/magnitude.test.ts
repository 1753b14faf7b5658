import { expect, test } from "vitest";
import { relativeMagnitude } from "./magnitude.ts";

test("a magnitude is told as half the logarithm of its ratio to the threshold", () => {
  for (const threshold of [0.125, 1, 8]) {
    for (const ratio of [0.75, 1.25, 1.5, 2.5, 3.5, 11]) {
      const told = relativeMagnitude(ratio * threshold, 1 / threshold);
      expect(told).toBeCloseTo(0.5 * Math.log2(1 + ratio), 12);
    }
  }
});

test("nothing is told as 0, and all from 15 thresholds on as 2", () => {
  expect(relativeMagnitude(0, 8)).toBe(0);
  expect(relativeMagnitude(15, 1)).toBe(2);
  expect(relativeMagnitude(1e9, 1)).toBe(2);
});

test("grows with the magnitude", () => {
  const told = Array.from({ length: 64 }, (_, quarters) => relativeMagnitude(quarters / 4, 1));
  for (const [k, value] of told.entries()) expect(value).toBeGreaterThanOrEqual(told[k - 1] ?? 0);
});
