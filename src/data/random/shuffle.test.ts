import { expect, it } from "vitest";
import { createRandom } from "./random.ts";
import { shuffle, shuffledForever } from "./shuffle.ts";

it("shuffle keeps every item once, leaves the given array alone and follows the seed", () => {
  const items = Array.from({ length: 50 }, (_, i) => `item ${i}`);
  const before = [...items];
  const mixed = shuffle(items, createRandom(1));
  expect(items).toEqual(before);
  expect(mixed).not.toEqual(before);
  expect([...mixed].sort()).toEqual([...before].sort());
  expect(shuffle(items, createRandom(1))).toEqual(mixed);
  expect(shuffle(items, createRandom(2))).not.toEqual(mixed);
});

it("shuffledForever gives every index once an epoch, another order each time, in any order of asking", () => {
  const at = shuffledForever(20, createRandom(1));
  const epochs = [0, 1, 2].map((epoch) => Array.from({ length: 20 }, (_, i) => at(20 * epoch + i)));
  for (const epoch of epochs) {
    expect([...epoch].sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => i));
  }
  expect(epochs[0]).not.toEqual(epochs[1]);
  const again = shuffledForever(20, createRandom(1));
  expect([again(45), again(3)]).toEqual([epochs[2]?.[5], epochs[0]?.[3]]);
});
