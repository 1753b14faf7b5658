import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type NdArray, sizeOf } from "../arrays/ndArray.ts";
import { type Mode, modes } from "../extension/mode.ts";
import { isWaveletName, wavelet, waveletNames } from "../families/wavelet.ts";
import {
  distance,
  dot,
  fixtureSignal,
  frozenAccuracy,
  largest,
  noise,
  reconstructionBound,
  summary,
  summaryScale,
} from "../testing.ts";
import { type Dwt, dwt, dwtAdjoint, idwt, idwtAdjoint } from "./dwt.ts";
import { dwt2, dwt2Adjoint, idwt2, idwt2Adjoint } from "./dwt2.ts";
import { wavedec2, waverec2 } from "./wavedec2.ts";
import { type Wavedecn, wavedecn, wavedecnAdjoint, waverecn, waverecnAdjoint } from "./wavedecn.ts";

interface Frozen {
  wavelet: string;
  mode: Mode;
  shape: number[];
  levels: number;
  bands: number[];
}
const read = (name: string) =>
  JSON.parse(readFileSync(new URL(`../fixtures/${name}`, import.meta.url), "utf8"));
const frozen: Frozen[] = read("pyramids.json");

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

test("Haar with periodization is PyWavelets' bit for bit, in one and two dimensions", () => {
  // Tokens of pictures depend on the last bit: it says on which side of a threshold a coefficient lies.
  const cases: { shape: number[]; levels: number; bands: number[][] }[] = read("haar.json");
  for (const { shape, levels, bands } of cases) {
    const data = fixtureSignal(sizeOf(shape));
    const ours = wavedecn({ shape, data }, "haar", { mode: "periodization", levels });
    const unsigned = (band: ArrayLike<number>) => Array.from(band, (value) => value + 0);
    expect(bandsOf(ours).map(unsigned), `${shape}`).toEqual(bands.map(unsigned));
  }
});

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
    const shapes = fc.array(fc.integer({ min: 1, max: 8 }), { minLength: 1, maxLength: 3 });
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
        const most = Math.max(1, ...bandsOf(transform).map(largest));
        expect(distance(back.data, x.data) / most).toBeLessThan(
          reconstructionBound(wavelet, 5e-11),
        );

        const ones = wavedecn(ofShape(shape, 1), wavelet, options);
        for (const [k, band] of bandsOf(ones).entries()) band.set(noise(band.length, k));
        const pair = (a: Wavedecn, b: Wavedecn) => dot(bandsOf(a), bandsOf(b));
        const adjoint = wavedecnAdjoint(ones);
        const size = Math.sqrt(pair(transform, transform) * pair(ones, ones)) + 1;
        expect(Math.abs(pair(transform, ones) - dot(x.data, adjoint.data)) / size).toBeLessThan(
          1e-12,
        );
        const synthesized = waverecn(ones);
        const transposed = waverecnAdjoint(x, wavelet, options);
        const other = Math.sqrt(pair(transposed, transposed) * pair(ones, ones)) + 1;
        expect(
          Math.abs(dot(synthesized.data, x.data) - pair(ones, transposed)) / other,
        ).toBeLessThan(1e-12);
      }),
      { numRuns: 30 },
    );
  });
});

/** The largest coefficient, at least 1: where a rule extrapolates, rounding errors are those of what it makes. */
const largestOf = ({ approximation, detail }: Dwt) =>
  Math.max(1, largest(approximation), largest(detail));

