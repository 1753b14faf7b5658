import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { agreeing } from "./agreeing.ts";
import { beginningWith, onlyToken } from "./allowed.ts";
import { type Bounds, fixedWhere, lowestStartingPlane } from "./bounds.ts";
import { decodeTokens } from "./decode.ts";
import { encodeTokens } from "./encode.ts";
import { anyCoefficients, anyLanguage, drawAmong } from "./testing.ts";
import { tokenLanguage } from "./tokenLanguage.ts";
import { blockTokens } from "./tokens.ts";
import { coefficientCount } from "./walk/geometry.ts";
import { SiteKind } from "./walk/site.ts";
import { walk } from "./walk/walk.ts";

/** A language, coefficients, some of which are kept, a seed, and how far above its lowest plane a walk starts. */
const anyCase = anyLanguage().chain((language) => {
  const count = coefficientCount(language.geometry);
  return fc.record({
    language: fc.constant(language),
    coefficients: anyCoefficients(count),
    kept: fc.oneof(
      fc.array(fc.constantFrom(0, 1), { minLength: count, maxLength: count }),
      fc.array(fc.constantFrom(1, 1, 1, 1, 0), { minLength: count, maxLength: count }),
    ),
    seed: fc.integer(),
    above: fc.integer({ min: 0, max: 2 }),
  });
});

describe("a walk among tokens that agree with fixed coefficients", () => {
  test("keeps exactly the values that an encoder leaves, for any tokens", () => {
    fc.assert(
      fc.property(anyCase, ({ language, coefficients, kept, seed, above }) => {
        const bounds = fixedWhere(kept, coefficients);
        const plane = lowestStartingPlane(bounds, language.finestPlane) + above;
        const drawn = drawAmong(agreeing(bounds, language), plane, language, seed);
        expect(decodeTokens(drawn, language)).toEqual(drawn.approximation);
        const { approximation } = encodeTokens(coefficients, language);
        const ofKept = (values: Float64Array) => values.filter((_, i) => kept[i] === 1);
        expect(ofKept(drawn.approximation)).toEqual(ofKept(approximation));
      }),
      { numRuns: 150 },
    );
  });

  test("is the encoder's, token by token, if all are fixed", () => {
    fc.assert(
      fc.property(anyCase, ({ language, coefficients, seed }) => {
        const all = { low: coefficients, high: coefficients };
        const { startingPlane, tokens } = encodeTokens(coefficients, language);
        expect(lowestStartingPlane(all, language.finestPlane)).toBe(startingPlane);
        const drawn = drawAmong(agreeing(all, language), startingPlane, language, seed);
        expect(drawn.tokens).toEqual(tokens);
      }),
    );
  });

  test("may take every token that is legal if none is fixed", () => {
    fc.assert(
      fc.property(anyLanguage(), fc.integer(), (language, seed) => {
        const none = new Float64Array(coefficientCount(language.geometry));
        const allowed = agreeing(fixedWhere(none, none), language);
        drawAmong(
          (site, known, position) => {
            const missing = site.legal & ~allowed(site, known, position);
            return missing === 0 ? site.legal : 0;
          },
          language.finestPlane + 2,
          language,
          seed,
        );
      }),
    );
  });

  test("reaches every value of the free coefficients", () => {
    fc.assert(
      fc.property(anyCase, ({ language, coefficients, kept }) => {
        const allowed = agreeing(fixedWhere(kept, coefficients), language);
        const encoding = encodeTokens(coefficients, language);
        const along = beginningWith(encoding.tokens);
        drawAmong(
          (site, known, position) => {
            const token = along(site, known, position);
            return token & allowed(site, known, position);
          },
          encoding.startingPlane,
          language,
          1,
        );
      }),
    );
  });

  test("stays within bounds that are not points", () => {
    const anyBounds = anyCase.chain((one) =>
      fc.record({
        one: fc.constant(one),
        width: fc.array(fc.constantFrom(0, 0.1, 1, 9, Infinity), {
          minLength: one.kept.length,
          maxLength: one.kept.length,
        }),
      }),
    );
    fc.assert(
      fc.property(anyBounds, ({ one: { language, coefficients, seed, above }, width }) => {
        const bounds: Bounds = {
          low: coefficients.map((x, i) => x - width[i]!),
          high: coefficients.map((x, i) => x + width[i]! / 2),
        };
        const plane = lowestStartingPlane(bounds, language.finestPlane) + above;
        const { approximation } = drawAmong(agreeing(bounds, language), plane, language, seed);
        // An approximation stands for a cell of half this width, a silent coefficient for less than the last threshold.
        const last = 2 ** language.finestPlane;
        const half = language.reading === "A" ? last / 2 : last / 4;
        const beyond = approximation.filter((value, i) => {
          const margin = value === 0 ? last : half;
          return value < bounds.low[i]! - margin || value > bounds.high[i]! + margin;
        });
        expect([...beyond]).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});

describe("groups with free and fixed members", () => {
  const language = tokenLanguage({
    geometry: { channels: 1, height: 2, width: 2, levels: 0 },
    finestPlane: 0,
  });
  const { Group4x4, NowSignificantNeg, NowSignificantPos, Insignificant } = blockTokens;
  const first = (kept: number[], values: number[]) => {
    const known = new Float64Array(4);
    const site = walk(language, 0, known).next().value!;
    expect(site.kind).toBe(SiteKind.block);
    const bounds = fixedWhere(kept, Float64Array.from(values));
    return site.legal & agreeing(bounds, language)(site, known, 0);
  };
  const set = (...tokens: number[]) => tokens.reduce((all, token) => all | (1 << token), 0);

  test("are silent or wait for the free one if all fixed ones are silent", () => {
    expect(first([1, 1, 1, 0], [0.5, 0, 0, 0])).toBe(set(Group4x4, Insignificant));
    expect(first([0, 1, 1, 1], [0, 0, 0, 0.5])).toBe(
      set(Group4x4, NowSignificantNeg, NowSignificantPos),
    );
  });

  test("are not silent if a fixed one speaks", () => {
    expect(first([1, 0, 0, 1], [0, 0, 0, -1])).toBe(set(Insignificant));
    expect(first([1, 0, 0, 0], [-1.5, 0, 0, 0])).toBe(set(NowSignificantNeg));
  });
});

test("a set has an only token if it has one member", () => {
  expect([0, 1, 2, 3, 64, 65].map(onlyToken)).toEqual([undefined, 0, 1, undefined, 6, undefined]);
});

test("bounds that are none are refused", () => {
  const language = tokenLanguage({
    geometry: { channels: 1, height: 2, width: 2, levels: 0 },
    finestPlane: 0,
  });
  const four = (x: number) => new Float64Array(4).fill(x);
  expect(() => agreeing({ low: four(1), high: four(0) }, language)).toThrow("from 1 to 0");
  expect(() => agreeing({ low: four(Number.NaN), high: four(0) }, language)).toThrow("NaN");
  expect(() => agreeing({ low: new Float64Array(3), high: four(0) }, language)).toThrow(
    "3 and 4 bounds are given for 4 coefficients",
  );
});
