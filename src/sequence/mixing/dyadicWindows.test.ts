import { expect, test } from "vitest";
import { dyadicWindows } from "./dyadicWindows.ts";

const countsOf = (windows: readonly number[]) =>
  [...new Set(windows)].map((f) => [f, windows.filter((g) => g === f).length]);

test("64 features and 512 positions: 2 … 512, eight features and then seven each, 7,156 in sum", () => {
  const windows = dyadicWindows(64, 512);
  expect(countsOf(windows)).toEqual([
    ...[[2, 8]],
    ...[4, 8, 16, 32, 64, 128, 256, 512].map((f) => [f, 7]),
  ]);
  expect(windows.reduce((a, b) => a + b)).toBe(7156);
});

test("from 1 on: ten windows, 6,303 in sum", () => {
  const windows = dyadicWindows(64, 512, 1);
  expect(countsOf(windows).map(([, n]) => n)).toEqual([7, 6, 7, 6, 6, 7, 6, 7, 6, 6]);
  expect(windows.reduce((a, b) => a + b)).toBe(6303);
});

test("never reach beyond the context, which need not be a power of two", () => {
  expect(Math.max(...dyadicWindows(64, 500))).toBe(256);
  expect(() => dyadicWindows(4, 1)).toThrow(/windows from 2 do not fit a context of 1/);
});
