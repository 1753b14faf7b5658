import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Matrix } from "../arrays/matrix.ts";
import { noise, turned } from "../testing.ts";
import { type ModulusMaximum, modulusMaxima } from "./modulusMaxima.ts";
import { modulusMaxima1 } from "./modulusMaxima1.ts";

const everything = { minLength: 1, exponents: [-9, 9] } as const;

const picture = (height: number, width: number, value: (x: number, y: number) => number) => ({
  height,
  width,
  data: Float64Array.from({ length: height * width }, (_, i) =>
    value(i % width, Math.floor(i / width)),
  ),
});
const noiseMatrix = (height: number, width: number): Matrix => ({
  height,
  width,
  data: noise(height * width, 0),
});

/** How far apart two angles are, in radians. */
const between = (a: number, b: number) => Math.abs(Math.atan2(Math.sin(a - b), Math.cos(a - b)));

describe.each([
  { radius: 40, x: 63.5, y: 63.5 },
  { radius: 40, x: 64, y: 64 },
  { radius: 44.3, x: 62.8, y: 65.1 },
])("a disc of radius $radius around ($x, $y)", ({ radius, x: cx, y: cy }) => {
  const disc = picture(128, 128, (x, y) => (Math.hypot(x - cx, y - cy) < radius ? 1 : 0));
  const maxima = modulusMaxima(disc);
  const worst = (error: (maximum: ModulusMaximum) => number, scale: number) =>
    Math.max(...maxima.filter((maximum) => maximum.scale === scale).map(error));

  test.each([
    [1, 0.75],
    [2, 0.75],
    [4, 0.75],
    [8, 1.1],
  ])("has its maxima at scale %d within %d pixels of the circle", (scale, pixels) => {
    const error = ({ x, y }: ModulusMaximum) => Math.abs(Math.hypot(x - cx, y - cy) - radius);
    expect(worst(error, scale)).toBeLessThan(pixels);
  });

  test("has them all around, at every scale", () => {
    for (const scale of [1, 2, 4, 8]) {
      const ofScale = maxima.filter((maximum) => maximum.scale === scale);
      const degrees = ofScale.map(({ x, y }) => (Math.atan2(y - cy, x - cx) * 180) / Math.PI);
      expect(new Set(degrees.map((angle) => Math.floor(angle / 5 + 72) % 72)).size).toBe(72);
    }
  });

  test("grows brighter inwards", () => {
    const inwards = ({ x, y }: ModulusMaximum) => Math.atan2(cy - y, cx - x);
    for (const [scale, radians] of [
      [1, 0.4],
      [2, 0.2],
      [4, 0.1],
      [8, 0.1],
    ] as const)
      expect(worst((maximum) => between(maximum.angle, inwards(maximum)), scale)).toBeLessThan(
        radians,
      );
  });

  test("is a step: exponents are less than 0.1 from 0", () => {
    for (const scale of [1, 2, 4, 8])
      expect(worst(({ exponent }) => Math.abs(exponent), scale)).toBeLessThan(0.1);
  });

  test("comes finest scale first, in chains of three scales and more", () => {
    const scales = maxima.map(({ scale }) => scale);
    expect(scales).toEqual(scales.toSorted((a, b) => a - b));
    for (const { length } of maxima) expect(length).toBeGreaterThanOrEqual(3);
  });
});

