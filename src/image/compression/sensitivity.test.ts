import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bandPlan } from "../../codec/planes/bandPlan.ts";
import { Band } from "../../codec/walk/geometry.ts";
import { decodePicture } from "../file/decodePicture.ts";
import { encodePicture } from "../file/encodePicture.ts";
import { readPictureHead } from "../file/pictureFile.ts";
import { rasterPsnr } from "../psnr.ts";
import { crop } from "./layout/crop.ts";
import { codeToAim } from "./rate.ts";
import {
  bandWeight,
  peak,
  sensitivities,
  usualPixelsPerDegree,
  weighBands,
} from "./sensitivity.ts";
import { photoPicture } from "./testing.ts";

const weight = (channel: number, steps: number, band: number, pixels = usualPixelsPerDegree) =>
  bandWeight({ channel, level: 1, band }, steps, pixels);

describe("the weight of a band", () => {
  test("falls with frequency, and sooner for colors", () => {
    const finest = [Band.horizontal, Band.diagonal].map((band) => weight(0, 1, band));
    expect(finest[1]).toBeLessThan(finest[0]!);
    expect(weight(0, 1, Band.horizontal)).toBe(weight(0, 1, Band.vertical));
    expect(weight(1, 1, Band.horizontal)).toBeLessThan(finest[0]!);
    expect(weight(1, 2, Band.horizontal)).toBeLessThan(1);
  });

  test("is that of the curve of Mannos and Sakrison, as a part of that at 8 cycles per degree", () => {
    const curve = (f: number) => 2.6 * (0.0192 + 0.114 * f) * Math.exp(-((0.114 * f) ** 1.1));
    for (const [i, one] of sensitivities.entries())
      expect(one).toBe(Math.round((4096 * curve(peak + i)) / curve(peak)));
    // 32 pixels a degree: 12 cycles in the finest level.
    expect(weight(0, 1, Band.vertical, 32)).toBeCloseTo(curve(12) / curve(8), 2);
  });

  test("is 1 at low frequencies and in the scaling band, and from 1/8 to 1 anywhere", () => {
    expect(weight(0, 4, Band.diagonal)).toBe(1);
    expect(bandWeight({ channel: 2, level: 0, band: Band.approximation }, 1, 255)).toBe(1);
    fc.assert(
      fc.property(
        fc.nat(2),
        fc.integer({ min: 1, max: 15 }),
        fc.integer({ min: 1, max: 255 }),
        (channel, steps, pixels) => {
          const found = weight(channel, steps, Band.diagonal, pixels);
          expect(found).toBeGreaterThanOrEqual(1 / 8);
          expect(found).toBeLessThanOrEqual(1);
          expect(found).toBeGreaterThanOrEqual(
            weight(channel, steps, Band.diagonal, Math.min(pixels + 1, 255)),
          );
        },
      ),
    );
  });

  test("is undone by the decoder", () => {
    const plan = bandPlan({ channels: 3, height: 40, width: 30, levels: 3 }, () => 0);
    const given = Float64Array.from({ length: plan.length }, (_, i) => (i * i) % 97);
    const coefficients = given.slice();
    weighBands(coefficients, plan, 60);
    expect(coefficients).not.toEqual(given);
    weighBands(coefficients, plan, 60, { isUndone: true });
    for (const [i, x] of coefficients.entries()) expect(x).toBeCloseTo(given[i]!, 10);
  });
});

describe("a perceptual picture", () => {
  const picture = photoPicture(140, 100, 3, 2);
  const perceptual = true;

  test.each([[{ bytes: 900 }], [{ quality: 80 }], [{ step: 4 }]])("is made to %o", (aim) => {
    const { file, step } = encodePicture(picture, aim, { perceptual });
    if ("bytes" in aim) expect(file).toHaveLength(900);
    if ("step" in aim) expect(step).toBe(4);
    const { head } = readPictureHead(file, "file");
    expect(head.coding).toMatchObject({ pixelsPerDegree: 40 });
    expect(rasterPsnr(picture, decodePicture(file).raster)).toBeGreaterThan(28);
  });

  test("needs fewer bytes at the same step", () => {
    const [less, more] = [true, false].map(
      (perceptual) => encodePicture(picture, { step: 4 }, { perceptual }).file.length,
    );
    expect(less).toBeLessThan(more!);
  });

  test("has the same region and size in tiles and in the order of resolution", () => {
    const { file } = encodePicture(
      picture,
      { step: 3 },
      { perceptual, order: "resolution", tiles: 64 },
    );
    const whole = decodePicture(file).raster;
    const region = { x: 70, y: 10, width: 40, height: 50 };
    expect(decodePicture(file, { region }).raster).toEqual(crop(whole, region));
    expect(decodePicture(file, { size: 70 }).raster).toMatchObject({ width: 70, height: 50 });
  });

  test("can have 16 bits", () => {
    const { data, ...small } = photoPicture(60, 50, 1, 3);
    const deep = { ...small, data: Uint16Array.from(data, (x) => 257 * x), bits: 16 };
    const { file } = encodePicture(deep, { step: 0.25 }, { perceptual });
    expect(rasterPsnr(deep, decodePicture(file).raster)).toBeGreaterThan(50);
  });

  test("has no PSNR that is asked for", () => {
    expect(() => codeToAim(picture, { psnr: 40 }, undefined, 32)).toThrow("a PSNR counts");
    expect(() => encodePicture(picture, { psnr: 40 }, { perceptual })).toThrow("a PSNR counts");
  });
});
