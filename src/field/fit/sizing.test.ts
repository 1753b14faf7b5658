import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { UserError } from "../../errors/userError.ts";
import { baselineNames, baselines } from "../families/baselines/baselines.ts";
import { countParameters, widthFor } from "./sizing.ts";

describe.each(baselineNames)("the width of %s", (name) => {
  const family = baselines[name];

  test("is the one whose parameters come nearest to the wish", () =>
    fc.assert(
      fc.property(
        fc.constantFrom(1, 2, 3),
        fc.constantFrom(1, 3),
        fc.integer({ min: 500, max: 60_000 }),
        (dimensions, channels, parameters) => {
          const off = (width: number) =>
            Math.abs(countParameters(family, { dimensions, channels, width }) - parameters);
          const width = widthFor(family, { dimensions, channels, parameters });
          // Two widths may be the same network where a width is split in complex units.
          for (const other of [1, 2, 3]) {
            expect(off(width + other)).toBeGreaterThanOrEqual(off(width));
            if (width > other) expect(off(width - other)).toBeGreaterThanOrEqual(off(width));
          }
        },
      ),
      { numRuns: 15 },
    ));

  test("gives back a width's own parameters", () => {
    for (const width of [1, 7, 64, 256]) {
      const size = { dimensions: 2, channels: 3, width };
      const parameters = countParameters(family, size);
      const found = widthFor(family, { ...size, parameters });
      expect(countParameters(family, { ...size, width: found })).toBe(parameters);
    }
  });
});

test("a wish that is smaller than one unit is refused in a sentence", () => {
  const wish = { dimensions: 2, channels: 3, parameters: 12 };
  expect(() => widthFor(baselines.siren, wish)).toThrow(
    new UserError(
      "a field of this kind has at least 13 parameters (dimensions: 2, channels: 3), not 12",
    ),
  );
  expect(widthFor(baselines.siren, { ...wish, parameters: 13 })).toBe(1);
});
