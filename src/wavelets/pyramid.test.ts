import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Dwt, dwt, dwtAdjoint, idwt, idwtAdjoint } from "./dwt.ts";
import { dwt2, dwt2Adjoint, idwt2, idwt2Adjoint } from "./dwt2.ts";
import { type Mode, modes } from "./mode.ts";
import { type NdArray, sizeOf } from "./ndArray.ts";
import {
  distance,
  fixtureSignal,
  frozenAccuracy,
  noise,
  reconstructionBound,
  summary,
  summaryScale,
} from "./testing.ts";
import { type Wavedecn, wavedecn, wavedecnAdjoint, waverecn, waverecnAdjoint } from "./wavedecn.ts";
import { isWaveletName, waveletNames } from "./wavelet.ts";

interface Frozen {
  wavelet: string;
  mode: Mode;
  shape: number[];
  levels: number;
  bands: number[];
}
const frozen: Frozen[] = JSON.parse(
  readFileSync(new URL("./fixtures/pyramids.json", import.meta.url), "utf8"),
);

/** All bands, the lowest first, then level by level by key. */
const bandsOf = ({ approximation, details }: Wavedecn) => [
  approximation.data,
  ...details.flatMap((bands) =>
    Object.keys(bands)
      .sort()
      .map((key) => bands[key]!.data),
  ),
];
const ofShape = (shape: readonly number[], seed = 0): NdArray<Float64Array> => {
  return { shape, data: noise(sizeOf(shape), seed) };
};
const dot = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((sum, value, i) => sum + value * b[i]!, 0);

describe.each(modes)("%s", (mode) => {
  test("equals PyWavelets in one, two and three dimensions, in double and single precision", () => {
    for (const { wavelet, shape, levels, bands } of frozen.filter((row) => row.mode === mode)) {
      if (!isWaveletName(wavelet)) continue;
      const data = fixtureSignal(sizeOf(shape));
      const double = bandsOf(wavedecn({ shape, data }, wavelet, { mode, levels }));
      const single = { shape, data: Float32Array.from(data) };
      const rounded = bandsOf(wavedecn(single, wavelet, { mode, levels }));
      expect(double.length).toBe(bands.length);
      // A small band of a large signal carries the rounding errors of what it was made of.
      const scale = Math.max(...double.map(summaryScale));
      for (const [i, expected] of bands.entries()) {
        const told = `${wavelet} ${shape} band ${i}`;
        expect(Math.abs(summary(double[i]!) - expected) / scale, told).toBeLessThan(
          frozenAccuracy(wavelet),
        );
        expect(Math.abs(summary(rounded[i]!) - expected) / scale, told).toBeLessThan(1e-5);
      }
    }
  });

  test("reconstruction and both transposes of arrays of any shape, some axes of them, for every wavelet", () => {
    const shapes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 3 });
    const cases = fc.record({
      shape: shapes,
      wavelet: fc.constantFrom(...waveletNames),
      levels: fc.integer({ min: 0, max: 3 }),
      skipped: fc.integer({ min: 0, max: 2 }),
    });
    fc.assert(
      fc.property(cases, ({ shape, wavelet, levels, skipped }) => {
        const all = shape.map((_, axis) => axis);
        const axes = all.length > 1 ? all.filter((axis) => axis !== skipped) : all;
        const options = { mode, levels, axes };
        const x = ofShape(shape);
        const transform = wavedecn(x, wavelet, options);
        const back = waverecn(transform);
        expect(back.shape).toEqual(shape);
        const largest = Math.max(
          1,
          ...bandsOf(transform).map((band) =>
            distance(
              band,
              band.map(() => 0),
            ),
          ),
        );
        expect(distance(back.data, x.data) / largest).toBeLessThan(
          reconstructionBound(wavelet, 5e-11),
        );

        const ones = wavedecn(ofShape(shape, 1), wavelet, options);
        for (const [k, band] of bandsOf(ones).entries()) band.set(noise(band.length, k));
        const pair = (a: Wavedecn, b: Wavedecn) =>
          bandsOf(a).reduce((sum, band, k) => sum + dot(band, bandsOf(b)[k]!), 0);
        const adjoint = wavedecnAdjoint(ones);
        const size = Math.sqrt(pair(transform, transform) * pair(ones, ones)) + 1;
        expect(Math.abs(pair(transform, ones) - dot(x.data, adjoint.data)) / size).toBeLessThan(
          1e-12,
        );
        const synthesised = waverecn(ones);
        const transposed = waverecnAdjoint(x, wavelet, options);
        const other = Math.sqrt(pair(transposed, transposed) * pair(ones, ones)) + 1;
        expect(
          Math.abs(dot(synthesised.data, x.data) - pair(ones, transposed)) / other,
        ).toBeLessThan(1e-12);
      }),
      { numRuns: 60 },
    );
  });
});

/** The largest coefficient, at least 1: where a rule extrapolates, rounding errors are those of what it makes. */
const largest = ({ approximation, detail }: Dwt) =>
  Math.max(1, ...approximation.map(Math.abs), ...detail.map(Math.abs));

