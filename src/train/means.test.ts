import { expect, test } from "vitest";
import { createMeans } from "./means.ts";

test("means are weighted by examples", () => {
  const means = createMeans();
  expect(means.means()).toBeUndefined();
  means.add({ loss: 1, norm: 4 }, 1);
  means.add({ loss: 4, norm: 4 }, 2);
  expect(means.means()?.loss).toBeCloseTo(3, 12);
  expect(means.means()?.norm).toBeCloseTo(4, 12);
  means.clear();
  expect(means.means()).toBeUndefined();
});

test("a window forgets what is older than its last steps, be it NaN", () => {
  const means = createMeans(2);
  for (const loss of [Number.NaN, 1, 3]) means.add({ loss }, 1);
  expect(means.means()).toEqual({ loss: 2 });
});