describe("a straight edge", () => {
  test.each([0, 10, 30, 45, 80, 135, 200, 300])("that faces %d° is found there", (degrees) => {
    const angle = (degrees * Math.PI) / 180;
    const [nx, ny] = [Math.cos(angle), Math.sin(angle)];
    const away = (x: number, y: number) => (x - 31.5) * nx + (y - 31.5) * ny;
    const soft = picture(64, 64, (x, y) => Math.min(Math.max(away(x, y) + 0.5, 0), 1));
    const maxima = modulusMaxima(soft, [1, 2, 4], { minLength: 3 });
    const inside = maxima.filter(({ x, y }) => Math.hypot(x - 31.5, y - 31.5) < 16);
    const fewest = 32 / Math.SQRT2 - 1;
    expect(inside.length).toBeGreaterThanOrEqual(3 * fewest);
    for (const maximum of inside) {
      expect(Math.abs(away(maximum.x, maximum.y))).toBeLessThan(0.15);
      expect(between(maximum.angle, angle)).toBeLessThan(0.05);
      expect(maximum.modulus).toBeCloseTo(1 / Math.sqrt(2 * Math.PI), 1);
    }
  });

  test("that runs into the border is found up to it, one that runs along the border is not moved there", () => {
    const edge = picture(8, 32, (x) => (x < 11 ? 0 : 1));
    const rows = modulusMaxima(edge, [1]).map(({ x, y }) => [x, y]);
    expect(rows).toEqual(Array.from({ length: 8 }, (_, y) => [10.5, y]));
  });
});

test("rows that are all alike have the maxima of one of them", () => {
  const row = noise(48, 0);
  const alike = picture(5, 48, (x) => row[x] ?? Number.NaN);
  const inRow = modulusMaxima(alike, [1, 2, 4], everything).filter(({ y }) => y === 3);
  const ofSignal = modulusMaxima1(row, [1, 2, 4], everything);
  expect(ofSignal.length).toBeGreaterThan(20);
  expect(inRow.length).toBe(ofSignal.length);
  inRow.forEach((maximum, i) => {
    const { x, modulus, sign, exponent, length } = ofSignal[i] ?? {};
    expect(maximum.x).toBeCloseTo(x ?? Number.NaN, 6);
    expect(maximum.modulus).toBeCloseTo(modulus ?? Number.NaN, 9);
    expect(maximum.angle).toBeCloseTo(sign === 1 ? 0 : Math.PI, 9);
    expect(maximum.length).toBe(length);
    if (length !== 1) expect(maximum.exponent).toBeCloseTo(exponent ?? Number.NaN, 6);
  });
});

describe("the maxima of a picture", () => {
  const size = fc.integer({ min: 1, max: 24 });
  const sorted = (maxima: readonly ModulusMaximum[]) =>
    maxima.toSorted((a, b) => a.scale - b.scale || a.modulus - b.modulus);

  test("turn with it", () => {
    fc.assert(
      fc.property(size, size, (height, width) => {
        const upright = noiseMatrix(height, width);
        const expected = sorted(modulusMaxima(upright, [1, 2, 4], everything));
        const found = sorted(modulusMaxima(turned(upright), [1, 2, 4], everything));
        expect(found.length).toBe(expected.length);
        expected.forEach(({ x, y, scale, modulus, angle, exponent, length }, i) => {
          const other = found[i] ?? expect.fail();
          expect([other.scale, other.length]).toEqual([scale, length]);
          expect(other.x).toBeCloseTo(height - 1 - y, 9);
          expect(other.y).toBeCloseTo(x, 9);
          expect(other.modulus).toBeCloseTo(modulus, 9);
          expect(between(other.angle, angle + Math.PI / 2)).toBeLessThan(1e-9);
          if (length > 1) expect(other.exponent).toBeCloseTo(exponent, 6);
        });
      }),
      { numRuns: 40 },
    );
  });

  test("face the other way in its negative, and stay otherwise", () => {
    fc.assert(
      fc.property(size, size, (height, width) => {
        const positive = noiseMatrix(height, width);
        const negative = { ...positive, data: positive.data.map((value) => -value) };
        const expected = modulusMaxima(positive, [1, 2, 4], everything);
        const found = modulusMaxima(negative, [1, 2, 4], everything);
        expect(found.map(({ angle, ...rest }) => rest)).toEqual(
          expected.map(({ angle, ...rest }) => rest),
        );
        found.forEach(({ angle }, i) => {
          expect(between(angle, (expected[i]?.angle ?? Number.NaN) + Math.PI)).toBeLessThan(1e-9);
        });
      }),
      { numRuns: 40 },
    );
  });
});

