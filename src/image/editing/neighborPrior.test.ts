import { expect, test } from "vitest";
import { neighborPrior } from "./neighborPrior.ts";

const size = { width: 16, height: 12 };
const hole = { x: 5, y: 4, width: 5, height: 4 };
const plane = (value: (row: number, column: number) => number) =>
  Float64Array.from({ length: 16 * 12 }, (_, i) => value(Math.floor(i / 16), i % 16));
const at = (row: number, column: number) => 5 * row + column; // of the hole

test("in a flat picture the hole is expected to be flat", () => {
  const { mean } = neighborPrior(
    plane(() => 0.7),
    size,
    hole,
  );
  for (const value of mean) expect(value).toBeCloseTo(0.7, 9);
});

test("an edge is expected to go on, and what is near the border is the surest", () => {
  // The content of the hole must not matter.
  const isIn = (row: number, column: number) => row >= 4 && row < 8 && column >= 5 && column < 10;
  const { mean, covariance } = neighborPrior(
    plane((row, column) => (isIn(row, column) ? 0.123 : Number(column >= 8))),
    size,
    hole,
  );
  for (let row = 0; row < 4; row++) {
    expect(mean[at(row, 0)]).toBeLessThan(0.2);
    expect(mean[at(row, 4)]).toBeGreaterThan(0.8);
  }
  const variance = (row: number, column: number) => covariance[at(row, column) * 21]!;
  expect(variance(0, 0)).toBeLessThan(variance(1, 1));
  expect(variance(1, 1)).toBeLessThan(variance(1, 2));
  const other = neighborPrior(
    plane((row, column) => (isIn(row, column) ? 0.9 : Number(column >= 8))),
    size,
    hole,
  );
  expect(other.mean).toEqual(mean);
});
