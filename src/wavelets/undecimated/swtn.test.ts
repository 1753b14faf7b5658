import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Bands } from "../arrays/axes.ts";
import type { NdArray } from "../arrays/ndArray.ts";
import { sizeOf } from "../arrays/ndArray.ts";
import { type WaveletName, wavelet } from "../families/wavelet.ts";
import { distance, dot, fixtureSignal, noise } from "../testing.ts";
import { swt } from "./swt.ts";
import { iswt2, swt2 } from "./swt2.ts";
import { iswtn, iswtnAdjoint, type Swtn, swtn, swtnAdjoint } from "./swtn.ts";
import { type Digest, digestError } from "./testing.ts";

interface Frozen {
  shape: number[];
  axes: number[];
  wavelets: WaveletName[];
  levels: number;
  startLevel: number;
  norm: boolean;
  bands: Record<string, Digest>[];
  inverse: Digest | null;
}
const { stationary }: { stationary: Frozen[] } = JSON.parse(
  readFileSync(new URL("../fixtures/arrays.json", import.meta.url), "utf8"),
);

describe("equals PyWavelets' swtn and iswtn", () => {
  test.each(stationary)("of $shape along $axes with $wavelets", (frozen) => {
    const { shape, axes, wavelets, levels, startLevel, norm, bands, inverse } = frozen;
    const data = fixtureSignal(sizeOf(shape));
    const ours = swtn({ shape, data }, wavelets, { axes, levels, startLevel, norm });
    const lowest = "a".repeat(axes.length);
    bands.forEach((level, i) => {
      const own: Bands = { [lowest]: ours.approximations[i]!, ...ours.details[i] };
      expect(Object.keys(own).toSorted()).toEqual(Object.keys(level));
      for (const [key, band] of Object.entries(level))
        expect(digestError(own[key]!.data, band)).toBeLessThan(1e-10);
    });
    if (!inverse) return;
    const other = (i: number, k: number) => {
      const start = i + 3 * k;
      return { shape, data: fixtureSignal(sizeOf(shape) + start).slice(start) };
    };
    const noTransform = {
      ...ours,
      approximations: bands.map((_, i) => other(i, 0)),
      details: bands.map((level, i) =>
        Object.fromEntries(
          Object.keys(level).flatMap((key, k) => (k === 0 ? [] : [[key, other(i, k)]])),
        ),
      ),
    };
    expect(digestError(iswtn(noTransform).data, inverse)).toBeLessThan(1e-10);
  });
});

const sizes = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 3 });
const anyOptions = fc.record({
  levels: fc.integer({ min: 0, max: 3 }),
  norm: fc.boolean(),
  trimApprox: fc.boolean(),
  startLevel: fc.integer({ min: 0, max: 1 }),
});

describe.each(["db2", "bior2.2"] as const)("%s", (name) => {
  test("the inverse is exact for any shape, and both adjoints are", () => {
    fc.assert(
      fc.property(sizes, anyOptions, fc.integer({ min: 0, max: 2 }), (shape, options, skipped) => {
        const all = shape.map((_, axis) => axis);
        const axes = shape.length > 1 ? all.filter((axis) => axis !== skipped) : all;
        const x = { shape, data: noise(sizeOf(shape), 1) };
        const image = swtn(x, name, { ...options, axes });
        expect(distance(iswtn(image).data, x.data)).toBeLessThan(1e-10);
        const c = withNoise(image);
        expect(dot(bandsOf(image), bandsOf(c))).toBeCloseTo(dot(x.data, swtnAdjoint(c).data), 7);
        const transposed = bandsOf(iswtnAdjoint(x, name, { ...options, axes }));
        expect(dot(iswtn(c).data, x.data)).toBeCloseTo(dot(bandsOf(c), transposed), 7);
      }),
      { numRuns: 30 },
    );
  });
});

test("one axis is swt of every line, two axes are swt2", () => {
  const x = { shape: [5, 7], data: noise(35, 2) };
  const rows = swtn(x, "db2", { axes: [-1], levels: 2 });
  const row = swt(x.data.subarray(14, 21), "db2", { levels: 2 });
  expect(distance(rows.details[0]!.d!.data.subarray(14, 21), row.details[0]!)).toBeLessThan(1e-14);
  const both = swtn(x, "db2", { levels: 2 });
  const plane = swt2({ height: 5, width: 7, data: x.data }, "db2", { levels: 2 });
  expect(distance(both.details[1]!.da!.data, plane.details[1]!.hl.data)).toBeLessThan(1e-14);
  expect(distance(iswtn(both).data, iswt2(plane).data)).toBeLessThan(1e-14);
});

test("single precision stays single precision, strided arrays are read in order", () => {
  const data = Float32Array.from(noise(12, 0));
  const turned = { shape: [4, 3], data, strides: [1, 4] };
  const bands = swtn(turned, "haar", { levels: 1 });
  expect(bands.details[0]!.ad!.data).toBeInstanceOf(Float32Array);
  const straight = Float32Array.from(data, (_, i) => data[(i % 3) * 4 + Math.floor(i / 3)]!);
  expect(distance(iswtn(bands).data, straight)).toBeLessThan(1e-6);
});

test("invalid arguments are refused by name", () => {
  const x = { shape: [4, 4], data: noise(16, 0) };
  const bands = swtn(x, "haar", { levels: 1 });
  expect(() => swtn(x, ["haar"], {})).toThrow("1 wavelets do not match 2 transformed axes");
  expect(() => swtn(x, "haar", { axes: [0, 0] })).toThrow("an axis occurs twice in 0, 0");
  expect(() => swtn(x, "haar", { axes: [2] })).toThrow("no axis 2");
  expect(() => swtn({ shape: [0, 4], data: new Float64Array() }, "haar")).toThrow("0×4");
  expect(() => iswtn({ ...bands, details: [{}] })).toThrow("the band ad is missing");
  expect(() => iswtn({ ...bands, shape: [4, 8] })).toThrow("is 4×4 where 4×8 is needed");
});

function bandsOf({ approximations, details }: Swtn<Float64Array>): Float64Array[] {
  return [...approximations, ...details.flatMap((level) => Object.values(level))].map(
    ({ data }) => data,
  );
}

function withNoise(image: Swtn<Float64Array>): Swtn<Float64Array> {
  let seed = 10;
  const scrambled = ({ shape, data }: NdArray<Float64Array>) => {
    seed++;
    return { shape, data: noise(data.length, seed) };
  };
  return {
    ...image,
    approximations: image.approximations.map(scrambled),
    details: image.details.map((level) =>
      Object.fromEntries(Object.entries(level).map(([key, band]) => [key, scrambled(band)])),
    ),
  };
}

test("a wavelet may be given by its name or value, one for each axis", () => {
  const x = { shape: [4, 4], data: noise(16, 0) };
  expect(swtn(x, [wavelet("haar"), "db2"])).toEqual(swtn(x, ["haar", "db2"]));
});
