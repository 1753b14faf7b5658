import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bandPlan } from "./bandPlan.ts";
import { decodePlanes } from "./decodePlanes.ts";
import { encodePlanes, startingPlaneOf } from "./encodePlanes.ts";
import { planeOfFound } from "./known.ts";
import { eachSharedRow, planOfPart } from "./partsOfPlan.ts";
import { anyCoefficients, coefficientsOf, eachPlace, isTrueOf } from "./testing.ts";

describe("the code of planes", () => {
  test("tells a decoder all that the encoder says it knows, with every choice by rate and distortion", () => {
    const anyLambda = fc.constantFrom(0, 0.1, 0.2, 1, 20);
    fc.assert(
      fc.property(anyCoefficients, anyLambda, ({ plan, coefficients }, lambda) => {
        const { bytes, known, startingPlane } = encodePlanes(coefficients, plan, { lambda });
        const decoded = decodePlanes(bytes, plan, startingPlane, true);
        expect(decoded.finished).toBe(true);
        expect(decoded.known).toEqual(known);
      }),
      { numRuns: 60 },
    );
  });

  test("without such a choice names every magnitude down to the last threshold of its band", () => {
    fc.assert(
      fc.property(anyCoefficients, ({ plan, coefficients }) => {
        const { known } = encodePlanes(coefficients, plan);
        eachPlace(plan, (place, band) => {
          const { lastPlane } = plan.bands[band]!;
          const isFound = known.signs[place] !== 0;
          const isLarge = Math.abs(coefficients[place]!) >= 2 ** lastPlane;
          if (isFound !== isLarge) expect({ place, isFound }).toEqual({ place, isFound: isLarge });
          if (!isFound) return;
          if (!isTrueOf(known, place, coefficients[place]!)) expect(place).toBe("true");
          if (planeOfFound(known.estimates[place]!) !== lastPlane) expect(place).toBe("exact");
        });
      }),
      { numRuns: 60 },
    );
  });

  test("tells the truth in each of its beginnings, and more in longer ones", () => {
    fc.assert(
      fc.property(anyCoefficients, ({ plan, coefficients }) => {
        const { bytes, startingPlane } = encodePlanes(coefficients, plan);
        const step = Math.ceil((bytes.length + 1) / 12);
        let before: Int8Array | undefined;
        for (let length = 0; length <= bytes.length; length += step) {
          const beginning = bytes.subarray(0, length);
          const { known, finished } = decodePlanes(beginning, plan, startingPlane, false);
          eachPlace(plan, (place) => {
            if (!isTrueOf(known, place, coefficients[place]!)) expect([length, place]).toBe("true");
            if (before && before[place] !== 0 && known.signs[place] !== before[place])
              expect([length, place]).toBe("still known");
          });
          before = known.signs;
          if (finished) expect(decodePlanes(bytes, plan, startingPlane, true).known).toEqual(known);
        }
      }),
      { numRuns: 40 },
    );
  });

  test("in the order of resolution has a beginning for each level that tells it alone, and says where it ends", () => {
    fc.assert(
      fc.property(anyCoefficients, fc.constantFrom(0, 0.2), ({ plan, coefficients }, lambda) => {
        fc.pre(plan.order === "resolution");
        const { levels } = plan.extent;
        const { bytes, known, startingPlane, levelEnds } = encodePlanes(coefficients, plan, {
          lambda,
        });
        expect(levelEnds).toHaveLength(levels + 1);
        for (const [level, end] of levelEnds.entries()) {
          const coarse = planOfPart(plan, { ...plan.extent, omitted: levels - level });
          const isAll = end === bytes.length;
          const decoded = decodePlanes(bytes.subarray(0, end), coarse, startingPlane, isAll);
          expect(decoded.finished).toBe(true);
          eachSharedRow(coarse, plan, { top: 0, left: 0 }, (from, at, length) => {
            const row = (of: typeof known, start: number) => ({
              estimates: of.estimates.subarray(start, start + length),
              signs: of.signs.subarray(start, start + length),
            });
            expect(row(decoded.known, from)).toEqual(row(known, at));
          });
        }
      }),
      { numRuns: 40 },
    );
  });

  test("becomes shorter the more a bit is worth", () => {
    const plan = bandPlan({ channels: 1, height: 48, width: 64, levels: 3 }, () => 0);
    const coefficients = coefficientsOf(plan, 7, 7);
    const lengths = [0, 0.2, 0.5, 1.5].map(
      (lambda) => encodePlanes(coefficients, plan, { lambda }).bytes.length,
    );
    for (const [i, length] of lengths.slice(1).entries()) expect(length).toBeLessThan(lengths[i]!);
  });

  test("keeps its pace: the plane in which is chosen ends where it is to, a twentieth sooner or later", () => {
    const plan = bandPlan({ channels: 1, height: 120, width: 160, levels: 3 }, () => 0);
    const coefficients = coefficientsOf(plan, 7, 7);
    const usual = { lambda: 0.2, chosen: 1 };
    const { chosenBits, chosenBytes } = encodePlanes(coefficients, plan, usual);
    for (const part of [0.95, 1, 1.03]) {
      const bytes = Math.round(part * chosenBytes);
      const pace = { bytes, bits: Array.from(chosenBits, (bits) => [bits]) };
      const paced = encodePlanes(coefficients, plan, { ...usual, pace });
      expect(Math.abs(paced.chosenBytes / bytes - 1)).toBeLessThan(0.012);
      // What was too short went on in the plane below.
      expect(paced.bytes.length).toBeGreaterThanOrEqual(bytes - 1);
      expect(paced.finished).toBe(false);
    }
  });

  test("of coefficients in other units, with their step, is the same", () => {
    const plan = bandPlan({ channels: 1, height: 24, width: 32, levels: 2 }, () => 0);
    const coefficients = coefficientsOf(plan, 3, 7);
    const { bytes } = encodePlanes(coefficients, plan, { lambda: 0.2 });
    const scaled = coefficients.map((x) => 8 * x);
    expect(encodePlanes(scaled, plan, { lambda: 0.2, step: 8 }).bytes).toEqual(bytes);
  });

  test("of nothing is nothing", () => {
    const plan = bandPlan({ channels: 3, height: 9, width: 7, levels: 2 }, () => 0);
    const { bytes, startingPlane } = encodePlanes(new Float64Array(plan.length).fill(0.99), plan);
    expect({ bytes: bytes.length, startingPlane }).toEqual({ bytes: 0, startingPlane: -1 });
    const { known, finished } = decodePlanes(bytes, plan, startingPlane, true);
    expect(finished).toBe(true);
    expect(known.signs.every((sign) => sign === 0)).toBe(true);
  });

  test("is decoded without an error also where its bytes are damaged", () => {
    const bytesOf = fc.uint8Array({ maxLength: 60 });
    fc.assert(
      fc.property(
        anyCoefficients,
        bytesOf,
        fc.integer({ min: -1, max: 25 }),
        fc.boolean(),
        ({ plan }, bytes, startingPlane, complete) => {
          const { known } = decodePlanes(bytes, plan, startingPlane, complete);
          eachPlace(plan, (place) => {
            if (!(known.estimates[place]! >= 0)) expect(known.estimates[place]).toBe("an estimate");
          });
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe("the starting plane", () => {
  test("is that of the largest magnitude, and −1 where none reaches 1", () => {
    const planeOf = (...values: number[]) => startingPlaneOf(Float64Array.from(values));
    expect(planeOf(0, 0.5, -0.999)).toBe(-1);
    expect(planeOf(1, 0)).toBe(0);
    expect(planeOf(0, -7.9, 3)).toBe(2);
    expect(planeOf(2 ** 26 - 1)).toBe(25);
  });

  test.each([2 ** 26, -Infinity, Number.NaN])("does not exist of %d", (value) => {
    expect(() => startingPlaneOf(Float64Array.of(1, value))).toThrow("must be below 2^26");
  });
});
