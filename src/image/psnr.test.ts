import { expect, test } from "vitest";
import { psnr } from "./psnr.ts";

test("an error of a tenth everywhere is 20 dB", () => {
  expect(psnr([0, 0.5, 1], [0.1, 0.4, 0.9])).toBeCloseTo(20, 12);
});

test("equal samples are infinitely close", () => {
  expect(psnr([0.25, 1], [0.25, 1])).toBe(Number.POSITIVE_INFINITY);
});

test("only samples of one image can be compared", () => {
  expect(() => psnr([1], [1, 2])).toThrow("1 samples with 2");
});
