import { expect, test } from "vitest";
import { chanceBetween, learnBetween, linearGaussian } from "./gaussian.ts";

const two = () => ({ mean: Float64Array.of(1, -2), covariance: Float64Array.of(4, 1.5, 1.5, 1) });

/** Mean and variance of a normal distribution between two values, by summing over many points. */
function moments(mean: number, variance: number, low: number, high: number) {
  let [mass, first, second] = [0, 0, 0];
  const points = 20_000;
  for (let k = 0; k < points; k++) {
    const x = low + ((high - low) * (k + 0.5)) / points;
    const density = Math.exp(-((x - mean) ** 2) / (2 * variance));
    mass += density;
    first += density * x;
    second += density * x * x;
  }
  return { mean: first / mass, variance: second / mass - (first / mass) ** 2 };
}

test("sums have the mean and covariance of sums", () => {
  const { mean, covariance } = linearGaussian(
    two(),
    [Float64Array.of(1, 1), Float64Array.of(2, 0)],
    [10, 0],
  );
  expect([...mean]).toEqual([9, 2]);
  expect([...covariance]).toEqual([8, 11, 11, 16]); // 4 + 2·1.5 + 1; 2·4 + 2·1.5; 4·4
});

test("learning an interval gives a number its moments there, and the other what depends on it", () => {
  for (const [low, high] of [
    [0, 2],
    [1.5, 2],
    [-4, -1],
  ] as const) {
    const known = two();
    learnBetween(known, 0, low, high);
    const expected = moments(1, 4, low, high);
    expect(known.mean[0]).toBeCloseTo(expected.mean, 4);
    expect(known.covariance[0]).toBeCloseTo(expected.variance, 4);
    // Regression on the first: slope 1.5 / 4.
    expect(known.mean[1]).toBeCloseTo(-2 + (1.5 / 4) * (expected.mean - 1), 4);
    expect(known.covariance[3]).toBeCloseTo(1 - (1.5 / 4) ** 2 * (4 - expected.variance), 4);
  }
});

test("an interval that was expected changes nothing, and one far outside is still accepted", () => {
  const sure = two();
  learnBetween(sure, 1, -9, 9);
  expect(sure).toEqual(two());
  learnBetween(sure, 1, 20, 21);
  expect(sure.mean[1]).toBe(20);
  expect(sure.covariance[3]).toBeLessThan(0.1);
  expect(sure.mean[0]).toBeGreaterThan(20);
});

test("chances are those of a slightly wider normal distribution, and never zero", () => {
  expect(chanceBetween(two(), 0, 1, 99)).toBeCloseTo(0.5, 6);
  expect(chanceBetween(two(), 0, -1, 3)).toBeCloseTo(0.6827, 1);
  expect(chanceBetween(two(), 0, 1e3, 1e4)).toBe(1e-6);
});
