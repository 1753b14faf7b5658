import { expect, test } from "vitest";
import { warmupCosine } from "./schedule.ts";

const options = { peak: 2, warmup: 10, floor: 0.1 };

test("rises linearly, peaks at the end of the warm-up, falls to the floor and stays there", () => {
  expect(warmupCosine(1, 110, options)).toBeCloseTo(0.2);
  expect(warmupCosine(10, 110, options)).toBe(2);
  expect(warmupCosine(60, 110, options)).toBeCloseTo(1.1); // halfway: the mean of peak and floor
  expect(warmupCosine(110, 110, options)).toBeCloseTo(0.2);
  expect(warmupCosine(1000, 110, options)).toBeCloseTo(0.2);
});

test("never rises after the warm-up", () => {
  for (let step = 10; step < 120; step++) {
    expect(warmupCosine(step + 1, 110, options)).toBeLessThanOrEqual(
      warmupCosine(step, 110, options),
    );
  }
});

test("works without warm-up, and with fewer steps than the warm-up has", () => {
  expect(warmupCosine(0, 100, { peak: 2, warmup: 0 })).toBe(2);
  expect(warmupCosine(5, 5, { peak: 2, warmup: 10 })).toBe(2);
});
