import fc from "fast-check";
import { expect, test } from "vitest";
import { expOf, log2Of, sigmoidOf } from "./elementary.ts";

test("e^x and the logistic function are those of Math, to twelve digits", () => {
  fc.assert(
    fc.property(fc.double({ min: -40, max: 40, noNaN: true }), (x) => {
      expect(expOf(x) / Math.exp(x)).toBeCloseTo(1, 11);
      expect(sigmoidOf(x)).toBeCloseTo(1 / (1 + Math.exp(-x)), 12);
    }),
  );
});

test("log2 is that of Math, to fourteen digits, and exact of powers of two", () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-6, max: 1e6, noNaN: true }), (x) => {
      expect(log2Of(x)).toBeCloseTo(Math.log2(x), 13);
    }),
  );
  for (let k = -30; k <= 30; k++) expect(log2Of(2 ** k)).toBe(k);
});
