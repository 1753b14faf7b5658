import fc from "fast-check";
import { expect, test } from "vitest";
import { bandPlan } from "./bandPlan.ts";
import {
  foundEstimate,
  nothingKnown,
  planeOfFound,
  refinedEstimate,
  silentEstimate,
} from "./known.ts";
import { eachPlace } from "./testing.ts";

/** The interval that an estimate of a found coefficient stands for. */
function intervalOf(estimate: number): { readonly least: number; readonly end: number } {
  const length = 2 ** planeOfFound(estimate);
  return { least: estimate / 16 - length / 2, end: estimate / 16 + length / 2 };
}

test("a coefficient that is found in a plane lies between its threshold and the double of it", () => {
  for (let plane = 0; plane <= 25; plane++)
    expect(intervalOf(foundEstimate(plane))).toEqual({ least: 2 ** plane, end: 2 ** (plane + 1) });
});

test("each bit halves the interval, and all bits down to plane 0 name a whole magnitude", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 26 - 1 }), (size) => {
      const found = 31 - Math.clz32(size);
      let estimate = foundEstimate(found);
      for (let plane = found - 1; plane >= 0; plane--) {
        estimate = refinedEstimate(estimate, plane, (size >> plane) & 1);
        const { least, end } = intervalOf(estimate);
        expect(end - least).toBe(2 ** plane);
        expect(size >= least && size < end).toBe(true);
      }
      expect(intervalOf(estimate)).toEqual({ least: size, end: size + 1 });
    }),
  );
});

test("estimates fit into 32 bits in the highest plane that there is", () => {
  const highest = [
    silentEstimate(25),
    foundEstimate(25),
    refinedEstimate(foundEstimate(25), 24, 1),
  ];
  expect(Array.from(Int32Array.from(highest))).toEqual(highest);
});

test("before the first bit all coefficients have the estimate of silence, and margins are 0", () => {
  const plan = bandPlan({ channels: 2, height: 5, width: 3, levels: 2 }, () => 0);
  const { estimates, signs } = nothingKnown(plan, 6);
  let inside = 0;
  eachPlace(plan, (place) => {
    expect(estimates[place]).toBe(silentEstimate(6));
    inside++;
  });
  expect(inside).toBe(30);
  expect(estimates.reduce((sum, x) => sum + x, 0)).toBe(30 * silentEstimate(6));
  expect(signs.every((sign) => sign === 0)).toBe(true);
});
