import { expect, test } from "vitest";
import { choiceBits, coefficientsByBitmap, parametersByBitmap } from "./fieldBytes.ts";

test("places cost the logarithm of the number of ways to choose them", () => {
  expect(choiceBits(5, 2)).toBeCloseTo(Math.log2(10), 12);
  expect(choiceBits(40, 20)).toBeCloseTo(Math.log2(137_846_528_820), 8);
  expect(choiceBits(1000, 0)).toBeCloseTo(0, 9);
  // Half of many places: a bit each, less half the logarithm of π n / 2.
  expect(choiceBits(1e6, 5e5)).toBeCloseTo(1e6 - Math.log2(Math.PI * 5e5) / 2, 3);
});

test("as many coefficients as their parameters allow, and no more", () => {
  const places = 1_183_491;
  const coefficients = coefficientsByBitmap(300_000, places);
  expect(parametersByBitmap({ coefficients, places })).toBeLessThanOrEqual(300_000);
  expect(parametersByBitmap({ coefficients: coefficients + 1, places })).toBeGreaterThan(300_000);
  expect(coefficients).toBeGreaterThan(150_000); // of two parameters each
  expect(coefficientsByBitmap(1e9, places)).toBe(places);
});
