import { expect, test } from "vitest";
import { createRandom } from "../../data/random/random.ts";
import {
  countStartingPlanes,
  drawStartingPlane,
  highestPlane,
  startingPlaneBits,
  usualPlane,
} from "./startingPlanes.ts";

const counts = countStartingPlanes(
  [-1, -1, -1, 0].map((startingPlane) => ({ label: 1, startingPlane })),
  2,
);

test("a plane costs what its share of its class says, with one more kind for the unseen", () => {
  expect(startingPlaneBits(counts, 1, -1)).toBeCloseTo(-Math.log2(3.5 / 5.5));
  expect(startingPlaneBits(counts, 1, 0)).toBeCloseTo(-Math.log2(1.5 / 5.5));
  expect(startingPlaneBits(counts, 1, 7)).toBeCloseTo(-Math.log2(0.5 / 5.5));
});

test("planes are drawn by their shares; a class without images draws from all", () => {
  const random = createRandom(1);
  for (const label of [0, 1]) {
    const drawn = Array.from({ length: 2000 }, () => drawStartingPlane(counts, label, random));
    expect(drawn.filter((plane) => plane === 0).length / 2000).toBeCloseTo(0.25, 1);
  }
});

test("the highest plane is the highest that occurs", () => {
  expect(highestPlane(counts, -3)).toBe(0);
  expect(highestPlane([{}], -3)).toBe(-3);
});

test("the usual plane is the most frequent of all classes, and the higher of two", () => {
  expect(usualPlane(counts, 5)).toBe(-1);
  expect(usualPlane([{ "0": 2 }, { "1": 1 }, { "1": 1, "2": 1 }], 5)).toBe(1);
  expect(usualPlane([{}, {}], 5)).toBe(5);
});
