import { expect, test } from "vitest";
import { noise } from "../testing.ts";
import { sumOfSquaresByLogarithms } from "./entropy.ts";

const byMath = (x: number) => (x === 0 ? 0 : x * x * Math.log(x * x));

test("each term is that of Math.log, from the smallest squares to the largest", () => {
  for (const [i, mantissa] of noise(400, 1).entries()) {
    const x = (1 + Math.abs(mantissa)) * 2 ** (2 * i - 400);
    const expected = byMath(x);
    const own = sumOfSquaresByLogarithms(Float64Array.of(x));
    // A rounding error of ln x², or of the numbers of about 1 that make it where it is small.
    expect(Math.abs(own - expected)).toBeLessThan(5e-16 * Math.max(Math.abs(expected), x * x));
  }
});

test("at the borders of the mantissas", () => {
  for (let i = 0; i <= 2048; i++)
    for (const s of [1 + i / 2048, 1 + i / 2048 - 2 ** -50, 1 / (1 + i / 2048)]) {
      const x = Math.sqrt(s);
      expect(sumOfSquaresByLogarithms(Float64Array.of(x))).toBeCloseTo(byMath(x), 14);
    }
});

test("the terms of any number of values are added", () => {
  for (const count of [0, 1, 255, 256, 257, 1000]) {
    const values = noise(count, 2);
    const expected = values.reduce((sum, x) => sum + byMath(x), 0);
    expect(sumOfSquaresByLogarithms(values)).toBeCloseTo(expected, 10);
  }
});

test("zero, tiny values, infinity and NaN; both precisions", () => {
  expect(sumOfSquaresByLogarithms(Float64Array.of(0, -0))).toBe(0);
  expect(sumOfSquaresByLogarithms(Float64Array.of(1))).toBeCloseTo(0, 15);
  expect(Math.abs(sumOfSquaresByLogarithms(Float64Array.of(1e-160, 5e-324)))).toBeLessThan(1e-300);
  expect(sumOfSquaresByLogarithms(Float64Array.of(1, Number.POSITIVE_INFINITY))).toBeNaN();
  expect(sumOfSquaresByLogarithms(Float64Array.of(1, Number.NaN))).toBeNaN();
  const x = Float32Array.of(0.3, -2, 0.7);
  expect(sumOfSquaresByLogarithms(x)).toBeCloseTo(
    [...x].map(byMath).reduce((a, b) => a + b),
    14,
  );
});
