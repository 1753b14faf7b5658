import { expect, test } from "vitest";
import { createRandom } from "../data/random/random.ts";
import { branchDropout } from "./dropout.ts";

const shape = [2, 8, 4];
const masksOf = (rate: number, seed = 1) => branchDropout(rate, shape, 2).masks(createRandom(seed));

test("masks drop about as much as they should, and keep the mean", () => {
  const masks = masksOf(0.25);
  const all = Array.from({ length: 200 }, (_, step) => Object.values(masks(step)))
    .flat()
    .flatMap((mask) => [...mask].map(Number));
  const dropped = all.filter((value) => value === 0).length / all.length;
  expect(dropped).toBeCloseTo(0.25, 1.5);
  expect(new Set(all)).toEqual(new Set([0, Math.fround(1 / 0.75)]));
});

test("there is one for each branch of each block, and each step has its own", () => {
  const masks = masksOf(0.5);
  expect(Object.keys(masks(1))).toEqual([
    "dropout.block0.attention",
    "dropout.block0.mlp",
    "dropout.block1.attention",
    "dropout.block1.mlp",
  ]);
  const one = Object.values(masks(1)).map(String);
  expect(new Set(one).size).toBe(4);
  expect(Object.values(masks(2)).map(String)).not.toEqual(one);
});

test("they depend on the random seed and the step alone, so that a resumed training sees the same", () => {
  const [a, b] = [masksOf(0.5), masksOf(0.5)];
  a(1);
  expect(a(7)).toEqual(b(7));
  expect(masksOf(0.5, 2)(7)).not.toEqual(b(7));
});

test("without dropout nothing is fed and nothing is done", () => {
  const { options, masks } = branchDropout(0, shape, 2);
  expect(options).toEqual({});
  expect(masks(createRandom(1))(1)).toEqual({});
});
