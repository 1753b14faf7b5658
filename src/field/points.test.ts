import { expect, test } from "vitest";
import { createRandom } from "../data/random/random.ts";
import { pointBatches } from "./points.ts";
import { waves } from "./testing.ts";

const count = 12 * 16;
const random = createRandom(1);
/** Points of a step as text, in their order. */
const namesOf = (points: Float32Array) =>
  Array.from({ length: points.length / 2 }, (_, i) => `${points.subarray(2 * i, 2 * i + 2)}`);

test("a batch as large as the signal is all of it, in order, at every step", () => {
  const batches = pointBatches(waves, count, random);
  expect(batches(1).targets).toEqual(waves.values);
  expect(batches(7)).toEqual(batches(1));
});

test("the batches of an epoch share no point, and the next epoch has another order", () => {
  const batches = pointBatches(waves, 50, random);
  const steps = [1, 2, 3, 4].map((step) => namesOf(batches(step).points));
  expect(new Set(steps.slice(0, 3).flat()).size).toBe(150);
  expect(steps[3]).not.toEqual(steps[0]);
});

test("a batch depends on the step and the random seed alone", () => {
  const [a, b] = [pointBatches(waves, 50, random), pointBatches(waves, 50, createRandom(1))];
  a(1);
  a(9);
  expect(namesOf(a(5).points)).toEqual(namesOf(b(5).points));
  expect(namesOf(pointBatches(waves, 50, createRandom(2))(5).points)).not.toEqual(
    namesOf(b(5).points),
  );
});

test("every target is the value at its point", () => {
  const byPoint = new Map<string, string>();
  const all = pointBatches(waves, count, random)(1);
  for (const [i, name] of namesOf(all.points).entries()) {
    byPoint.set(name, `${all.targets.subarray(2 * i, 2 * i + 2)}`);
  }
  const { points, targets } = pointBatches(waves, 50, random)(3);
  for (const [i, name] of namesOf(points).entries()) {
    expect(`${targets.subarray(2 * i, 2 * i + 2)}`).toBe(byPoint.get(name));
  }
});
