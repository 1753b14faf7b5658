import { expect, test } from "vitest";
import { createRandom } from "../../data/random/random.ts";
import { dropoutMask } from "./dropout.ts";

const step = (n: number) => createRandom(7).fork(`dropout ${n}`);

test("a mask drops its share and keeps the mean", () => {
  const mask = dropoutMask([100, 200], 0.3, step(1));
  const dropped = mask.filter((value) => value === 0).length / mask.length;
  expect(Math.abs(dropped - 0.3)).toBeLessThan(0.01); // three standard deviations
  expect(new Set(mask)).toEqual(new Set([0, Math.fround(1 / 0.7)]));
});

test("a mask is decided by seed and step alone", () => {
  const mask = (n: number) => dropoutMask([40], 0.5, step(n));
  expect(mask(3)).toEqual(mask(3));
  expect(mask(3)).not.toEqual(mask(4));
});

test("nothing is dropped at rate 0, and a rate of 1 is refused", () => {
  expect(dropoutMask([3], 0, step(1))).toEqual(Float32Array.of(1, 1, 1));
  expect(() => dropoutMask([3], 1, step(1))).toThrow(RangeError);
});
