import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { distance, fixtureSignal, noise } from "../testing.ts";
import { extensionRules, type Mode, modes } from "./mode.ts";
import { pad, padAdjoint } from "./pad.ts";

interface Frozen {
  mode: Mode;
  length: number;
  widths: [number, number];
  values: number[];
}
const { pads: frozen }: { pads: Frozen[] } = JSON.parse(
  readFileSync(new URL("../fixtures/conveniences.json", import.meta.url), "utf8"),
);
const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, x, i) => sum + x * b[i]!, 0);

describe.each(modes)("%s", (mode) => {
  test("equals PyWavelets", () => {
    for (const { length, widths, values } of frozen.filter((row) => row.mode === mode)) {
      // PyWavelets has one place more for an odd signal that is made even.
      const [before, after] = widths;
      const one = mode === "periodization" ? length % 2 : 0;
      expect(distance(pad(fixtureSignal(length), [before, after + one], mode), values)).toBe(0);
    }
  });

  test("makes the values of its rule, however far from the signal", () => {
    for (const length of [1, 2, 3, 5, 40])
      for (const [before, after] of [
        [50, 3],
        [4, 50],
      ] as const) {
        const x = noise(length, 3);
        const expected = Float64Array.from({ length: before + length + after }, (_, i) => {
          const place = i - before;
          if (place >= 0 && place < length) return x[place]!;
          const terms = extensionRules[mode](place, length);
          return terms.reduce((sum, [sample, weight]) => sum + weight * x[sample]!, 0);
        });
        expect(distance(pad(x, [before, after], mode), expected)).toBeLessThan(1e-13);
      }
  });

  test("has its adjoint", () => {
    for (const length of [1, 2, 3, 8])
      for (const widths of [
        [0, 0],
        [1, 0],
        [3, 20],
      ] as const) {
        const x = noise(length, 1);
        const y = noise(length + widths[0] + widths[1], 2);
        const there = dot(pad(x, widths, mode), y);
        expect(there).toBeCloseTo(dot(x, padAdjoint(y, widths, mode)), 9);
      }
  });
});

test("leaves its input as it is, and keeps its kind", () => {
  const signal = Float32Array.of(1, 2, 3);
  expect(pad(signal, [1, 2], "symmetric")).toEqual(Float32Array.of(1, 1, 2, 3, 3, 2));
  expect(padAdjoint(signal, [1, 1], "symmetric")).toEqual(Float32Array.of(6));
  expect(signal).toEqual(Float32Array.of(1, 2, 3));
});

test("invalid arguments are refused by name", () => {
  const signal = Float64Array.of(1, 2);
  expect(() => pad(signal, [1, -1], "zero")).toThrow("widths must be integers from 0 up");
  expect(() => pad(signal.subarray(0, 0), [1, 1], "zero")).toThrow("is empty");
  expect(() => padAdjoint(signal, [1, 1], "zero")).toThrow("2 values leave no signal");
  expect(() => pad(signal, [1, 1], "wrap" as "zero")).toThrow("wrap");
});
