import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { encodeTokens } from "../../codec/encode.ts";
import { UserError } from "../../errors/userError.ts";
import type { Aim } from "../compression/rate.ts";
import { photoPicture } from "../compression/testing.ts";
import { analyze, imageLanguage } from "../language/language.ts";
import { rasterPsnr } from "../psnr.ts";
import { anyPicture, testPicture } from "../testing.ts";
import { codeFile } from "./codeFile.ts";
import { writeContainer } from "./container.ts";
import { decodePicture, pictureInfo } from "./decodePicture.ts";
import { encodePicture, encodePictureLosslessly } from "./encodePicture.ts";

const picture = testPicture(48, 40, 3);

test("a picture has the bytes that it is to have, and is better with more", () => {
  const qualities = [150, 300, 600].map((bytes) => {
    const { file, bitsPerPixel } = encodePicture(picture, { bytes });
    expect([file.length, bitsPerPixel]).toEqual([bytes, (8 * bytes) / (48 * 40)]);
    return rasterPsnr(picture, decodePicture(file).raster);
  });
  expect(qualities).toEqual(qualities.toSorted((a, b) => a - b));
});

test("a picture coded losslessly comes back, whatever its size", () => {
  fc.assert(
    fc.property(anyPicture(20), (picture) => {
      const { file, step } = encodePictureLosslessly(picture);
      const { raster, finished, missingBytes } = decodePicture(file);
      expect([raster, finished, missingBytes, step]).toEqual([picture, true, 0, 0]);
    }),
    { numRuns: 40 },
  );
});

describe("files of the token language", () => {
  test.each([
    [1, { wavelet: "bior4.4", finest: 0.125, color: "ycbcr" }],
    [2, { wavelet: "bior2.2", lossless: true, color: "gray" }],
  ] as const)("are decoded too: version %i", (version, options) => {
    const language = imageLanguage(options, picture);
    const file = writeContainer(
      encodeTokens(analyze(picture, language), language.tokens),
      language,
    );
    const { color, lossless } = language;
    const channels = color === "gray" ? 1 : 3;
    const info = { width: 48, height: 40, channels, bits: 8, lossless: !!lossless, version };
    expect(pictureInfo(file)).toEqual(info);
    expect(pictureInfo(file.subarray(0, 27))).toBeUndefined();
    expect(decodePicture(file)).toMatchObject({ finished: true, missingBytes: 0 });
    const half = decodePicture(file.subarray(0, file.length >> 1));
    expect(half.finished).toBe(false);
    expect(half.raster).toMatchObject({ width: 48, height: 40, channels });
  });
});

test("the first bytes tell the size, and one byte less does not", () => {
  const { file } = encodePicture(picture, { quality: 70 });
  const info = { width: 48, height: 40, channels: 3, bits: 8, lossless: false, version: 4 };
  const told = Array.from({ length: 60 }, (_, length) => pictureInfo(file.subarray(0, length)));
  const first = told.findIndex((info) => info !== undefined);
  expect(first).toBeLessThan(40);
  expect(told.slice(first)).toEqual(told.slice(first).map(() => info));
});

test("what is no picture is refused", () => {
  const { file } = encodePicture(picture, { quality: 50 });
  const other = file.slice();
  other[4] = 9;
  for (const read of [decodePicture, pictureInfo])
    expect(() => read(Uint8Array.of(1, 2, 3), { name: "cat.ondl" })).toThrow(/^cat.ondl is not an/);
  expect(() => pictureInfo(other)).toThrow("the picture has format version 9");
  other[4] = 4;
  other[9]! ^= 8;
  for (const read of [decodePicture, pictureInfo])
    expect(() => read(other)).toThrow("the picture is damaged");
});

describe("what cannot be encoded is refused", () => {
  const encode = (change: object, aim: object = { bytes: 100 }) =>
    expect(() => encodePicture({ ...picture, ...change }, aim as Aim));
  test.each([
    [{ width: 0 }, "whole numbers of pixels, not 0×40"],
    [{ height: 2.5 }, "whole numbers of pixels"],
    [{ channels: 4 }, "1 channel or 3, not 4"],
    [{ data: new Uint8Array(5) }, "has 5760 samples, not 5"],
  ])("a raster with %j", (change, message) => {
    encode(change).toThrow(message);
    expect(() => encodePictureLosslessly({ ...picture, ...change } as typeof picture)).toThrow(
      UserError,
    );
  });
  test.each([
    [{}, "not nothing"],
    [{ bytes: 50, psnr: 40 }, "not bytes and psnr"],
    [{ size: 3 }, "not size"],
    [{ bytes: 1.5 }, "bytes is a whole number"],
    [{ quality: 101 }, "quality is a number from 0 to 100, not 101"],
    [{ step: Number.NaN }, "not NaN"],
    [{ bytes: 3 }, "3 bytes are too few"],
  ])("an aim %j", (aim, message) => encode({}, aim).toThrow(message));
});

test("a picture for which no layout is asked is coded as it needs it: a drawing without wavelets", () => {
  const data = Uint8Array.from({ length: 40 * 30 }, (_, i) => ((i % 40) >> 3 === 2 ? 200 : 30));
  const drawing = { width: 40, height: 30, channels: 1, data } as const;
  const { file } = encodePictureLosslessly(drawing);
  expect(file).toEqual(codeFile(drawing, "lossless").file);
  expect(file.length).toBeLessThan(encodePictureLosslessly(drawing, { tiles: 64 }).file.length);
  expect(encodePictureLosslessly(drawing, { order: "quality" }).file).toEqual(file);
  expect(encodePicture(drawing, { quality: 90 }).file).toEqual(
    codeFile(drawing, { quality: 90 }).file,
  );
});

test("a picture of which more is asked than an exact code needs is coded exactly", () => {
  const photo = photoPicture(96, 64, 3);
  const exact = codeFile(photo, "lossless").file;
  const { file, step } = encodePicture(photo, { bytes: 100_000 });
  expect(file).toEqual(exact);
  expect(step).toBe(0);
});

test("a large picture of one color costs next to nothing", () => {
  const size = { width: 3000, height: 2000, channels: 1 } as const;
  const data = new Uint8Array(size.width * size.height).fill(77);
  expect(encodePictureLosslessly({ ...size, data }).file.length).toBeLessThan(100);
});
