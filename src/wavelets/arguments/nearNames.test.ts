import fc from "fast-check";
import { expect, test } from "vitest";
import { editDistance, nearNames } from "./nearNames.ts";

const word = fc.string({ maxLength: 8 });

test("the number of edits is a metric", () => {
  fc.assert(
    fc.property(word, word, word, (a, b, c) => {
      expect(editDistance(a, b) === 0).toBe(a === b);
      expect(editDistance(a, b)).toBe(editDistance(b, a));
      expect(editDistance(a, c)).toBeLessThanOrEqual(editDistance(a, b) + editDistance(b, c));
    }),
  );
});

test("only the nearest names are near, and none that is too far", () => {
  expect(nearNames("sym", ["db4", "sym4", "sym20"], 2)).toEqual(["sym4"]);
  expect(nearNames("symm", ["sym4", "sym5"], 2)).toEqual(["sym4", "sym5"]);
  expect(nearNames("zzzzzz", ["db4", "sym4"], 2)).toEqual([]);
});
