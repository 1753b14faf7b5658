import { expect, test } from "vitest";
import { mean, signed, tableOf } from "./table.ts";

test("a table has its names to the left and its numbers to the right", () => {
  const rows = [["codec", "0.25", "1"], ["JPEG", "9.5", "10.25"], ["all"]];
  expect(tableOf(rows)).toBe("codec  0.25      1\nJPEG    9.5  10.25\nall");
  expect(tableOf([])).toBe("");
});

test("differences carry their sign, and none is +0", () => {
  expect([0.004, -0.004, -0.006, 1].map((value) => signed(value))).toEqual([
    ...["+0.00", "+0.00", "−0.01", "+1.00"],
  ]);
});

test("the mean of none is not a number", () => {
  expect([mean([1, 2, 6]), mean([])]).toEqual([3, Number.NaN]);
});
