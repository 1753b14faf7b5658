import { expect, test } from "vitest";
import { standardFilters } from "../dualTree/filters.ts";
import { noise } from "../testing.ts";
import { gaussianNoise } from "../threshold/testing.ts";
import { shrinkByMixture } from "./scaleMixture.ts";
import { treeNoise } from "./treeNoise.ts";

const [height, width] = [24, 20];
const bandNoise = treeNoise(standardFilters(), 2)[1]![45];
const bandOf = (values: Float64Array) => ({
  ...{ height, width },
  re: values.slice(0, height * width),
  im: values.slice(height * width),
});
const energy = ({ re, im }: { re: Float64Array; im: Float64Array }) =>
  [...re, ...im].reduce((sum, x) => sum + x * x, 0);
const shrink = (values: Float64Array, sigma: number) =>
  shrinkByMixture({ band: bandOf(values), parent: undefined, sigma, noise: bandNoise });

test("noise alone is nearly all removed", () => {
  const values = gaussianNoise(2 * height * width).map((x) => 5 * x);
  expect(energy(shrink(values, 10))).toBeLessThan(0.15 * energy(bandOf(values)));
});

test("what is strong against the noise hardly changes", () => {
  const values = noise(2 * height * width, 1).map((x) => 100 * x);
  const shrunk = shrink(values, 1);
  const change = bandOf(values).re.map((x, i) => x - shrunk.re[i]!);
  expect(energy({ re: change, im: change })).toBeLessThan(1e-3 * energy(shrunk));
});

test("a strong neighborhood keeps coefficients that a weak one loses", () => {
  const values = gaussianNoise(2 * height * width).map((x) => 5 * x);
  const at = (y: number, x: number) => y * width + x;
  const lonely = values.slice();
  lonely[at(12, 10)] = 18;
  const edge = values.slice();
  for (let y = 9; y <= 15; y++)
    for (const part of [0, height * width])
      edge[part + at(y, 10)] = y === 12 && part === 0 ? 18 : 60;
  const kept = (given: Float64Array) => shrink(given, 10).re[at(12, 10)]!;
  expect(kept(edge)).toBeGreaterThan(1.15 * kept(lonely));
});
