import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readSections, writeSections } from "../codec/file/sections.ts";
import type { NpyArray, NpyData } from "../data/formats/npy.ts";
import { decodeArray } from "./decodeArray.ts";
import { encodeArray } from "./encodeArray.ts";
import { anyArray, arrayOf } from "./testing.ts";

/** The largest error of a sample. */
const errorOf = (data: NpyData, back: NpyData): number =>
  Float64Array.from(data).reduce((most, x, i) => Math.max(most, Math.abs(x - back[i]!)), 0);

/** The root of the mean squared error. */
const rmse = (data: NpyData, back: NpyData): number =>
  Math.sqrt(
    Float64Array.from(data).reduce((sum, x, i) => sum + (x - back[i]!) ** 2, 0) / data.length,
  );

/** A volume of smooth waves. */
const waves = (n: number): NpyArray => ({
  shape: [n, n, n],
  data: Float32Array.from({ length: n ** 3 }, (_, i) => {
    const [x, y, z] = [i % n, Math.floor(i / n) % n, Math.floor(i / n ** 2)];
    return Math.sin(0.2 * x + 0.1 * y) * Math.cos(0.15 * z) + 0.2 * Math.sin(0.4 * y - 0.3 * z);
  }),
});

describe("a maximal error", () => {
  test("is kept by every sample, for all types, shapes and sizes", () => {
    fc.assert(
      fc.property(anyArray, fc.integer({ min: -40, max: 3 }), ({ shape, data, size }, octave) => {
        const maxError = size * 2 ** octave;
        const back = decodeArray(encodeArray({ shape, data }, { maxError }).file);
        expect(back.shape).toEqual(shape);
        expect(back.data.constructor).toBe(data.constructor);
        expect(back.finished).toBe(true);
        expect(back.maxError).toBe(maxError);
        expect(errorOf(data, back.data)).toBeLessThanOrEqual(maxError);
      }),
      { numRuns: 100 },
    );
  });

  test("below one leaves whole samples as they are", () => {
    const array = arrayOf("i2", [20, 30], { texture: "rough", size: 900, offset: 40, seed: 1 });
    for (const maxError of [0, 0.5, 0.99])
      expect(decodeArray(encodeArray(array, { maxError }).file).data).toEqual(array.data);
  });

  test("as large as the range needs no code", () => {
    expect(encodeArray(waves(16), { maxError: 3 }).file.length).toBeLessThan(80);
  });
});

describe("without loss", () => {
  test("all arrays come back, bit by bit", () => {
    fc.assert(
      fc.property(anyArray, (array) => {
        const { file } = encodeArray(array, { lossless: true });
        expect(decodeArray(file)).toMatchObject({ data: array.data, shape: array.shape });
      }),
      { numRuns: 60 },
    );
  });

  test.each([
    ["rounded samples", 60 * 40, (i: number) => Math.round(30 * Math.sin(i / 9)) / 8],
    ["samples of any value", 400, (i: number) => (i % 3 === 0 ? -0 : Math.sin(i))],
    ["many values", 3000, (i: number) => (i - 1500) * (i % 5 === 0 ? -0 : 1)],
    ["nothing else", 50, () => -0],
    ["no other zero", 50, (i: number) => (i % 2 === 0 ? -0 : 3)],
  ])("−0 comes back as −0, among %s", (_, length, sample) => {
    const doubles = Float64Array.from({ length }, (_, i) => sample(i));
    for (const data of [doubles, new Float32Array(doubles)])
      for (const aim of [{ lossless: true }, { maxError: 0 }] as const) {
        expect(data.some((x) => Object.is(x, -0))).toBe(true);
        const { file } = encodeArray({ shape: [length], data }, aim);
        const back = decodeArray(file).data;
        expect(back.every((x: number, i: number) => Object.is(x, data[i]))).toBe(true);
      }
  });

  test("−0 among rounded samples costs little", () => {
    const rounded = Float64Array.from({ length: 2400 }, (_, i) => Math.round(30 * Math.sin(i / 9)));
    const encoded = (data: Float64Array) =>
      encodeArray({ shape: [2400], data }, { lossless: true }).file.length;
    const plain = encoded(rounded.map((x) => x + 0));
    expect(encoded(rounded)).toBeLessThan(1.5 * plain + 600); // the list of values
  });

  test("floating-point samples that are whole numbers of a unit need as much as these", () => {
    const whole = arrayOf("i2", [500], { texture: "smooth", size: 300, offset: 0, seed: 3 });
    const data = Float32Array.from(whole.data, (x) => x / 32768);
    const sound = { shape: whole.shape, data };
    const { file } = encodeArray(sound, { lossless: true });
    expect(file.length).toBeLessThan(encodeArray(whole, { lossless: true }).file.length + 20);
  });
});

