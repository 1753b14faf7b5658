import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeTokens } from "../../codec/decode.ts";
import { encodeTokens } from "../../codec/encode.ts";
import { drawToken, randomFrom } from "../../codec/testing.ts";
import { tokenCount, vocabularies } from "../../codec/tokens.ts";
import { bandRegions, channelSize, coefficientCount } from "../../codec/walk/geometry.ts";
import { walk } from "../../codec/walk/walk.ts";
import type { Raster } from "../../data/images/raster.ts";
import { readContainer, writeContainer } from "../file/container.ts";
import { imagePsnr } from "../psnr.ts";
import { sameNumbers, testPicture } from "../testing.ts";
import {
  analyze,
  type ImageLanguageOptions,
  imageLanguage,
  type LosslessOptions,
  learnedOrder,
  synthesize,
} from "./language.ts";

const wavelets = ["haar", "bior2.2"] as const;

/** Pictures of noise, of extremes alone, and smooth ones, of odd and tiny sizes too. */
const anyRaster: fc.Arbitrary<Raster> = fc
  .record({
    width: fc.integer({ min: 1, max: 21 }),
    height: fc.integer({ min: 1, max: 21 }),
    channels: fc.constantFrom<1 | 3>(1, 3),
    kind: fc.constantFrom("noise", "extremes", "smooth"),
  })
  .chain(({ width, height, channels, kind }) => {
    const length = width * height * channels;
    const sample =
      kind === "noise" ? fc.integer({ min: 0, max: 255 }) : fc.constantFrom(0, 1, 254, 255);
    const data =
      kind === "smooth"
        ? fc.constant(testPicture(width, height, channels).data)
        : fc.array(sample, { minLength: length, maxLength: length });
    return data.map((values) => ({ width, height, channels, data: Uint8Array.from(values) }));
  });

const anyLossless: fc.Arbitrary<LosslessOptions> = fc
  .record({
    wavelet: fc.constantFrom(...wavelets),
    lossless: fc.constant(true as const),
    vocabulary: fc.constantFrom(...vocabularies),
    color: fc.constant("ycbcr" as const),
    levels: fc.integer({ min: 0, max: 5 }),
    learned: fc.boolean(),
  })
  .map(({ learned, ...options }) => ({
    ...options,
    ...(learned && { order: learnedOrder(options) }),
  }));

const byCoefficients = { wavelet: "haar", lossless: true, order: "coefficients" } as const;

const ofPicture = ({ channels }: Raster, options: LosslessOptions): LosslessOptions => ({
  ...options,
  color: channels === 3 ? "ycbcr" : "gray",
});

