import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bandPlan, type PlannedBand } from "./bandPlan.ts";
import { eachSharedRow, planOfPart } from "./partsOfPlan.ts";
import { anyPlan, eachPlace } from "./testing.ts";

describe("parts of a plan", () => {
  test("share out all coefficients, each to one part", () => {
    const anySide = fc.integer({ min: 0, max: 3 });
    fc.assert(
      fc.property(anyPlan, anySide, (plan, power) => {
        const { height, width, levels } = plan.extent;
        const side = 2 ** (levels + power);
        const seen = new Uint8Array(plan.length);
        for (let top = 0; top < height; top += side)
          for (let left = 0; left < width; left += side) {
            const part = planOfPart(plan, {
              height: Math.min(side, height - top),
              width: Math.min(side, width - left),
            });
            eachSharedRow(part, plan, { top, left }, (_, inWhole, length) => {
              for (let i = inWhole; i < inWhole + length; i++) seen[i]!++;
            });
          }
        eachPlace(plan, (place) => {
          if (seen[place] !== 1) expect([place, seen[place]]).toEqual([place, 1]);
          seen[place] = 0;
        });
        expect(seen.every((count) => count === 0)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test("without fine levels are the coarse bands of the whole", () => {
    fc.assert(
      fc.property(anyPlan, fc.integer({ min: 0, max: 6 }), (plan, omit) => {
        const omitted = Math.min(omit, plan.extent.levels);
        const { height, width } = plan.extent;
        const part = planOfPart(plan, { height, width, omitted });
        const shape = ({ channel, level, band, height, width, lastPlane }: PlannedBand) => ({
          ...{ channel, level, band, height, width, lastPlane },
        });
        const coarse = plan.bands.filter(({ level }) => level <= part.extent.levels);
        expect(part.bands.map(shape)).toEqual(coarse.map(shape));
        expect(part.order).toBe(plan.order);
      }),
    );
  });

  test("of parts leave out what both do", () => {
    const plan = bandPlan({ channels: 1, height: 40, width: 24, levels: 3 }, () => 0);
    const once = planOfPart(plan, { height: 40, width: 24, omitted: 2 });
    const twice = planOfPart(planOfPart(plan, { height: 40, width: 24, omitted: 1 }), {
      ...{ height: 20, width: 12, omitted: 1 },
    });
    expect(twice).toEqual(once);
  });
});
