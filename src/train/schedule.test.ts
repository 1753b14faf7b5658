import { describe, expect, test } from "vitest";
import { warmupCosine, warmupStableDecay } from "./schedule.ts";

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

describe("warm-up, stable, decay", () => {
  const stable = { peak: 2, warmup: 10, decayFrom: 0.4, floor: 0.1 };
  test("rises to the peak, stays, and falls to the floor", () => {
    expect(warmupStableDecay(1, 0, stable)).toBeCloseTo(0.2);
    expect(warmupStableDecay(10, 0.1, stable)).toBe(2);
    expect(warmupStableDecay(40, 0.4, stable)).toBe(2);
    expect(warmupStableDecay(70, 0.7, stable)).toBeCloseTo(1.1); // halfway: the mean of peak and floor
    expect(warmupStableDecay(100, 1, stable)).toBeCloseTo(0.2);
  });

  test("does not depend on the length of the plan before the decay", () => {
    const rate = (step: number, steps: number) =>
      warmupStableDecay(step, (step - 1) / steps, stable);
    for (let step = 1; step <= 41; step++) {
      for (const steps of [200, 1000]) expect(rate(step, steps)).toBe(rate(step, 100));
    }
    expect(rate(42, 100)).toBeLessThan(rate(42, 200));
  });

  test("never rises after the warm-up", () => {
    for (let step = 10; step < 100; step++) {
      expect(warmupStableDecay(step + 1, step / 100, stable)).toBeLessThanOrEqual(
        warmupStableDecay(step, (step - 1) / 100, stable),
      );
    }
  });

  test("works without warm-up, and where the decay begins during it", () => {
    expect(warmupStableDecay(1, 0, { ...stable, warmup: 0 })).toBe(2);
    expect(warmupStableDecay(5, 1, stable)).toBeCloseTo(0.1);
  });
});