describe("a lossless language", () => {
  test("gives every picture back, pixel for pixel, through tokens and through a file", () => {
    fc.assert(
      fc.property(anyRaster, anyLossless, (picture, options) => {
        const language = imageLanguage(ofPicture(picture, options), picture);
        const coefficients = analyze(picture, language);
        const encoding = encodeTokens(coefficients, language.tokens);
        // The walk ends exactly at the coefficients, and they at the picture.
        expect(encoding.approximation).toEqual(coefficients);
        const file = writeContainer(encoding, language);
        const { approximation, finished, language: read } = readContainer(file, "x");
        expect(finished).toBe(true);
        expect(read).toEqual(language);
        expect(synthesize(approximation, read).raster).toEqual(picture);
      }),
      { numRuns: 100 },
    );
  });

  test("gives a larger picture back at 301×199", () => {
    for (const wavelet of wavelets) {
      const picture = testPicture(301, 199, 3);
      const language = imageLanguage({ wavelet, lossless: true, color: "ycbcr" }, picture);
      const { startingPlane, tokens } = encodeTokens(analyze(picture, language), language.tokens);
      const decoded = decodeTokens({ startingPlane, tokens }, language.tokens);
      expect(sameNumbers(synthesize(decoded, language).raster.data, picture.data)).toBe(true);
      expect(imagePsnr(picture, decoded, language)).toBe(Infinity);
    }
  });

  test("keeps the rounded luma of a color picture in gray, and no chroma of a gray one in color", () => {
    const options = { wavelet: "haar", lossless: true } as const;
    const picture = { width: 1, height: 1, channels: 3, data: Uint8Array.of(255, 0, 0) } as const;
    const gray = imageLanguage(options, picture);
    expect([...synthesize(analyze(picture, gray), gray).raster.data]).toEqual([76]);
    const color = imageLanguage({ ...options, color: "ycbcr" }, { width: 6, height: 5 });
    const chroma = analyze(testPicture(6, 5, 1), color).subarray(
      channelSize(color.tokens.geometry),
    );
    expect(chroma.every((x) => x === 0)).toBe(true);
  });

  test("decodes every beginning of a stream, and comes closer with each part of it", () => {
    const picture = testPicture(37, 23, 3);
    for (const wavelet of wavelets)
      for (const vocabulary of vocabularies) {
        const options = { wavelet, vocabulary, lossless: true, color: "ycbcr" } as const;
        const language = imageLanguage(options, picture);
        const { startingPlane, tokens } = encodeTokens(analyze(picture, language), language.tokens);
        const reached = [0.1, 0.3, 0.6, 0.9, 1].map((part) => {
          const prefix = tokens.subarray(0, Math.round(part * tokens.length));
          return imagePsnr(
            picture,
            decodeTokens({ startingPlane, tokens: prefix }, language.tokens),
            language,
          );
        });
        expect(reached).toEqual(reached.toSorted((a, b) => a - b));
        expect(reached.at(-1)).toBe(Infinity);
        expect(reached[0]).toBeGreaterThan(10);
      }
  });

  test("codes no padding: each sample has one coefficient, and no site lies beyond them", () => {
    const size = { width: 21, height: 13 };
    for (const vocabulary of vocabularies) {
      const language = imageLanguage({ wavelet: "haar", lossless: true, vocabulary }, size);
      const { geometry, scan } = language.tokens;
      const regions = bandRegions(geometry);
      expect(regions.reduce((sum, { height, width }) => sum + height * width, 0)).toBe(21 * 13);
      expect(scan.order.length).toBe(21 * 13);
      const inside = (row: number, column: number) =>
        regions.some(
          ({ top, left, height, width }) =>
            row >= top && row < top + height && column >= left && column < left + width,
        );
      const noise = { ...size, channels: 1, data: new Uint8Array(21 * 13).fill(77) } as const;
      const known = new Float64Array(channelSize(geometry));
      const { startingPlane, tokens } = encodeTokens(analyze(noise, language), language.tokens);
      const steps = walk(language.tokens, startingPlane, known);
      let step = steps.next();
      for (const token of tokens) {
        if (step.done) throw new Error("the walk ended before the tokens");
        expect(inside(step.value.row, step.value.column)).toBe(true);
        step = steps.next(token);
      }
    }
  });

  test("asks for no bit of a band below its unit", () => {
    const picture = testPicture(16, 16, 3);
    for (const vocabulary of vocabularies) {
      const options = { wavelet: "bior2.2", lossless: true, vocabulary, color: "ycbcr" } as const;
      const language = imageLanguage({ ...options, levels: 2 }, picture);
      const lowest = new Map<string, number>();
      const encoding = encodeTokens(analyze(picture, language), language.tokens);
      const known = new Float64Array(encoding.approximation.length);
      const steps = walk(language.tokens, encoding.startingPlane, known);
      let step = steps.next();
      for (const token of encoding.tokens) {
        if (step.done) throw new Error("the walk ended before the tokens");
        const { channel, level, band, plane } = step.value;
        lowest.set(`${channel} ${level} ${band}`, plane);
        step = steps.next(token);
      }
      // Scaling band, coarser details, finer details, of luma; then one lower of chroma.
      const expected = [
        ...[2, 1, 1, 0, 0, 0, -1],
        ...[1, 0, 0, -1, -1, -1, -2],
        ...[1, 0, 0, -1, -1, -1, -2],
      ];
      expect([...lowest].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, plane]) => plane)).toEqual(
        expected,
      );
    }
  });

  test("of gray coefficient by coefficient is one-to-one: every legal stream is a picture, and that picture's own stream", () => {
    const sizes = fc.integer({ min: 1, max: 9 });
    fc.assert(
      fc.property(sizes, sizes, fc.integer(), (width, height, seed) => {
        const language = imageLanguage(byCoefficients, { width, height });
        const random = randomFrom(seed);
        const known = new Float64Array(coefficientCount(language.tokens.geometry));
        const startingPlane = 7 + language.levels;
        const tokens: number[] = [];
        const steps = walk(language.tokens, startingPlane, known);
        for (let step = steps.next(); !step.done; ) {
          expect(tokenCount(step.value.legal)).toBeGreaterThan(1);
          const token = drawToken(step.value.legal, random);
          tokens.push(token);
          step = steps.next(token);
        }
        const again = encodeTokens(
          analyze(synthesize(known, language).raster, language),
          language.tokens,
        );
        // No sample was clipped: the coefficients are those of the picture.
        expect(again.approximation).toEqual(known);
        // A first plane without a discovery would not have been written.
        fc.pre(again.startingPlane === startingPlane);
        expect([...again.tokens]).toEqual(tokens);
      }),
      { numRuns: 100 },
    );
  });

  test("refuses coefficients that no picture has", () => {
    const language = imageLanguage(byCoefficients, { width: 4, height: 4 });
    const coefficients = analyze(testPicture(4, 4, 1), language);
    for (const [place, value] of [
      [0, 2 ** 12],
      [15, 600.25],
    ] as const) {
      const wrong = coefficients.slice();
      wrong[place] = value;
      expect(() => encodeTokens(wrong, language.tokens)).toThrow("beyond its bounds");
    }
  });

  test("says nothing of details where a mean is at the upper wall, and next to nothing at the lower", () => {
    const lengths = [255, 0, 128].map((level) => {
      const size = { width: 32, height: 32 };
      const flat = { ...size, channels: 1, data: new Uint8Array(1024).fill(level) } as const;
      const language = imageLanguage({ ...byCoefficients, levels: 4 }, size);
      // The top left sample is white in each, so that all streams start alike.
      flat.data[0] = 255;
      return encodeTokens(analyze(flat, language), language.tokens).tokens.length;
    });
    expect(lengths[0]).toBeLessThan(70);
    expect(lengths[1]).toBeLessThan(lengths[2]! / 2);
  });

  test("cannot have what contradicts it", () => {
    const size = { width: 8, height: 8 };
    const lossless = (options: object) => () =>
      imageLanguage({ wavelet: "haar", lossless: true, ...options } as ImageLanguageOptions, size);
    expect(lossless({ wavelet: "bior4.4" })).toThrow("haar or bior2.2, not bior4.4");
    expect(lossless({ reading: "B" })).toThrow("lossless needs reading A");
    expect(lossless({ finest: 1 })).toThrow("no finest threshold");
    expect(lossless({ padding: "edge" })).toThrow("no padding");
  });
});
