import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Matrix } from "../arrays/matrix.ts";
import { distance, fixtureSignal, turned } from "../testing.ts";
import { gaussianDerivative, gaussianGradient } from "./gaussian.ts";

/** Waves that their own mirror images continue: k half periods on `length` samples. */
const wave = (length: number, k: number) => {
  const frequency = (Math.PI * k) / length;
  return {
    frequency,
    cosine: Float64Array.from({ length }, (_, n) => Math.cos(frequency * (n + 0.5))),
    sine: Float64Array.from({ length }, (_, n) => Math.sin(frequency * (n + 0.5))),
  };
};

const anyMatrix = fc
  .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }))
  .chain(([height, width]) =>
    fc
      .float64Array({
        min: -1,
        max: 1,
        noNaN: true,
        minLength: height * width,
        maxLength: height * width,
      })
      .map((data) => ({ height, width, data })),
  );
const anyScale = fc.double({ min: 0.01, max: 9, noNaN: true });

describe("a signal's derivative", () => {
  test("of a slow wave is the wave's, damped by the Gaussian", () => {
    const scales = fc.double({ min: 1, max: 9, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 24 }), scales, (k, scale) => {
        const { frequency, cosine, sine } = wave(64, k);
        const gain = -scale * frequency * Math.exp(-0.5 * (scale * frequency) ** 2);
        const expected = sine.map((value) => gain * value);
        expect(distance(gaussianDerivative(cosine, scale), expected)).toBeLessThan(5e-5);
      }),
    );
  });

  test("of a line of slope 1 is the scale, however small or large", () => {
    const line = Float64Array.from({ length: 101 }, (_, n) => n);
    fc.assert(
      fc.property(anyScale, (scale) => {
        expect(gaussianDerivative(line, scale)[50]).toBeCloseTo(scale, 10);
      }),
    );
  });

  test("of a constant is exactly 0", () => {
    fc.assert(
      fc.property(fc.double({ min: -1e9, max: 1e9, noNaN: true }), anyScale, (value, scale) => {
        const derivative = gaussianDerivative(new Float64Array(5).fill(value), scale);
        expect(derivative.every((x) => x === 0)).toBe(true);
      }),
    );
  });

  test("of a reversed signal is reversed and negated, bit for bit", () => {
    const signal = fixtureSignal(40);
    const derivative = gaussianDerivative(signal, 3);
    const mirrored = gaussianDerivative(signal.toReversed(), 3);
    expect(mirrored.toReversed().map((x) => -x)).toEqual(derivative);
  });
});

describe("a picture's gradient", () => {
  test("has x along the rows and y down the columns", () => {
    const [height, width, scale] = [24, 40, 2];
    const along = wave(width, 5);
    const down = wave(height, 2);
    const outer = (column: Float64Array, row: Float64Array): Matrix<Float64Array> => ({
      height,
      width,
      data: Float64Array.from([...column].flatMap((y) => [...row].map((x) => y * x))),
    });
    const { x, y } = gaussianGradient(outer(down.cosine, along.cosine), scale);
    const damping = Math.exp(-0.5 * scale ** 2 * (along.frequency ** 2 + down.frequency ** 2));
    const gain = (frequency: number) => -scale * frequency * damping;
    const right = outer(down.cosine, along.sine).data.map((v) => gain(along.frequency) * v);
    const downward = outer(down.sine, along.cosine).data.map((v) => gain(down.frequency) * v);
    expect(distance(x.data, right)).toBeLessThan(5e-5);
    expect(distance(y.data, downward)).toBeLessThan(5e-5);
  });

  test("turns with the picture, bit for bit", () => {
    fc.assert(
      fc.property(anyMatrix, anyScale, (matrix, scale) => {
        const gradient = gaussianGradient(matrix, scale);
        const ofTurned = gaussianGradient(turned(matrix), scale);
        const negated = turned(gradient.y).data.map((value) => 0 - value);
        expect(distance(ofTurned.x.data, negated)).toBe(0);
        expect(distance(ofTurned.y.data, turned(gradient.x).data)).toBe(0);
      }),
    );
  });
});

test("single precision stays single precision", () => {
  const data = fixtureSignal(30);
  const single = Float32Array.from(data);
  expect(gaussianDerivative(single, 2)).toBeInstanceOf(Float32Array);
  const { x } = gaussianGradient({ height: 5, width: 6, data: single }, 2);
  expect(x.data).toBeInstanceOf(Float32Array);
  const exact = gaussianGradient({ height: 5, width: 6, data }, 2).x.data;
  expect(distance(x.data, exact)).toBeLessThan(1e-6);
});

describe("invalid arguments are refused by name", () => {
  test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])("a scale of %d", (scale) => {
    const matrix = { height: 1, width: 2, data: new Float64Array(2) };
    expect(() => gaussianDerivative(matrix.data, scale)).toThrow(RangeError);
    expect(() => gaussianGradient(matrix, scale)).toThrow(`not ${scale}`);
  });

  test("an empty signal, another size, NaN", () => {
    const matrix = (height: number, width: number, ...values: number[]) => ({
      height,
      width,
      data: Float64Array.from(values),
    });
    expect(() => gaussianDerivative(new Float64Array(0), 1)).toThrow(RangeError);
    expect(() => gaussianDerivative(Float64Array.of(1, Number.NaN), 1)).toThrow("NaN at index 1");
    expect(() => gaussianGradient(matrix(0, 0), 1)).toThrow("integers from 1 up, not 0 and 0");
    expect(() => gaussianGradient(matrix(2, 2, 1), 1)).toThrow("a 2×2 matrix has 4 values, not 1");
    expect(() => gaussianGradient(matrix(2, 2, 1, 2, Number.NEGATIVE_INFINITY, 4), 1)).toThrow(
      "-Infinity at row 1, column 0",
    );
  });
});

test("the second derivative sees no straight line, gives a² on x² / 2, and becomes the second difference", () => {
  for (const scale of [0.01, 0.7, 3]) {
    const line = gaussianDerivative(
      Float64Array.from({ length: 101 }, (_, n) => 3 * n),
      scale,
      2,
    );
    const parabola = Float64Array.from({ length: 101 }, (_, n) => (n * n) / 2);
    const bend = gaussianDerivative(parabola, scale, 2);
    expect(Math.abs(line[50] ?? Number.NaN)).toBeLessThan(1e-10);
    expect((bend[50] ?? Number.NaN) / scale ** 2).toBeCloseTo(1, 9);
  }
  const spike = Float64Array.of(0, 0, 1, 0, 0);
  const differences = gaussianDerivative(spike, 0.01, 2).map((value) => value * 1e4);
  expect(Array.from(differences, (value) => Math.round(value * 1e9) / 1e9 + 0)).toEqual([
    0, 1, -2, 1, 0,
  ]);
});
