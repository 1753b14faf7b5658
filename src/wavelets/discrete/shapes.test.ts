import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { sizeOf } from "../arrays/ndArray.ts";
import type { Mode } from "../extension/mode.ts";
import type { WaveletName } from "../families/wavelet.ts";
import { dwtMaxLevel } from "./maxLevel.ts";
import { dwtCoefficientCount, dwtnMaxLevel, wavedecnShapes } from "./shapes.ts";
import { wavedecn } from "./wavedecn.ts";

interface Frozen {
  counts: { mode: Mode; length: number; wavelet: WaveletName; filter: number; count: number }[];
  shapes: {
    shape: number[];
    wavelet: WaveletName;
    mode: Mode;
    levels: number | null;
    axes: number[] | null;
    most: number;
    approximation: number[];
    details: number[][];
  }[];
}
const { counts, shapes }: Frozen = JSON.parse(
  readFileSync(new URL("../fixtures/conveniences.json", import.meta.url), "utf8"),
);

test("counts of coefficients equal PyWavelets', by a wavelet or by the length of its filters", () => {
  for (const { mode, length, wavelet, filter, count } of counts) {
    expect(dwtCoefficientCount(length, wavelet, mode)).toBe(count);
    expect(dwtCoefficientCount(length, filter, mode)).toBe(count);
  }
  expect(dwtCoefficientCount(7, "db2")).toBe(5);
  expect(() => dwtCoefficientCount(0, "db2")).toThrow("an integer from 1 up, not 0");
});

test("shapes and levels equal PyWavelets', and those that wavedecn makes", () => {
  for (const { shape, wavelet, mode, levels, axes, most, ...frozen } of shapes) {
    const options = { mode, ...(levels !== null && { levels }), ...(axes && { axes }) };
    const { approximation, details } = wavedecnShapes(shape, wavelet, options);
    expect({ approximation, details }).toEqual(frozen);
    expect(dwtnMaxLevel(shape, wavelet, axes ?? undefined)).toBe(most);
    const made = wavedecn({ shape, data: new Float64Array(sizeOf(shape)) }, wavelet, options);
    expect(made.approximation.shape).toEqual(approximation);
    for (const [i, bands] of made.details.entries())
      for (const band of Object.values(bands)) expect(band.shape).toEqual(details[i]);
  }
});

test("the most levels are the same for a wavelet and for the length of its filters", () => {
  expect(dwtMaxLevel(1001, 8)).toBe(dwtMaxLevel(1001, "db4"));
  expect(dwtMaxLevel(16, 9)).toBe(1);
  for (const length of [1, 0, -2, 2.5, Number.NaN])
    expect(() => dwtMaxLevel(16, length)).toThrow(RangeError);
});
