import { expect, test } from "vitest";
import { createRandom } from "../../../data/random/random.ts";
import { gammaDeviate } from "./gammaDeviate.ts";

test.each([0.5, 1, 1.5, 6])("of shape %f: mean and variance are the shape", (shape) => {
  const random = createRandom(1);
  const draws = Array.from({ length: 40_000 }, () => gammaDeviate(random, shape));
  const mean = draws.reduce((sum, x) => sum + x, 0) / draws.length;
  const variance = draws.reduce((sum, x) => sum + (x - mean) ** 2, 0) / draws.length;
  expect(Math.min(...draws)).toBeGreaterThan(0);
  expect(Math.abs(mean / shape - 1)).toBeLessThan(0.03);
  expect(Math.abs(variance / shape - 1)).toBeLessThan(0.06);
});