describe("other aims", () => {
  test("a file has at most so many bytes, and nearly all of them", () => {
    for (const bytes of [100, 400, 1000]) {
      const { length } = encodeArray(waves(20), { bytes }).file;
      expect(length).toBeLessThanOrEqual(bytes);
      expect(length).toBeGreaterThan(bytes - 6);
    }
    expect(() => encodeArray(waves(20), { bytes: 20 })).toThrow("too few");
  });

  test("a PSNR is reached, by little more than needed", () => {
    const { shape, data } = waves(20);
    for (const psnr of [30, 60]) {
      const back = decodeArray(encodeArray({ shape, data }, { psnr }).file).data;
      const [least, most] = [Math.min(...data), Math.max(...data)];
      const reached = 20 * Math.log10((most - least) / rmse(data, back));
      expect(reached).toBeGreaterThanOrEqual(psnr);
      expect(reached).toBeLessThan(psnr + 1);
    }
  });
});

describe("a beginning of a file", () => {
  const { shape, data } = waves(18);
  const levels = Int16Array.from(data, (x) => 3000 * x);
  test.each([
    ["transforms and corrections", data, { maxError: 0.01 }],
    ["transforms alone", data, { step: 0.01 }],
    ["whole samples", levels, { lossless: true }],
  ] as const)("is an array that gets better as it grows: %s", (_, samples, aim) => {
    const { file } = encodeArray({ shape, data: samples }, aim);
    const errors = [0.15, 0.3, 0.5, 0.75, 0.95, 1].map((part) => {
      const back = decodeArray(file.subarray(0, Math.ceil(part * file.length)));
      expect(back.finished).toBe(part === 1);
      return rmse(samples, back.data);
    });
    for (const [i, error] of errors.entries())
      if (i > 0) expect(error).toBeLessThan(1.02 * errors[i - 1]!);
    expect(errors.at(-1)).toBeLessThan(0.3 * errors[0]!);
  });
});

test("a large array of a small file is refused where it is larger than wanted", () => {
  const shape = [30, 40, 50];
  const { file } = encodeArray({ shape, data: new Float32Array(60_000) }, { maxError: 0 });
  expect(file.length).toBeLessThan(80);
  expect(() => decodeArray(file, { mostSamples: 10_000, name: "a.ondl" })).toThrow(
    "a.ondl has 60000 samples; at most 10000 are decoded",
  );
});

test("a file without its corrections says that it is not whole, and promises nothing", () => {
  const { shape, data } = waves(18);
  const { file } = encodeArray({ shape, data }, { maxError: 0.01 });
  const sections = readSections(file, "it");
  expect(sections.map(({ type }) => type)).toEqual(["N", "C", "O"]);
  const back = decodeArray(writeSections(sections.slice(0, 2)));
  expect(back).toMatchObject({ finished: false, maxError: undefined });
  expect(back.missingBytes).toBeGreaterThan(0);
  expect(errorOf(data, back.data)).toBeGreaterThan(0.01);
});

test("a sample that is not finite is named by its place", () => {
  const data = new Float32Array(24);
  data[17] = Number.NaN;
  expect(() => encodeArray({ shape: [2, 3, 4], data }, { maxError: 1 })).toThrow(
    "holds NaN at [1, 1, 1]",
  );
});

test("a long and flat array is analyzed along its long axes alone", () => {
  const [depth, side] = [3, 32];
  const data = Float32Array.from(
    { length: depth * side * side },
    (_, i) => Math.sin((i % side) / 9) + Math.floor(i / side ** 2),
  );
  for (const shape of [
    [depth, side, side],
    [side, side, depth],
    [side, depth * side],
  ]) {
    const { file } = encodeArray({ shape, data }, { maxError: 0.001 });
    const back = decodeArray(file);
    expect(errorOf(data, back.data)).toBeLessThanOrEqual(0.001);
  }
});
