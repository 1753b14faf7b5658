import { expect, test } from "vitest";
import { createRandom } from "../data/random/random.ts";
import { bootstrap } from "./bootstrap.ts";
import { mean } from "./welch.ts";

const meanOf = (values: readonly number[]) => (indices: readonly number[]) =>
  mean(indices.map((i) => values[i]!)); // indices of values

test("all 27 resamples of three values are taken", () => {
  const seen: string[] = [];
  bootstrap(3, (indices) => {
    seen.push(indices.join(""));
    return 0;
  });
  expect(new Set(seen).size).toBe(27);
  expect(seen).toHaveLength(27);
  // Sorted, the means of 0, 3, 6 are 0, 1 (3 times), 2 (6), 3 (7), 4 (6), 5 (3), 6.
  expect(bootstrap(3, meanOf([0, 3, 6]))).toEqual([1, 5]);
});

test("one value has an interval of width 0, and no values have an interval of NaN", () => {
  expect(bootstrap(1, meanOf([4]))).toEqual([4, 4]);
  expect(bootstrap(0, meanOf([]))).toEqual([Number.NaN, Number.NaN]);
});

test("of twenty normal values the interval holds the true mean in about 95 of 100 cases", () => {
  const random = createRandom(3);
  let held = 0;
  for (let trial = 0; trial < 200; trial++) {
    const values = Array.from({ length: 20 }, () => random.normal());
    const [low, high] = bootstrap(20, meanOf(values));
    held += Number(low <= 0 && 0 <= high);
  }
  expect(held / 200).toBeGreaterThan(0.88);
  expect(held / 200).toBeLessThan(0.98);
});

test("a value that is never reached counts as infinitely far", () => {
  expect(bootstrap(2, ([a]) => (a === 0 ? Number.NEGATIVE_INFINITY : 1))[0]).toBe(-Infinity);
});
