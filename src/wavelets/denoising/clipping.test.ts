import { describe, expect, test } from "vitest";
import { gaussianNoise } from "../threshold/testing.ts";
import { clippedMoments, clippedNoise, limitsOf } from "./clipping.ts";

const [low, high] = [0, 255];
const normal = gaussianNoise(200_000);

describe("mean and variance of clipped samples", () => {
  test.each([
    [0, 20],
    [30, 50],
    [127, 50],
    [250, 25],
    [128, 1],
  ])("of %s ± %s are those of a sample", (value, sigma) => {
    const samples = normal.map((x) => Math.min(Math.max(value + sigma * x, low), high));
    const mean = samples.reduce((a, b) => a + b, 0) / samples.length;
    const variance = samples.reduce((sum, x) => sum + (x - mean) ** 2, 0) / samples.length;
    const moments = clippedMoments(value, sigma, { low, high });
    expect(Math.abs(moments.mean - mean)).toBeLessThan(0.01 * sigma);
    expect(moments.variance / variance).toBeCloseTo(1, 1.7);
  });

  test("without limits are those of the noise", () => {
    const none = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
    const { mean, variance } = clippedMoments(7, 3, none);
    expect(mean).toBeCloseTo(7, 6);
    expect(variance).toBeCloseTo(9, 5);
  });

  test("without noise are the clipped value and 0", () => {
    expect(clippedMoments(300, 0, { low, high })).toEqual({ mean: 255, variance: 0 });
  });
});

describe("clipped noise", () => {
  test.each([5, 25, 80])(
    "of %s: true values come back from their means, with their variance",
    (sigma) => {
      const noise = clippedNoise(sigma, { low, high });
      for (const value of [0, 1, 10, 100, 127.5, 200, 250, 255]) {
        const { mean, variance } = clippedMoments(value, sigma, { low, high });
        expect(Math.abs(noise.trueValue(mean) - value)).toBeLessThan(2e-3 * sigma);
        expect(Math.abs(noise.varianceAt(mean) / variance - 1)).toBeLessThan(2e-3);
      }
    },
  );

  test("has true values between the limits for any mean", () => {
    const { trueValue } = clippedNoise(10, { low, high });
    expect([-50, 0, 255, 400].map(trueValue)).toEqual([0, 0, 255, 255]);
  });

  test("at one limit changes nothing far from it", () => {
    const { trueValue, varianceAt } = clippedNoise(10, { low, high: Number.POSITIVE_INFINITY });
    expect([trueValue(41), trueValue(1e6), varianceAt(1e6)]).toEqual([41, 1e6, 100]);
    expect(trueValue(4)).toBeLessThan(0.2); // the mean of clipped noise on 0 is 10 / √(2 π)
  });
});

describe("limits", () => {
  const picture = (data: Float64Array) => [{ height: 100, width: data.length / 100, data }];
  const noisy = normal.slice(0, 10_000);
  const open = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };

  test("are found where several samples have the least or the largest value", () => {
    const clipped = noisy.map((x) => Math.min(x, 1.5));
    expect(limitsOf(picture(noisy), "auto")).toEqual(open);
    expect(limitsOf(picture(clipped), "auto")).toEqual({ ...open, high: 1.5 });
    expect(limitsOf(picture(clipped), "none")).toEqual(open);
    expect(limitsOf(picture(clipped), [-9, 9])).toEqual({ low: -9, high: 9 });
  });

  test("out of order, or of an unknown kind, are refused", () => {
    expect(() => limitsOf(picture(noisy), [1, 1])).toThrow(
      "[low, high] with low < high, not [1,1]",
    );
    for (const limits of [["0", "255"], [0, 255, 3], [0], [Number.NaN, 1]])
      expect(() => limitsOf(picture(noisy), limits as never)).toThrow(
        "[low, high] with low < high",
      );
    expect(() => limitsOf(picture(noisy), "some" as never)).toThrow(
      '"some" is not a kind of clipping',
    );
    expect(() => limitsOf(picture(noisy), 3 as never)).toThrow(
      'must be "auto", "none" or [low, high]',
    );
  });
});
