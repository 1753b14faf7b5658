import fc from "fast-check";
import { expect, test } from "vitest";
import { floorLog2, startingPlane } from "./startingPlane.ts";

test("floorLog2 is exact at and around every power of two", () => {
  for (let e = -1000; e <= 1000; e++) {
    const power = 2 ** e;
    expect(floorLog2(power)).toBe(e);
    expect(floorLog2(power * (1 + 2 ** -52))).toBe(e);
    expect(floorLog2(power * (1 - 2 ** -53))).toBe(e - 1);
  }
});

test("the largest magnitude lies in [T0, 2 T0)", () => {
  fc.assert(
    fc.property(fc.double({ min: 0.125, max: 1e6, noNaN: true }), fc.boolean(), (x, negative) => {
      const first = 2 ** startingPlane(Float64Array.of(0.1, negative ? -x : x), -3);
      expect(first).toBeLessThanOrEqual(x);
      expect(x).toBeLessThan(2 * first);
    }),
  );
});

test("below the finest threshold there is no plane at all", () => {
  expect(startingPlane(Float64Array.of(0, 0.1249), -3)).toBe(-4);
  expect(startingPlane(Float64Array.of(0, 0.125), -3)).toBe(-3);
  expect(startingPlane(new Float64Array(4), 2)).toBe(1);
});

test("only finite coefficients have planes", () => {
  for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, 1e300])
    expect(() => startingPlane(Float64Array.of(1, bad), 0)).toThrow("coefficient 1");
});
