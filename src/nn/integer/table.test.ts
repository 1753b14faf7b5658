import fc from "fast-check";
import { expect, test } from "vitest";
import { lookUp, tabulate } from "./table.ts";

const square = tabulate((x) => x * x, { from: 10, to: 12, between: [-2, 3], entries: 4 });

test("a table has a function's values at its entries, and lines between them", () => {
  for (let k = -32; k <= 48; k++) expect(lookUp(square, 64 * k)).toBe((k / 16) ** 2 * 2 ** 12);
  fc.assert(
    fc.property(fc.integer({ min: -2048, max: 3071 }), (x) => {
      const low = Math.floor(x / 64);
      const [a, b] = [(low / 16) ** 2, ((low + 1) / 16) ** 2];
      const line = (a + ((b - a) * (x - 64 * low)) / 64) * 2 ** 12;
      expect(lookUp(square, x)).toBe(Math.floor(line));
    }),
  );
});

test("beyond its ends it keeps its last value, however far", () => {
  for (const far of [2049, 1e6, 2 ** 40, 2 ** 60]) {
    expect(lookUp(square, -far)).toBe(4 * 2 ** 12);
    expect(lookUp(square, far + 2000)).toBe(9 * 2 ** 12);
  }
});
