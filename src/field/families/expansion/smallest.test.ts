import fc from "fast-check";
import { expect, test } from "vitest";
import { smallestAt } from "./smallest.ts";

test("is what sorting puts there, among equal numbers as well", () =>
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.integer({ min: 0, max: 5 }), fc.double({ noNaN: true })), {
        minLength: 1,
        maxLength: 60,
      }),
      fc.nat(),
      (list, place) => {
        const k = place % list.length;
        const expected = Float64Array.from(list).sort()[k]! + 0; // -0 is 0
        expect(smallestAt(Float64Array.from(list), k)! + 0).toBe(expected);
      },
    ),
  ));

test("of no numbers there is none", () => {
  expect(smallestAt(new Float64Array(), 0)).toBeUndefined();
});
