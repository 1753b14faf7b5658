import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseShare, piecesOf, shareText } from "./share.ts";

describe("a share", () => {
  test("is written as people count", () => {
    expect(parseShare("2/3")).toEqual({ index: 1, count: 3 });
    expect(shareText({ index: 1, count: 3 })).toBe("2/3");
  });

  test.each(["0/3", "4/3", "1/0", "-1/2", "1", "1/2/3", "1.5/2", "", "a/b"])(
    "%s is none",
    (text) => {
      expect(parseShare(text)).toBeUndefined();
    },
  );
});

test("shares have each piece once, and differ by one piece at most", () => {
  const numbers = [fc.integer({ min: 0, max: 50 }), fc.integer({ min: 1, max: 60 })] as const;
  fc.assert(
    fc.property(...numbers, (pieces, count) => {
      const shares = Array.from({ length: count }, (_, index) =>
        piecesOf({ index, count }, pieces),
      );
      const all = Array.from({ length: pieces }, (_, piece) => piece);
      expect(shares.flat().sort((a, b) => a - b)).toEqual(all);
      const lengths = shares.map(({ length }) => length);
      expect(Math.max(...lengths) - Math.min(...lengths)).toBeLessThanOrEqual(1);
    }),
  );
});
