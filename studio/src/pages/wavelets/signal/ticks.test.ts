import { expect, test } from "vitest";
import { logTicks, ticks } from "./ticks.ts";

test("ticks are round, within the bounds, and about as many as wished", () => {
  expect(ticks(0, 4, 8)).toEqual([0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4]);
  expect(ticks(0, 0.3, 3)).toEqual([0, 0.1, 0.2, 0.3]);
  expect(ticks(0, 4096, 8)).toEqual([0, 1000, 2000, 3000, 4000]);
});

test("ticks of a logarithmic axis are 1, 2 and 5", () => {
  expect(logTicks(30, 1100)).toEqual([50, 100, 200, 500, 1000]);
  expect(logTicks(0.004, 0.06)).toEqual([0.005, 0.01, 0.02, 0.05]);
});
