import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Matrix } from "../arrays/matrix.ts";
import { wavelet } from "../families/wavelet.ts";
import { distance, dot, fixtureSignal, frozenAccuracy, noise, noiseMatrix } from "../testing.ts";
import { iswt2, iswt2Adjoint, type Swt2, swt2, swt2Adjoint } from "./swt2.ts";
import {
  type Digest,
  digestError,
  fixtureNames,
  orthogonalWavelets,
  testWavelets,
} from "./testing.ts";

const db2 = wavelet("db2");

interface Frozen {
  wavelet: string;
  height: number;
  width: number;
  levels: number;
  norm: boolean;
  approximations: Digest[];
  details: [Digest, Digest, Digest][];
  inverse: Digest;
}
const frozen: Frozen[] = JSON.parse(
  readFileSync(new URL("../fixtures/swt2.json", import.meta.url), "utf8"),
);

describe.each(fixtureNames)("%s", (name) => {
  const cases = frozen.filter((c) => c.wavelet === name);

  test(`equals PyWavelets on ${cases.length} decompositions`, () => {
    for (const { height, width, levels, norm, approximations, details, inverse } of cases) {
      const image = matrix(height, width, (i) => fixtureSignal(height * width)[i]!);
      const ours = swt2(image, name, { levels, norm });
      approximations.forEach((band, i) => {
        expect(digestError(ours.approximations[i]!.data, band)).toBeLessThan(frozenAccuracy(name));
      });
      details.forEach(([hl, lh, hh], i) => {
        expect(digestError(ours.details[i]!.hl.data, hl)).toBeLessThan(frozenAccuracy(name));
        expect(digestError(ours.details[i]!.lh.data, lh)).toBeLessThan(frozenAccuracy(name));
        expect(digestError(ours.details[i]!.hh.data, hh)).toBeLessThan(frozenAccuracy(name));
      });
      const { data } = image;
      const upsideDown = (i: number) =>
        data[width * (height - 1 - Math.floor(i / width)) + (i % width)]!;
      const mirrored = (i: number) => data[i - 2 * (i % width) + width - 1]!;
      const noImage = {
        ...ours,
        approximations: [image],
        details: details.map((_, level) => ({
          hl: matrix(height, width, (i) => upsideDown(i) - level),
          lh: matrix(height, width, mirrored),
          hh: matrix(height, width, (i) => data[i]! + level),
        })),
      };
      expect(digestError(iswt2(noImage).data, inverse)).toBeLessThan(frozenAccuracy(name));
    }
  });
});

const side = fc.integer({ min: 1, max: 18 });
const anyOptions = fc.record({
  levels: fc.integer({ min: 0, max: 4 }),
  norm: fc.boolean(),
  trimApprox: fc.boolean(),
  startLevel: fc.integer({ min: 0, max: 1 }),
});

describe.each(testWavelets.map((w) => [w.name, w] as const))("%s", (_, w) => {
  test("the inverse is exact at any size, odd ones too", () => {
    fc.assert(
      fc.property(side, side, anyOptions, (height, width, options) => {
        const image = noiseMatrix(height, width);
        const back = iswt2(swt2(image, w, options));
        expect([back.height, back.width]).toEqual([height, width]);
        expect(distance(back.data, image.data)).toBeLessThan(5e-11);
      }),
      { numRuns: 30 },
    );
  });

  test("adjoints of the transform and of its inverse", () => {
    fc.assert(
      fc.property(side, side, anyOptions, (height, width, options) => {
        const x = noiseMatrix(height, width);
        const image = swt2(x, w, options);
        const c = scrambled(image);
        expect(dot(bands(image), bands(c))).toBeCloseTo(dot(x.data, swt2Adjoint(c).data), 7);
        const { data } = iswt2(c);
        expect(dot(data, x.data)).toBeCloseTo(dot(bands(c), bands(iswt2Adjoint(x, w, options))), 7);
      }),
      { numRuns: 30 },
    );
  });
});

test.each(orthogonalWavelets.map((w) => [w.name, w] as const))(
  "%s with norm keeps the energy",
  (_, w) => {
    const image = noiseMatrix(9, 14);
    const all = bands(swt2(image, w, { norm: true, trimApprox: true, levels: 3 }));
    expect(dot(all, all)).toBeCloseTo(dot(image.data, image.data), 9);
  },
);

test("matrices with more rows than are computed at a time", () => {
  const image = noiseMatrix(150, 61);
  const [bands, others] = [image, transposed(image)].map((one) =>
    swt2(one, "bior2.2", { levels: 3 }),
  );
  const [finest, other] = [bands!, others!].map(({ details }) => details.at(-1)!); // two transforms, of 3 levels
  expect(distance(transposed(other!.lh).data, finest!.hl.data)).toBeLessThan(1e-12);
  expect(distance(transposed(other!.hh).data, finest!.hh.data)).toBeLessThan(1e-12);
  expect(distance(iswt2(bands!).data, image.data)).toBeLessThan(5e-11);
});

test("single precision stays single precision", () => {
  const { height, width, data } = noiseMatrix(15, 10);
  const image = { height, width, data: Float32Array.from(data) };
  const bands = swt2(image, db2, { levels: 2 });
  expect(bands.details[0]!.hh.data).toBeInstanceOf(Float32Array);
  expect(distance(iswt2(bands).data, image.data)).toBeLessThan(6e-7);
});

test("invalid arguments are refused by name", () => {
  const haar = wavelet("haar");
  expect(() => swt2({ height: 2, width: 2, data: new Float64Array(3) }, haar)).toThrow("2×2");
  expect(() => swt2(noiseMatrix(2, 2), haar, { levels: 0.5 })).toThrow("not 0.5");
  expect(() => iswt2({ ...swt2(noiseMatrix(4, 4), haar), height: 8 })).toThrow(
    "4×4 where 8×4 is needed",
  );
});

function matrix(height: number, width: number, value: (i: number) => number): Matrix<Float64Array> {
  return { height, width, data: Float64Array.from({ length: height * width }, (_, i) => value(i)) };
}

function transposed({ height, width, data }: Matrix): Matrix<Float64Array> {
  return matrix(width, height, (i) => data[(i % height) * width + Math.floor(i / height)]!);
}

function bands({ approximations, details }: Swt2<Float64Array>): Float64Array[] {
  const fine = details.flatMap((d) => [d.hl, d.lh, d.hh]);
  return [...approximations, ...fine].map((band) => band.data);
}

function scrambled(c: Swt2<Float64Array>): Swt2<Float64Array> {
  const mix = (band: Matrix<Float64Array>, i: number) => ({
    ...band,
    data: noise(band.data.length, 0).map((v, n) => v * (((n + i) % 5) - 2)),
  });
  return {
    ...c,
    approximations: c.approximations.map(mix),
    details: c.details.map((d, i) => ({
      hl: mix(d.hl, i + 1),
      lh: mix(d.lh, i + 2),
      hh: mix(d.hh, i + 3),
    })),
  };
}
