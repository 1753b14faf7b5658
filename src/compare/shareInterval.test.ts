import { expect, test } from "vitest";
import { createRandom } from "../data/random/random.ts";
import { shareInterval } from "./shareInterval.ts";

test("of many examples it is the share and 1.96 standard errors", () => {
  const error = Math.sqrt((0.4 * 0.6) / 10_000);
  const [low, high] = shareInterval(0.4, 10_000);
  expect(low).toBeCloseTo(0.4 - 1.96 * error, 4);
  expect(high).toBeCloseTo(0.4 + 1.96 * error, 4);
});

test("of no success in ten it begins at zero, and does not end there", () => {
  const [low, high] = shareInterval(0, 10); // Wilson's by hand: z² / (n + z²)
  expect(low).toBeCloseTo(0, 12);
  expect(high).toBeCloseTo(1.96 ** 2 / (10 + 1.96 ** 2), 12);
});

test("it holds the true share in about 95 of 100 cases", () => {
  const random = createRandom(1);
  let held = 0;
  for (let trial = 0; trial < 1000; trial++) {
    let hits = 0;
    for (let i = 0; i < 50; i++) hits += Number(random.uniform() < 0.3);
    const [low, high] = shareInterval(hits / 50, 50);
    held += Number(low <= 0.3 && 0.3 <= high);
  }
  expect(held / 1000).toBeGreaterThan(0.93);
  expect(held / 1000).toBeLessThan(0.98);
});
