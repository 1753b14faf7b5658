import fc from "fast-check";
import { expect, test } from "vitest";
import { noise } from "../testing.ts";
import { quantile } from "./quantile.ts";
import { select } from "./selection.ts";

const sorted = (values: Float64Array) => values.slice().sort();

test("selection finds what a sort does, with many equal values too", () => {
  const values = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 80 });
  fc.assert(
    fc.property(values, fc.nat(), (list, seed) => {
      const x = Float64Array.from(list);
      const k = seed % x.length;
      const expected = sorted(x);
      expect(select(x, k)).toBe(expected[k]);
      expect(sorted(x)).toEqual(expected);
      expect(x.subarray(0, k).every((value) => value <= x[k]!)).toBe(true);
      expect(x.subarray(k).every((value) => value >= x[k]!)).toBe(true);
    }),
  );
});

test("and in long arrays: random, sorted, reversed, constant", () => {
  const random = noise(5000, 3);
  for (const x of [random, sorted(random), sorted(random).reverse(), new Float64Array(5000)])
    for (const k of [0, 1, 250, 2499, 4998, 4999]) expect(select(x.slice(), k)).toBe(sorted(x)[k]);
});

// numpy.quantile([3, 1, 4, 1, 5, 9, 2, 6], q)
test.each([
  [0, 1],
  [0.05, 1],
  [0.25, 1.75],
  [0.5, 3.5],
  [0.9, 6.9],
  [1, 9],
])("the quantile %d is NumPy's", (share, expected) => {
  const values = Float64Array.of(3, 1, 4, 1, 5, 9, 2, 6);
  expect(quantile(values, share)).toBeCloseTo(expected, 12);
  expect(quantile(Float32Array.from(values), share)).toBeCloseTo(expected, 6);
  expect(values).toEqual(Float64Array.of(3, 1, 4, 1, 5, 9, 2, 6)); // not reordered
});

test("keeping the largest 5 % by a quantile of the moduli", () => {
  const moduli = noise(1000, 0).map(Math.abs);
  const limit = quantile(moduli, 0.95);
  expect(moduli.filter((value) => value >= limit)).toHaveLength(50);
});

test("refuses no values, shares beyond 0 … 1, and values that are not finite", () => {
  expect(() => quantile(new Float64Array(0), 0.5)).toThrow("at least one value");
  for (const share of [-0.1, 1.1, Number.NaN, "0.5" as never])
    expect(() => quantile(Float64Array.of(1), share)).toThrow("from 0 to 1, not");
  expect(() => quantile(Float64Array.of(1, Number.NaN), 0.5)).toThrow("NaN at index 1");
  expect(() => quantile([1, 2] as never, 0.5)).toThrow(TypeError);
});

test("of moduli, in either precision, without a change of the values", () => {
  for (const Kind of [Float32Array, Float64Array]) {
    const values = Kind.of(0.25, -8, 0.5, 5, -0.125);
    expect(quantile(values, 0.75, { moduli: true })).toBe(5);
    expect(quantile(values, 0.25)).toBe(-0.125);
    expect([...values]).toEqual([0.25, -8, 0.5, 5, -0.125]);
  }
  expect(() => quantile(Float64Array.of(1), 0.5, { moduli: 1 as never })).toThrow(TypeError);
  expect(() => quantile(Float64Array.of(1, -Infinity), 0.5, { moduli: true })).toThrow(
    "-Infinity at index 1",
  );
});

test("of several arrays together, of both precisions", () => {
  const bands = [Float32Array.of(3, 1), new Float64Array(0), Float64Array.of(-4, 1.5)];
  expect(quantile(bands, 0.5)).toBe(1.25);
  expect(quantile(bands, 1, { moduli: true })).toBe(4);
  expect(() => quantile([], 0.5)).toThrow("at least one value");
  expect(() => quantile([1, 2] as never, 0.5)).toThrow(TypeError);
});
