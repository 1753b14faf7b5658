import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { editDistance, nearest } from "./nearest.ts";

const word = fc.string({ maxLength: 8 });

describe("editDistance", () => {
  it("is a metric", () => {
    fc.assert(
      fc.property(word, word, word, (a, b, c) => {
        expect(editDistance(a, b) === 0).toBe(a === b);
        expect(editDistance(a, b)).toBe(editDistance(b, a));
        expect(editDistance(a, c)).toBeLessThanOrEqual(editDistance(a, b) + editDistance(b, c));
      }),
    );
  });
});

describe("nearest", () => {
  it("suggests what is close, and nothing that is not", () => {
    expect(nearest("finst", ["finest", "limit"])).toBe("finest");
    expect(nearest("colour", ["color", "count"])).toBe("color");
    expect(nearest("zzzzzz", ["finest", "limit"])).toBeUndefined();
  });
});
