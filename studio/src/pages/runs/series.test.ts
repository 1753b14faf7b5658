import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { align, pointsOf, smooth } from "./series.ts";

describe("smoothing", () => {
  const values = fc.array(fc.integer({ min: -1e5, max: 1e5 }).map((n) => n / 100));
  test("by nothing changes nothing", () => {
    fc.assert(
      fc.property(values, (list) => {
        expect(smooth(list, 0)).toEqual(list);
      }),
    );
  });

  test("keeps a constant and the first value, and lies between least and greatest", () => {
    const by = fc.double({ min: 0, max: 0.99, noNaN: true });
    fc.assert(
      fc.property(values, by, (list, weight) => {
        const smoothed = smooth(list, weight);
        expect(smoothed).toHaveLength(list.length);
        if (list.length > 0) expect(smoothed[0]).toBe(list[0]);
        for (const value of smoothed) {
          expect(value).toBeGreaterThanOrEqual(Math.min(...list) - 1e-6);
          expect(value).toBeLessThanOrEqual(Math.max(...list) + 1e-6);
        }
        for (const value of smooth(list.fill(3), weight)) expect(value).toBeCloseTo(3, 10);
      }),
    );
  });
});

describe("lines over common places", () => {
  test("have every value of their own, and null elsewhere", () => {
    const lines = [
      { x: [1, 3], y: [10, 30] },
      { x: [2, 3, 5], y: [2, 3, 5] },
      { x: [], y: [] },
    ];
    expect(align(lines, false)).toEqual({
      x: [1, 2, 3, 5],
      lines: [
        [10, null, 30, null],
        [null, 2, 3, 5],
        [null, null, null, null],
      ],
    });
  });

  test("of many lines have at each place the last value before it", () => {
    const lines = Array.from({ length: 60 }, (_, k) => {
      const x = Array.from({ length: 200 }, (_, i) => 1 + i * (1 + k / 60));
      return { x, y: x.map((at) => 1000 * k + at) };
    });
    for (const log of [false, true]) {
      const aligned = align(lines, log);
      expect(aligned.x).toHaveLength(300);
      expect(aligned.x[0]).toBe(1);
      expect(aligned.x.at(-1)).toBe(lines.at(-1)!.x.at(-1));
      expect(aligned.x).toEqual(aligned.x.toSorted((a, b) => a - b));
      for (const [k, line] of lines.entries()) {
        for (const [i, at] of aligned.x.entries()) {
          const value = aligned.lines[k]![i];
          if (value === null) expect(at).toBeGreaterThan(line.x.at(-1)!);
          else expect(value).toBe(line.y[line.x.findLastIndex((x) => x <= at)]);
        }
        expect(aligned.lines[k]).toContain(line.y.at(-1)); // the end of a line is shown
      }
    }
  });
});

test("a logarithmic scale has no points at or below zero, and a line does not go back", () => {
  const series = { step: [0, 1, 2, 2, 3], seconds: [0, 1, 2, 3, 4] };
  const values = [1, 2, -1, 5, 6];
  const plain = { logX: false, logY: false };
  expect(pointsOf(series, values, "step", plain)).toEqual({ x: [0, 1, 2, 3], y: [1, 2, -1, 6] });
  expect(pointsOf(series, values, "seconds", { logX: true, logY: true })).toEqual({
    ...{ x: [1, 3, 4], y: [2, 5, 6] },
  });
});
