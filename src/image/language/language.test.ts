import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeTokens } from "../../codec/decode.ts";
import { encodeTokens } from "../../codec/encode.ts";
import { vocabularies } from "../../codec/tokens.ts";
import { toRgb } from "../../data/images/raster.ts";
import { imagePsnr } from "../psnr.ts";
import { anyOptions, anyPicture, sameNumbers, testPicture } from "../testing.ts";
import { imageWavelets } from "./imageWavelets.ts";
import { analyze, defaultLevels, imageLanguage, synthesize } from "./language.ts";

describe("an image in the language", () => {
  test("decodes to the encoder's own reconstruction bit for bit, whatever the options", () => {
    fc.assert(
      fc.property(anyPicture(24), anyOptions, (picture, options) => {
        const language = imageLanguage(options, picture);
        const encoding = encodeTokens(analyze(picture, language), language.tokens);
        expect(decodeTokens(encoding, language.tokens)).toEqual(encoding.approximation);
      }),
      { numRuns: 150 },
    );
  });

  test("does so for every wavelet, vocabulary, reading and color at 300×200", () => {
    const picture = testPicture(300, 200, 3);
    for (const wavelet of imageWavelets)
      for (const vocabulary of vocabularies)
        for (const reading of ["A", "B"] as const)
          for (const color of ["gray", "ycbcr"] as const) {
            const options = { wavelet, vocabulary, reading, color, finest: 0.125 };
            const language = imageLanguage(options, picture);
            const encoding = encodeTokens(analyze(picture, language), language.tokens);
            const decoded = decodeTokens(encoding, language.tokens);
            expect(sameNumbers(decoded, encoding.approximation)).toBe(true);
          }
  });

  test("comes closer with a finer threshold, and is exact in the limit", () => {
    const picture = testPicture(37, 23, 3);
    const figures = [0.25, 0.0625, 2 ** -12].map((finest) => {
      const language = imageLanguage({ wavelet: "bior4.4", finest, color: "ycbcr" }, picture);
      const { approximation } = encodeTokens(analyze(picture, language), language.tokens);
      return { psnr: imagePsnr(picture, approximation, language), approximation, language };
    });
    expect(figures[1]!.psnr).toBeGreaterThan(figures[0]!.psnr);
    const { approximation, language } = figures[2]!;
    expect(synthesize(approximation, language).raster).toEqual(picture);
  });

  test("without quantization is the image itself", () => {
    fc.assert(
      fc.property(anyPicture(40), anyOptions, (picture, options) => {
        const color = picture.channels === 3 ? "ycbcr" : "gray";
        const language = imageLanguage({ ...options, color }, picture);
        expect(synthesize(analyze(picture, language), language).raster).toEqual(picture);
      }),
    );
  });
});

describe("the coefficient matrix", () => {
  const options = { wavelet: "haar", finest: 0.125 } as const;

  test("of 28×28 is 32×32 with two zero pixels on each side and a 2×2 scaling band", () => {
    const { frame, tokens } = imageLanguage(options, { width: 28, height: 28 });
    expect(frame).toEqual({ height: 32, width: 32, top: 2, left: 2 });
    expect(tokens.geometry).toEqual({ channels: 1, height: 32, width: 32, levels: 4 });
  });

  test("of a gray picture in color has no chroma", () => {
    const rgb = toRgb(testPicture(16, 16, 1));
    const language = imageLanguage({ ...options, color: "ycbcr" }, rgb);
    const chroma = analyze(rgb, language).subarray(256);
    expect(Math.max(...chroma.map(Math.abs))).toBeLessThan(1e-14);
  });

  test("of a flat picture with edge padding has no details", () => {
    const flat = { width: 5, height: 3, channels: 1, data: new Uint8Array(15).fill(100) } as const;
    const language = imageLanguage({ ...options, padding: "edge", levels: 2 }, flat);
    const coefficients = analyze(flat, language);
    expect(coefficients.filter((x) => Math.abs(x) > 1e-12).length).toBe(2);
  });
});

test("the default depth leaves a scaling band of about two, after at most five levels", () => {
  expect([1, 2, 3, 4, 28, 32, 33, 64, 512].map(defaultLevels)).toEqual([0, 0, 1, 1, 4, 4, 5, 5, 5]);
});

test("mistakes are named", () => {
  const size = { width: 8, height: 8 };
  expect(() => imageLanguage({ wavelet: "haar", finest: 0.1 }, size)).toThrow(
    "a power of two such as 0.125 or 0.0625, not 0.1",
  );
  for (const finest of [0, -1, Number.NaN, Number.POSITIVE_INFINITY])
    expect(() => imageLanguage({ wavelet: "haar", finest }, size)).toThrow(`not ${finest}`);
  expect(() => imageLanguage({ wavelet: "haar", finest: 1, levels: 16 }, size)).toThrow("not 16");
  expect(() => imageLanguage({ wavelet: "haar", finest: 1, levels: 15 }, size)).toThrow(
    "needs 32768×32768 coefficients",
  );
  const language = imageLanguage({ wavelet: "haar", finest: 1 }, size);
  expect(() => analyze(testPicture(9, 8, 1), language)).toThrow("8×8 cannot read an image of 9×8");
});