describe("noise", () => {
  const many = modulusMaxima(noiseMatrix(96, 96), [1, 2, 4, 8], { ...everything, minLength: 3 });

  test("has negative exponents", () => {
    const mean = many.reduce((sum, { exponent }) => sum + exponent, 0) / many.length;
    expect(mean).toBeLessThan(-0.5);
  });

  test("is dropped if its exponent is not wanted", () => {
    const regular = modulusMaxima(noiseMatrix(96, 96), [1, 2, 4, 8], { exponents: [0, 1] });
    expect(regular.length).toBeLessThan(0.05 * many.length);
  });
});

test("a thin line is rougher than an edge, and is kept if such exponents are", () => {
  const line = picture(64, 64, (x) => (x === 32 ? 1 : 0));
  expect(modulusMaxima(line)).toEqual([]);
  const maxima = modulusMaxima(line, [1, 2, 4, 8], { exponents: [-1.1, 1] });
  expect(new Set(maxima.map(({ scale }) => scale))).toEqual(new Set([1, 2, 4, 8]));
  for (const { exponent } of maxima) expect(Math.abs(exponent + 1)).toBeLessThan(0.05);
});

test("the threshold is relative to the strongest maximum of a scale", () => {
  const steps = picture(4, 96, (x) => (x < 32 ? 0 : x < 64 ? 1 : 1.1));
  const places = (threshold: number) => {
    const maxima = modulusMaxima(steps, [1], { threshold });
    return [...new Set(maxima.map(({ x }) => Math.round(x * 10) / 10))];
  };
  expect(places(0.05)).toEqual([31.5, 63.5]);
  expect(places(0.2)).toEqual([31.5]);
});

describe("nothing is found", () => {
  test("in a constant picture", () => {
    const values = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    const sides = fc.integer({ min: 1, max: 20 });
    fc.assert(
      fc.property(sides, sides, values, (height, width, value) => {
        const constant = picture(height, width, () => value);
        expect(modulusMaxima(constant, [1, 2, 4, 8], everything)).toEqual([]);
      }),
    );
  });

  test("on an even slope, whatever its direction", () => {
    for (const [a, b] of [
      [1, 0],
      [0, -1],
      [0.3, 0.7],
    ] as const) {
      const slope = picture(64, 64, (x, y) => a * x + b * y);
      const inside = modulusMaxima(slope, [1, 2, 4], everything).filter(
        ({ x, y }) => x > 20 && y > 20 && x < 43 && y < 43,
      );
      expect(inside).toEqual([]);
    }
  });
});

test("tiny pictures of any values are transformed without error", () => {
  const sides = fc.constantFrom([1, 1], [1, 7], [7, 1], [2, 2], [3, 2]);
  fc.assert(
    fc.property(
      sides,
      fc.infiniteStream(fc.double({ min: -1e6, max: 1e6, noNaN: true })),
      (size, values) => {
        const [height = 1, width = 1] = size;
        const tiny = picture(height, width, () => values.next().value ?? 0);
        for (const { x, y, modulus } of modulusMaxima(tiny, [1, 2, 4, 8], everything)) {
          expect(x >= -0.5 && x <= width - 0.5 && y >= -0.5 && y <= height - 0.5).toBe(true);
          expect(modulus > 0).toBe(true);
        }
      },
    ),
  );
});

test("invalid arguments are refused by name", () => {
  const plain = picture(2, 3, () => 0);
  expect(() => modulusMaxima({ height: 0, width: 3, data: new Float64Array(0) })).toThrow(
    "integers from 1 up, not 0 and 3",
  );
  expect(() => modulusMaxima({ ...plain, width: 4 })).toThrow(RangeError);
  expect(() => modulusMaxima(picture(2, 3, (x) => (x === 2 ? Number.NaN : 0)))).toThrow(
    "NaN at row 0, column 2",
  );
  expect(() => modulusMaxima(plain, [])).toThrow("at least one scale");
  expect(() => modulusMaxima(plain, [1, 1])).toThrow("scales must increase, unlike 1, 1");
  expect(() => modulusMaxima(plain, [1, 2], { reach: Number.NaN })).toThrow("not NaN");
});
