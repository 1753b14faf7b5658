import { expect, test } from "vitest";
import { deviation, incompleteBeta, mean, welchP } from "./welch.ts";

test("mean and deviation of a sample", () => {
  expect(mean([1, 2, 6])).toBe(3);
  expect(deviation([1, 2, 6])).toBeCloseTo(Math.sqrt(7), 12);
  expect(deviation([1])).toBeNaN();
});

test.each([
  [0.5, 2, 2, 0.5], // symmetric
  [0.3, 1, 1, 0.3], // uniform
  [0.2, 2, 1, 0.04], // x²
  [0.2, 1, 3, 1 - 0.8 ** 3],
  [0.9, 0.5, 0.5, (2 / Math.PI) * Math.asin(Math.sqrt(0.9))], // the arcsine distribution
])("I_%f(%f, %f) is %f, where it has a closed form", (x, a, b, expected) => {
  expect(incompleteBeta(x, a, b)).toBeCloseTo(expected, 12);
});

test("Student's distribution with 1 and 2 degrees of freedom, in closed form", () => {
  // P(|T| > t): 1 - 2/π atan t, and 1 - t/√(2 + t²).
  const tail = (t: number, freedom: number) =>
    incompleteBeta(freedom / (freedom + t * t), freedom / 2, 0.5);
  for (const t of [0.1, 1, 3, 12]) {
    expect(tail(t, 1)).toBeCloseTo(1 - (2 / Math.PI) * Math.atan(t), 12);
    expect(tail(t, 2)).toBeCloseTo(1 - t / Math.sqrt(2 + t * t), 12);
  }
});

test("equal samples of equal variance: the p-value of t with 2 n - 2 degrees of freedom", () => {
  // Means 0 and 2, variances 1, n = 2: t² = 4, ν = 2.
  const [a, b] = [
    [-Math.SQRT1_2, Math.SQRT1_2],
    [2 - Math.SQRT1_2, 2 + Math.SQRT1_2],
  ] as const;
  expect(welchP(a, b)).toBeCloseTo(1 - 2 / Math.sqrt(6), 12);
  expect(welchP(a, a)).toBeCloseTo(1, 12);
  expect(welchP([1], [2, 3])).toBeNaN();
});
