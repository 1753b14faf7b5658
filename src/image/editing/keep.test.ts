import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { encodeTokens, replayTokens, tokenCount } from "../../codec/index.ts";
import { drawAmong } from "../../codec/testing.ts";
import { vocabularies } from "../../codec/tokens.ts";
import { type Raster, toGray, toRgb } from "../../data/images/raster.ts";
import { analyze, type ImageLanguage, imageLanguage, synthesize } from "../language/language.ts";
import { type Rectangle, within } from "../rectangle.ts";
import { anyOptions, anyPicture, testPicture } from "../testing.ts";
import { aroundHole } from "./hole.ts";
import { type Keep, keepOf } from "./keep.ts";

/** Draws tokens by pure chance, as a model that knows nothing. */
function drawnByChance(raster: Raster, keep: Keep, language: ImageLanguage, seed: number) {
  const kept = keepOf(raster, keep, language);
  return drawAmong(kept.choosing().allowed!, kept.startingPlane(seed % 4), language.tokens, seed);
}

const anyHole: fc.Arbitrary<Rectangle> = fc.record({
  x: fc.integer({ min: -3, max: 24 }),
  y: fc.integer({ min: -3, max: 24 }),
  width: fc.integer({ min: 1, max: 12 }),
  height: fc.integer({ min: 1, max: 12 }),
});
const anySeed = fc.nat(1000);

/** A picture that is another one within a rectangle, and the same outside. */
function changedWithin(raster: Raster, hole: Rectangle, value: (i: number) => number): Raster {
  const data = raster.data.map((old, i) => {
    const pixel = Math.floor(i / raster.channels);
    const [x, y] = [pixel % raster.width, Math.floor(pixel / raster.width)];
    const isIn = within(hole, { width: x + 1, height: y + 1 });
    const isInside =
      isIn && x >= hole.x && x < hole.x + hole.width && y >= hole.y && y < hole.y + hole.height;
    return isInside ? value(i) : old;
  });
  return { ...raster, data };
}

