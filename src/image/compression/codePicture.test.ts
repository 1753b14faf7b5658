import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Raster } from "../../data/images/raster.ts";
import { rasterPsnr } from "../psnr.ts";
import { testPicture } from "../testing.ts";
import { analyzePicture, codeAtStep, codeLosslessly, pictureOf, planOf } from "./codePicture.ts";
import { decodePicture } from "./layout/decodeView.ts";
import { flatPicture, photoPicture } from "./testing.ts";

const channels = fc.constantFrom<1 | 3>(1, 3);

/** Pictures of noise: nothing can be guessed of them, and every value occurs. */
const anyNoise: fc.Arbitrary<Raster> = fc
  .tuple(fc.integer({ min: 1, max: 16 }), fc.integer({ min: 1, max: 12 }), channels)
  .chain(([width, height, count]) =>
    fc
      .uint8Array({ minLength: width * height * count, maxLength: width * height * count })
      .map((data) => ({ width, height, channels: count, data })),
  );

const anyPhoto: fc.Arbitrary<Raster> = fc
  .tuple(
    fc.integer({ min: 1, max: 40 }),
    fc.integer({ min: 1, max: 30 }),
    channels,
    fc.integer({ min: 1, max: 999 }),
  )
  .map((drawn) => photoPicture(...drawn));

describe("a lossless code", () => {
  test.each([
    ["photographs", anyPhoto, 25],
    ["noise", anyNoise, 40],
  ] as const)("gives back the very samples of %s", (_, anyPicture, numRuns) => {
    fc.assert(
      fc.property(anyPicture, (raster) => {
        const { head, code } = codeLosslessly(raster);
        const decoded = decodePicture(head, code, true);
        expect(decoded.finished).toBe(true);
        expect(decoded.raster).toEqual(raster);
      }),
      { numRuns },
    );
  });

  test.each([
    ["black", [0, 0, 0]],
    ["white", [255, 255, 255]],
    ["the color farthest from gray", [255, 0, 0]],
    ["gray", [128]],
    ["white without colors", [255]],
  ] as const)("of a picture that is all %s is short and exact", (_, color) => {
    const raster = flatPicture(33, 21, color);
    const { head, code } = codeLosslessly(raster);
    expect(code.length).toBeLessThan(25);
    expect(decodePicture(head, code, true).raster).toEqual(raster);
  });

  test("becomes better with each further part, and exact only at its end", () => {
    const raster = photoPicture(40, 30, 3, 8);
    const { head, code } = codeLosslessly(raster);
    const reached = [0.1, 0.3, 0.6, 0.9].map((part) => {
      const beginning = code.subarray(0, Math.floor(part * code.length));
      const decoded = decodePicture(head, beginning, false);
      expect(decoded.finished).toBe(false);
      return rasterPsnr(raster, decoded.raster);
    });
    for (const [i, value] of reached.slice(1).entries()) expect(value).toBeGreaterThan(reached[i]!);
    expect(reached[3]).toBeLessThan(Infinity);
  });
});

describe("a lossy code", () => {
  test("gives a decoder the picture that the encoder foresaw", () => {
    fc.assert(
      fc.property(anyPhoto, fc.constantFrom(1, 7.3, 40), (raster, step) => {
        const analysis = analyzePicture(raster);
        const { head, code, known } = codeAtStep(analysis, Math.fround(step));
        const decoded = decodePicture(head, code, true);
        expect(decoded.finished).toBe(true);
        expect(decoded.raster).toEqual(pictureOf(head, planOf(head), known));
      }),
      { numRuns: 25 },
    );
  });

  test("is shorter and coarser with a larger step", () => {
    const raster = photoPicture(64, 48, 3, 2);
    const analysis = analyzePicture(raster);
    const coded = [2, 6, 18, 54].map((step) => {
      const { head, code } = codeAtStep(analysis, step);
      const { length } = code;
      return { length, psnr: rasterPsnr(raster, decodePicture(head, code, true).raster) };
    });
    for (const [i, { length, psnr }] of coded.slice(1).entries()) {
      expect(length).toBeLessThan(coded[i]!.length);
      expect(psnr).toBeLessThan(coded[i]!.psnr);
    }
    expect(coded[0]!.psnr).toBeGreaterThan(42);
  });

  test("spares the colors of a gray picture with three channels", () => {
    const gray = photoPicture(64, 48, 1, 2);
    const data = Uint8Array.from(
      { length: 3 * gray.data.length },
      (_, i) => gray.data[Math.floor(i / 3)]!,
    );
    const lengthOf = (raster: Raster) => codeAtStep(analyzePicture(raster), 8).code.length;
    // Its brightness is larger by √3, which costs bits too.
    expect(lengthOf({ ...gray, channels: 3, data })).toBeLessThan(1.6 * lengthOf(gray));
  });

  test("of no bytes is a gray picture", () => {
    const { head } = codeAtStep(analyzePicture(testPicture(9, 5, 3)), 4);
    const { raster, finished } = decodePicture(head, new Uint8Array(0), false);
    expect(finished).toBe(false);
    expect(raster).toEqual(flatPicture(9, 5, [128, 128, 128]));
  });
});
