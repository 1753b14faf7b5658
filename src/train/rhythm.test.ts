import { expect, test } from "vitest";
import type { Elapsed } from "./plan.ts";
import { rhythmOf } from "./rhythm.ts";
import type { Rhythm } from "./trainable.ts";

/** Steps of a training, a second and three examples each, at which a rhythm is due. */
function due(rhythm: Rhythm | undefined, steps = 100, from = 0): number[] {
  const at = (step: number): Elapsed => ({ step, seconds: step, examples: 3 * step });
  const isDue = rhythmOf(rhythm, { steps }, at(from));
  return Array.from({ length: steps - from }, (_, i) => from + i + 1).filter((n) => isDue(at(n)));
}

test("a growing rhythm is due at first, then each time the count has grown by the factor", () => {
  expect(due({ by: "steps", first: 10, growth: 2 })).toEqual([10, 20, 40, 80]);
  expect(due({ by: "examples", first: 60, growth: 2 })).toEqual([20, 40, 80]);
  expect(due({ by: "steps", first: 10, growth: 2 }, 100, 30)).toEqual([60]);
});

test("so many times means evenly over the plan, its end among them", () => {
  expect(due({ times: 4 }, 20)).toEqual([5, 10, 15, 20]);
  expect(due({ times: 4 }, 20, 12)).toEqual([15, 20]);
});

test("marks are met once, by the step that reaches them", () => {
  expect(due({ steps: [3, 50], seconds: [6.5] })).toEqual([3, 7, 50]);
  expect(due({ steps: [3, 50] }, 100, 3)).toEqual([50]);
});

test("without a rhythm nothing is due", () => {
  expect(due(undefined)).toEqual([]);
});
