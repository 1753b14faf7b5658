import fc from "fast-check";
import { expect, test } from "vitest";
import { UserError } from "../../errors/userError.ts";
import { centerCrop } from "./crop.ts";
import { pointsOf } from "./signal.ts";

test("a center crop leaves as many samples before as after, or one more after", () => {
  const [size, channels] = [[3, 4], 2];
  const values = Float32Array.from({ length: 24 }, (_, i) => i);
  const crop = centerCrop({ size, channels, values }, 2);
  expect(crop.size).toEqual([2, 2]);
  expect([...crop.values]).toEqual([2, 3, 4, 5, 10, 11, 12, 13]);
});

test("along one, two or three axes every sample comes from its own place", () =>
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 3, max: 6 }), { minLength: 1, maxLength: 3 }),
      fc.integer({ min: 1, max: 3 }),
      (size, side) => {
        // A sample's value is its place, one decimal digit an axis.
        const place = (index: readonly number[]) => Number(index.join(""));
        const indices = (size: readonly number[]): number[][] =>
          size.reduce<number[][]>(
            (all, n) => all.flatMap((head) => Array.from({ length: n }, (_, i) => [...head, i])),
            [[]],
          );
        const values = Float32Array.from(indices(size).map(place));
        const crop = centerCrop({ size, channels: 1, values, rate: 8 }, side);
        const expected = indices(size.map(() => side)).map((index) =>
          place(index.map((i, axis) => i + Math.floor((size[axis]! - side) / 2))),
        );
        expect([...crop.values]).toEqual(expected);
        expect(crop.values).toHaveLength(pointsOf(crop.size));
        expect(crop.rate).toBe(8);
      },
    ),
  ));

test("more than there is cannot be cut out", () => {
  const signal = { size: [8, 3], channels: 1, values: new Float32Array(24) };
  expect(() => centerCrop(signal, 4)).toThrow(
    new UserError("4 samples along each axis cannot be cut out of 8 x 3"),
  );
});
