import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { coordinatesOf, fromValue, toValue } from "./signal.ts";

// Plus 0, because -0 comes back as 0.
const number = fc.double({ min: -1e9, max: 1e9, noNaN: true }).map((value) => value + 0);
const ranges = fc
  .tuple(number, number)
  .filter(([a, b]) => Math.abs(a - b) > 1e-3)
  .map(([a, b]) => ({ low: Math.min(a, b), high: Math.max(a, b) }));

describe("the range of a signal", () => {
  it("has exactly -1 and 1 at its ends, there and back", () => {
    fc.assert(
      fc.property(ranges, (range) => {
        expect([toValue(range.low, range), toValue(range.high, range)]).toEqual([-1, 1]);
        expect([fromValue(-1, range), fromValue(1, range)]).toEqual([range.low, range.high]);
      }),
    );
  });

  it("gives numbers back to the precision of a 32-bit value", () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(ranges, share, (range, t) => {
        const given = range.low + t * (range.high - range.low);
        const back = fromValue(Math.fround(toValue(given, range)), range);
        const magnitude = Math.max(Math.abs(range.low), Math.abs(range.high));
        expect(Math.abs(back - given)).toBeLessThanOrEqual(
          (range.high - range.low) * 2 ** -25 + magnitude * 1e-14,
        );
      }),
    );
  });

  it("gives integers of sixteen bits back exactly, by rounding", () => {
    const range = { low: 0, high: 65535 };
    for (let level = 0; level < 65536; level++) {
      const back = Math.round(fromValue(Math.fround(toValue(level, range)), range));
      if (back !== level) expect(back).toBe(level);
    }
  });
});

describe("the places of samples", () => {
  it("lie in the middle of their cells, the longest axis from -1 to 1", () => {
    expect([...coordinatesOf([4])]).toEqual([-0.75, -0.25, 0.25, 0.75]);
  });

  it("come rows first, each with its columns, a sample as high as wide", () => {
    expect([...coordinatesOf([1, 2])]).toEqual([0, -0.5, 0, 0.5]);
    expect([...coordinatesOf([2, 1])]).toEqual([-0.5, 0, 0.5, 0]);
  });
});