test("signals of 1 … 64 samples come back for every wavelet and mode, in both precisions", () => {
  for (const name of waveletNames) {
    for (const mode of modes) {
      for (let length = 1; length <= 64; length++) {
        const signal = noise(length, length);
        const data = Float32Array.from(signal);
        const told = `${name} ${mode} ${length}`;
        const double = dwt(signal, name, { mode });
        expect(distance(idwt(double), signal) / largest(double), told).toBeLessThan(
          reconstructionBound(name, 5e-11),
        );
        const single = dwt(data, name, { mode });
        const error = idwt(single).map((value, i) => value - data[i]!); // as long
        expect(Math.sqrt(dot(error, error) / length) / largest(single), told).toBeLessThan(
          reconstructionBound(name, 6e-7),
        );
      }
    }
  }
});

test("the transposes of one step have the sizes of what they are transposes of", () => {
  const bands = dwt(noise(9, 0), "bior4.4", { mode: "antireflect" });
  expect(dwtAdjoint(bands).length).toBe(9);
  expect(idwtAdjoint(noise(9, 1), "bior4.4").approximation.length).toBe(9);
  const matrix = { height: 3, width: 4, data: noise(12, 2) };
  const step = dwt2(matrix, "haar", { mode: "periodization" });
  // An orthogonal transform is undone by its transpose.
  expect(distance(dwt2Adjoint(step).data, matrix.data)).toBeGreaterThan(1e-3); // 3 rows: not quite
  expect(idwt2Adjoint(matrix, "haar").hl).toMatchObject({ height: 2, width: 2 });
});

test("other axes are a batch, and each axis may have its own wavelet and mode", () => {
  const x = ofShape([4, 3, 6]);
  const along = wavedecn(x, ["haar", "bior4.4"], {
    axes: [0, -1],
    mode: ["zero", "reflect"],
    levels: 1,
  });
  expect(Object.keys(along.details[0]!)).toEqual(["ad", "da", "dd"]);
  expect(along.approximation.shape).toEqual([2, 3, 7]);
  const line = Float64Array.from({ length: 4 }, (_, i) => x.data[i * 18 + 7]!);
  const alone = wavedecn(x, "haar", { axes: [0], levels: 1, mode: "zero" });
  const [low] = [dwt(line, "haar", { mode: "zero" }).approximation];
  expect([alone.approximation.data[7], alone.approximation.data[25]]).toEqual(Array.from(low));
});

test("a view of another array, such as a transposed one, is an array too", () => {
  const data = noise(24, 3);
  const transposed = { shape: [6, 4], strides: [1, 6], data };
  const copied = Float64Array.from(
    { length: 24 },
    (_, i) => data[Math.floor(i / 4) + 6 * (i % 4)]!,
  );
  const expected = wavedecn({ shape: [6, 4], data: copied }, "bior2.2");
  expect(wavedecn(transposed, "bior2.2").approximation).toEqual(expected.approximation);
  expect(() => wavedecn({ shape: [6, 4], strides: [1, 7], data }, "haar")).toThrow(
    "does not lie within",
  );
});

test("results go into the arrays of a former result, and nothing else is made of them", () => {
  const [first, second] = [ofShape([8, 9], 1), ofShape([8, 9], 2)];
  const fresh = wavedecn(second, "bior4.4", { levels: 2 });
  const out = wavedecn(first, "bior4.4", { levels: 2 });
  const again = wavedecn(second, "bior4.4", { levels: 2, out });
  expect(again).toEqual(fresh);
  expect(again.approximation.data).toBe(out.approximation.data);
  const target = new Float64Array(72);
  expect(waverecn(again, target).data).toBe(target);
  const matrix = { height: 8, width: 9, data: target };
  const bands = dwt2(matrix, "haar");
  const other = { height: 8, width: 9, data: first.data };
  expect(dwt2(other, "haar", { out: bands }).hh.data).toBe(bands.hh.data);
  expect(idwt2(bands, matrix).data).toBe(target);
  expect(() => wavedecn(first, "haar", { levels: 3, out })).toThrow("2 levels where 3 belong");
});

test("mistakes are named", () => {
  const x = ofShape([4, 4]);
  expect(() => wavedecn(x, "haar", { axes: [2] })).toThrow("2 axes has no axis 2");
  expect(() => wavedecn(x, "haar", { axes: [1, -1] })).toThrow("comes twice");
  expect(() => wavedecn(x, "haar", { axes: [] })).toThrow("no axis");
  expect(() => wavedecn({ shape: [4, 0], data: new Float64Array(0) }, "haar")).toThrow("4×0");
  expect(() => wavedecn({ shape: [4, 3], data: x.data }, "haar")).toThrow("cannot hold 16 values");
  expect(() => wavedecn(x, ["haar"], { axes: [0, 1] })).toThrow("1 wavelets stand where 2 axes");
  const transform = wavedecn(x, "haar", { levels: 1 });
  const { dd, ...rest } = transform.details[0]!;
  expect(dd).toBeDefined();
  expect(() => waverecn({ ...transform, details: [rest] })).toThrow("band dd is missing");
});