describe("a hole", () => {
  test("leaves every coefficient unchanged whose synthesis does not change its pixels", () => {
    fc.assert(
      fc.property(anyPicture(20), anyOptions, anyHole, anySeed, (raster, options, hole, seed) => {
        const language = imageLanguage(options, raster);
        const coefficients = analyze(raster, language);
        const { low, high } = aroundHole(raster, hole, language);
        const isFixed = (_: number, i: number) => low[i] === high[i];
        const { approximation } = drawnByChance(raster, { outside: hole }, language, seed);
        const encoding = encodeTokens(coefficients, language.tokens);
        expect(approximation.filter(isFixed)).toEqual(encoding.approximation.filter(isFixed));
        // Without the fixed coefficients the pixels of the hole are the same, up to rounding to whole levels.
        const free = coefficients.map((value, i) => (isFixed(value, i) ? 0 : value));
        const levels = (values: Float64Array) => synthesize(values, language).raster;
        const [some, all] = [levels(free), levels(coefficients)];
        const blank = { ...all, data: new Uint8Array(all.data.length) };
        const { data: isIn } = changedWithin(blank, hole, () => 1);
        const apart = some.data.map((x, i) => (isIn[i] ? Math.abs(x - all.data[i]!) : 0));
        expect(Math.max(0, ...apart)).toBeLessThanOrEqual(1);
      }),
      { numRuns: 60 },
    );
  });

  test("allows every picture that differs in the hole alone", () => {
    fc.assert(
      fc.property(anyPicture(20), anyOptions, anyHole, anySeed, (raster, options, hole, seed) => {
        // Biorthogonal analysis looks farther than synthesis reaches: there the kept values are those of the given hole.
        const language = imageLanguage({ ...options, wavelet: "haar" }, raster);
        const { low, high } = aroundHole(raster, hole, language);
        const other = changedWithin(raster, hole, (i) => [0, 255, (i * seed) % 256][i % 3]!);
        const values = analyze(other, language);
        const beyond = values.filter((x, i) => low[i] !== high[i] && (x < low[i]! || x > high[i]!));
        expect([...beyond]).toEqual([]);
        const changed = values.filter((x, i) => low[i] === high[i] && x !== low[i]);
        expect([...changed]).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  test("of bior4.4 bounds what is free for every content", () => {
    for (const padding of ["zero", "edge"] as const) {
      const raster = testPicture(20, 13, 3);
      const language = imageLanguage(
        { wavelet: "bior4.4", finest: 0.125, color: "ycbcr", padding },
        raster,
      );
      const hole = { x: 14, y: 4, width: 6, height: 5 };
      const { low, high } = aroundHole(raster, hole, language);
      for (const value of [0, 255]) {
        const values = analyze(
          changedWithin(raster, hole, () => value),
          language,
        );
        const beyond = values.filter((x, i) => low[i] !== high[i] && (x < low[i]! || x > high[i]!));
        expect([...beyond]).toEqual([]);
      }
    }
  });

  test("outside of the picture changes nothing", () => {
    fc.assert(
      fc.property(anyPicture(16), anyOptions, anySeed, (raster, options, seed) => {
        const language = imageLanguage(options, raster);
        const encoding = encodeTokens(analyze(raster, language), language.tokens);
        const beside = { x: raster.width, y: 0, width: 5, height: 5 };
        expect(drawnByChance(raster, { outside: beside }, language, seed)).toEqual(encoding);
      }),
      { numRuns: 30 },
    );
  });

  test("frees few coefficients if it is small, and all if it is the whole picture", () => {
    const raster = testPicture(32, 32, 1);
    const language = imageLanguage({ wavelet: "haar", finest: 0.125 }, raster);
    const free = (hole: Rectangle) => {
      const { low, high } = aroundHole(raster, hole, language);
      return low.filter((value, i) => value !== high[i]).length;
    };
    // One of the scaling band and three of each of the four levels.
    expect(free({ x: 5, y: 5, width: 1, height: 1 })).toBe(13);
    expect(free({ x: 0, y: 0, width: 32, height: 32 })).toBe(1024);
  });
});

describe("the coarse part", () => {
  test("is kept exactly", () => {
    fc.assert(
      fc.property(anyPicture(20), anyOptions, fc.nat(4), anySeed, (raster, options, k, seed) => {
        const language = imageLanguage(options, raster);
        const coarse = Math.min(k, language.levels);
        const { level } = language.tokens.places;
        const isCoarse = (_: number, i: number) => level[i % level.length]! <= coarse;
        const { approximation } = drawnByChance(raster, { coarse }, language, seed);
        const encoding = encodeTokens(analyze(raster, language), language.tokens);
        expect(approximation.filter(isCoarse)).toEqual(encoding.approximation.filter(isCoarse));
      }),
      { numRuns: 60 },
    );
  });

  test("of all levels is the encoded picture, and so are all tokens", () => {
    fc.assert(
      fc.property(anyPicture(16), anyOptions, anySeed, (raster, options, seed) => {
        const language = imageLanguage(options, raster);
        const encoding = encodeTokens(analyze(raster, language), language.tokens);
        for (const keep of [
          { coarse: Infinity },
          { coarse: language.levels },
          { tokens: Infinity },
          { tokens: encoding.tokens.length },
        ]) {
          expect(drawnByChance(raster, keep, language, seed)).toEqual(encoding);
          expect(keepOf(raster, keep, language).approximation).toEqual(encoding.approximation);
        }
      }),
      { numRuns: 30 },
    );
  });

  test("is kept exactly in lossless languages too: of all levels it is the exact pixels", () => {
    const options = fc.record({
      lossless: fc.constant(true as const),
      wavelet: fc.constantFrom("haar" as const, "bior2.2" as const),
      vocabulary: fc.constantFrom(...vocabularies),
      color: fc.constantFrom("gray" as const, "ycbcr" as const),
    });
    fc.assert(
      fc.property(anyPicture(16), options, anySeed, (raster, options, seed) => {
        const form = options.color === "gray" ? toGray(raster) : toRgb(raster);
        const language = imageLanguage(options, form);
        const all = drawnByChance(form, { coarse: Infinity }, language, seed);
        expect(synthesize(all.approximation, language).raster).toEqual(form);
        const coarse = Math.min(1, language.levels);
        const { level } = language.tokens.places;
        const isCoarse = (_: number, i: number) => level[i % level.length]! <= coarse;
        const { approximation } = drawnByChance(form, { coarse }, language, seed);
        const encoding = encodeTokens(analyze(form, language), language.tokens);
        expect(approximation.filter(isCoarse)).toEqual(encoding.approximation.filter(isCoarse));
        const outside = { x: 0, y: 0, width: 1, height: 1 };
        expect(() => keepOf(form, { outside }, language)).toThrow("lossy languages alone");
      }),
      { numRuns: 30 },
    );
  });

  test("starts where it starts by itself, unless louder coefficients are free", () => {
    const raster = testPicture(32, 32, 1);
    const language = imageLanguage({ wavelet: "haar", finest: 0.125 }, raster);
    const { startingPlane } = encodeTokens(analyze(raster, language), language.tokens);
    expect(keepOf(raster, { coarse: 2 }, language).startingPlane(startingPlane + 3)).toBe(
      startingPlane,
    );
    const { startingPlane: open } = keepOf(raster, { coarse: 0 }, language);
    expect(open(startingPlane + 1)).toBe(startingPlane + 1);
    expect(open(startingPlane - 2)).toBe(startingPlane);
  });
});

test("a beginning is kept token by token, and what follows is free", () => {
  const raster = testPicture(12, 9, 3);
  const language = imageLanguage({ wavelet: "bior2.2", finest: 0.25, color: "ycbcr" }, raster);
  const { tokens } = encodeTokens(analyze(raster, language), language.tokens);
  const drawn = drawnByChance(raster, { tokens: 40 }, language, 3);
  expect(drawn.tokens.subarray(0, 40)).toEqual(tokens.subarray(0, 40));
  expect(drawn.tokens).not.toEqual(tokens);
  const allowed = keepOf(raster, { tokens: 40 }, language).choosing().allowed!;
  let position = 0;
  replayTokens(drawn, language.tokens, (site, _, known) => {
    const choices = tokenCount(site.legal & allowed(site, known, position));
    expect(choices).toBe(position < 40 ? 1 : tokenCount(site.legal));
    position++;
  });
});

test("what cannot be kept is said", () => {
  const raster = testPicture(8, 8, 1);
  const language = imageLanguage({ wavelet: "haar", finest: 0.25 }, raster);
  for (const [keep, sentence] of [
    [{ coarse: 3 }, "of the 2 levels of detail, 0 to 2 coarse ones can be kept, not 3"],
    [{ coarse: 0.5 }, "not 0.5"],
    [{ tokens: -1 }, "not -1"],
    [{ outside: { x: 1, y: 2, width: 0, height: 3 } }, "not 0×3 at 1, 2"],
  ] as const) {
    expect(() => keepOf(raster, keep, language)).toThrow(sentence);
  }
});