test("signals of 1 … 64 samples come back in every mode, in both precisions", () => {
  const signals = Array.from({ length: 64 }, (_, i) => noise(i + 1, i + 1));
  const singles = signals.map((signal) => Float32Array.from(signal));
  for (const [w, name] of waveletNames.entries()) {
    // Of the long filters each sees every third length, each length a third of them.
    const isLong = wavelet(name).decLo.length > 20 && name !== "dmey";
    for (const mode of modes) {
      // One expectation for all lengths, since those take longer than what they check.
      const wrong: string[] = [];
      for (const [i, signal] of signals.entries()) {
        if (isLong && (i + w) % 3 > 0) continue;
        const double = dwt(signal, name, { mode });
        const error = distance(idwt(double), signal) / largestOf(double);
        if (!(error < reconstructionBound(name, 5e-11))) wrong.push(`${i + 1}: ${error}`);
        if (i % 3 > 0) continue;
        const data = singles[i]!;
        const single = dwt(data, name, { mode });
        const error32 = idwt(single).map((value, n) => value - data[n]!); // as long
        const rounding = Math.sqrt(dot(error32, error32) / data.length) / largestOf(single);
        if (!(rounding < reconstructionBound(name, 6e-7))) wrong.push(`${i + 1}: ${rounding}`);
      }
      expect(wrong, `${name} ${mode}`).toEqual([]);
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
    "reaches beyond its 24 values",
  );
});

test("results are written into the arrays of out", () => {
  const [first, second] = [ofShape([8, 9], 1), ofShape([8, 9], 2)];
  const fresh = wavedecn(second, "bior4.4", { levels: 2 });
  const out = wavedecn(first, "bior4.4", { levels: 2 });
  const again = wavedecn(second, "bior4.4", { levels: 2, out });
  expect(again).toEqual(fresh);
  expect(again.approximation.data).toBe(out.approximation.data);
  const target = new Float64Array(72);
  expect(waverecn(again, { out: { shape: again.shape, data: target } }).data).toBe(target);
  const matrix = { height: 8, width: 9, data: target };
  const bands = dwt2(matrix, "haar");
  const other = { height: 8, width: 9, data: first.data };
  expect(dwt2(other, "haar", { out: bands }).hh.data).toBe(bands.hh.data);
  expect(idwt2(bands, { out: matrix }).data).toBe(target);
  expect(() => wavedecn(first, "haar", { levels: 3, out })).toThrow("2 levels instead of 3");
});

describe("the arrays of out", () => {
  const options = { mode: "periodization", levels: 1 } as const;
  const zeros = (height: number, width: number) => {
    return { height, width, data: new Float64Array(height * width) };
  };

  test("must have the shape of the result, not only its size", () => {
    const other = wavedec2(zeros(4, 16), "haar", options);
    expect(() => wavedec2(zeros(8, 8), "haar", { ...options, out: other })).toThrow("2×8");
    expect(() => waverec2(other, { out: zeros(8, 8) })).toThrow("8×8 where 4×16 is needed");
    const details = other.details.map((bands) => ({ ...bands, lh: zeros(4, 4) }));
    expect(() => waverec2({ ...other, details })).toThrow("4×4 where 2×8 is needed");
    expect(() => waverec2({ ...other, approximation: zeros(1, 16) })).toThrow("1×16");
  });

  test("must have the same axes", () => {
    const lines = { shape: [2, 4], data: new Float64Array(8) };
    const out = wavedecn(lines, "haar", { ...options, axes: [0] });
    expect(() => wavedecn(ofShape([4, 4]), "haar", { ...options, out })).toThrow(
      "1 detail bands instead of 3",
    );
  });

  test("must be in row-major order, without strides", () => {
    const x = ofShape([4, 4]);
    const fresh = wavedecn(x, "haar", options);
    const approximation = { shape: [2, 2], strides: [1, 2], data: new Float64Array(4) };
    const out = { ...fresh, approximation };
    expect(() => wavedecn(x, "haar", { ...options, out })).toThrow("must not have strides");
  });
});

test("inputs are not changed, and results share no memory with them", () => {
  const x = ofShape([6, 7]);
  const before = x.data.slice();
  for (const levels of [0, 1, 2]) {
    const transform = wavedecn(x, "bior2.2", { levels });
    const bands = bandsOf(transform).map((band) => band.slice());
    const back = waverecn(transform);
    const results = [...bandsOf(transform), back.data, wavedecnAdjoint(transform).data];
    for (const { buffer } of results) expect(buffer).not.toBe(x.data.buffer);
    expect(back.data).not.toBe(transform.approximation.data);
    expect(bandsOf(transform)).toEqual(bands);
    expect(x.data).toEqual(before);
  }
});

test("a mutable custom wavelet can change between two transforms", () => {
  const { decLo, decHi, recLo, recHi } = wavelet("haar");
  const own = { name: "own", decLo: [...decLo], decHi: [...decHi], recLo, recHi };
  const x = noise(8, 0);
  const [once] = [dwt(x, own).approximation[0]];
  own.decLo.forEach((tap, i) => {
    own.decLo[i] = 2 * tap;
  });
  expect(dwt(x, own).approximation[0]).toBe(2 * once!); // never empty
});

test("infinity and NaN stay within the reach of the filter, also where a mode extrapolates", () => {
  const data = Float64Array.from({ length: 12 }, (_, i) => i);
  data[0] = Number.NaN;
  const { approximation } = dwt(data, "db2", { mode: "antireflect" });
  expect(Array.from(approximation, (value) => Number.isNaN(value))).toEqual(
    Array.from(approximation, (_, k) => k < 2),
  );
});

test("invalid arguments are refused by name", () => {
  const x = ofShape([4, 4]);
  expect(() => wavedecn(x, "haar", { axes: [2] })).toThrow("2 axes has no axis 2");
  expect(() => wavedecn(x, "haar", { axes: [1, -1] })).toThrow("occurs twice");
  expect(() => wavedecn(x, "haar", { axes: [] })).toThrow("no axis");
  expect(() => wavedecn({ shape: [4, 0], data: new Float64Array(0) }, "haar")).toThrow("4×0");
  expect(() => wavedecn({ shape: [4, 3], data: x.data }, "haar")).toThrow("has 12 values, not 16");
  expect(() => wavedecn(x, ["haar"], { axes: [0, 1] })).toThrow("1 wavelets do not match 2");
  const transform = wavedecn(x, "haar", { levels: 1 });
  const { dd, ...rest } = transform.details[0]!;
  expect(dd).toBeDefined();
  expect(() => waverecn({ ...transform, details: [rest] })).toThrow("band dd is missing");
});
