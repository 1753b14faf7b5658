import fc from "fast-check";
import { expect, test } from "vitest";
import { ascending } from "./ascending.ts";

const sortedUpTo = (values: Float64Array, most: number) =>
  values.filter((value) => value <= most).toSorted();

test("are the values up to the largest, sorted", () => {
  const value = fc.oneof(
    fc.double({ min: 0, max: 30, noNaN: true }),
    fc.constantFrom(0, 1, 2, 1e-300, 1e300, Number.MIN_VALUE),
  );
  fc.assert(
    fc.property(
      fc.array(value, { maxLength: 200 }),
      fc.constantFrom(0, 1e-9, 1, 7.5, 1e9),
      (list, most) => {
        const values = Float64Array.from(list, Math.abs); // without -0
        expect(ascending(values, most)).toEqual(sortedUpTo(values, most));
      },
    ),
  );
});

test.each([
  ["all are equal", () => 3],
  ["all but one are 0", (i: number) => (i === 7 ? 2 : 0)],
  ["they are noise", (i: number) => 8 * Math.sin(i * i) ** 2],
  ["they lie in two places", (i: number) => (i % 2 === 0 ? 1e-6 : 6 + i * 1e-9)],
])("of ten thousand, where %s", (_, at) => {
  const values = new Float64Array(10_000).map((_, i) => at(i));
  for (const most of [2.5, 3, 20])
    expect(ascending(values, most)).toEqual(sortedUpTo(values, most));
});
