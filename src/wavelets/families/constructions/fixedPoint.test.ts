import fc from "fast-check";
import { expect, test } from "vitest";
import {
  binomial,
  fromNumber,
  multiply,
  normalized,
  one,
  over,
  powerOfOnePlus,
  product,
  quotient,
  ratio,
  squareRoot,
  times,
  toNumber,
} from "./fixedPoint.ts";

const close = (a: bigint, b: bigint) => (a > b ? a - b : b - a) < 1n << 8n;

test("a float64 goes in and comes out unchanged", () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-3, max: 1e6, noNaN: true }), (x) => {
      expect(toNumber(fromNumber(x))).toBe(x);
      expect(toNumber(fromNumber(-x))).toBe(-x);
    }),
  );
});

test("numbers have 77 places", () => {
  expect(close(times(ratio(1n, 3n), ratio(3n)), one)).toBe(true);
  expect(close(over(ratio(2n), ratio(3n)), ratio(2n, 3n))).toBe(true);
  const root = squareRoot(2n);
  expect(close(times(root, root), ratio(2n))).toBe(true);
  expect(toNumber(root)).toBe(Math.SQRT2);
});

test("a complex quotient times its divisor is the dividend", () => {
  const [a, b] = [
    { re: ratio(3n, 7n), im: ratio(-2n, 5n) },
    { re: ratio(1n, 9n), im: ratio(4n, 3n) },
  ];
  const back = product(quotient(a, b), b);
  expect(close(back.re, a.re) && close(back.im, a.im)).toBe(true);
});

test("(1 + x)⁵ is (1 + x)² (1 + x)³, with the row of Pascal's triangle", () => {
  expect(multiply(powerOfOnePlus(2), powerOfOnePlus(3))).toEqual(powerOfOnePlus(5));
  expect(powerOfOnePlus(5).map(toNumber)).toEqual([1, 5, 10, 10, 5, 1]);
  expect(binomial(75, 37)).toBe(binomial(74, 36) + binomial(74, 37));
});

test("a low-pass filter sums to √2", () => {
  expect(normalized(powerOfOnePlus(1))).toEqual([Math.SQRT1_2, Math.SQRT1_2]);
});
