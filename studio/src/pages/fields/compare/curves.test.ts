import { expect, test } from "vitest";
import { joinedCurves } from "./curves.ts";

const a = [
  { step: 1, seconds: 0.5, psnr: 10 },
  { step: 9, seconds: 2, psnr: 20 },
];
const b = [{ step: 4, seconds: 1, psnr: 12 }];

test("curves have gaps where only others have points", () => {
  expect(joinedCurves([a, b], "seconds")).toEqual({
    x: [0.5, 1, 2],
    values: [
      [10, null, 20],
      [null, 12, null],
    ],
  });
  expect(joinedCurves([a, b], "steps").x).toEqual([1, 4, 9]);
});

test("a level goes from where it was reached to the end", () => {
  expect(joinedCurves([a], "seconds", { from: 0.7, psnr: 30 })).toEqual({
    x: [0.5, 0.7, 2],
    values: [
      [10, null, 20],
      [null, 30, 30],
    ],
  });
  expect(joinedCurves([a], "steps", { from: 0.7, psnr: 30 }).values[1]).toEqual([30, 30, 30]);
});
