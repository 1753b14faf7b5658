import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { noise } from "../testing.ts";
import { modulusMaxima1 } from "./modulusMaxima1.ts";

const everything = { minLength: 1, exponents: [-9, 9] } as const;

const sampled = (length: number, value: (n: number) => number) =>
  Float64Array.from({ length }, (_, n) => value(n));

describe("a step", () => {
  const step = sampled(256, (n) => (n < 100 ? 0 : 3));
  const maxima = modulusMaxima1(step, [1, 2, 4, 8, 16]);

  test("has one maximum at every scale, between its samples", () => {
    expect(maxima.map(({ scale }) => scale)).toEqual([1, 2, 4, 8, 16]);
    for (const { x, sign, length } of maxima) {
      expect(x).toBeCloseTo(99.5, 6);
      expect([sign, length]).toEqual([1, 5]);
    }
  });

  test("has the same modulus at all of them, its height by √(2π), so exponent 0", () => {
    for (const { modulus, exponent } of maxima) {
      expect(Math.abs(modulus / 3 - 1 / Math.sqrt(2 * Math.PI))).toBeLessThan(0.006);
      expect(Math.abs(exponent)).toBeLessThan(0.01);
    }
  });

  test("has them in single precision too", () => {
    expect(modulusMaxima1(Float32Array.from(step), [1, 2, 4, 8, 16])).toEqual(maxima);
  });
});

describe("the exponent of", () => {
  test.each([0.3, 0.5, 0.7])("a cusp |x|^%d is that power", (power) => {
    const cusp = sampled(1024, (n) => -(Math.abs(n - 511.5) ** power));
    const [peak, ...others] = modulusMaxima1(cusp, [4, 8, 16, 32]).filter(
      ({ x, scale }) => scale === 4 && x > 450 && x < 511.5,
    );
    expect(others).toEqual([]);
    expect(Math.abs((peak?.exponent ?? Number.NaN) - power)).toBeLessThan(0.03);
  });

  test("a ramp's ends is 1, which takes the second derivative to see", () => {
    const ramp = sampled(512, (n) => Math.min(Math.max(n - 150, 0), 200));
    const ends = modulusMaxima1(ramp, [4, 8, 16], { order: 2, exponents: [0.5, 1.5] });
    const finest = ends.filter(({ scale }) => scale === 4);
    expect(finest.map(({ sign }) => sign)).toEqual([1, -1]);
    for (const [i, place] of [150, 350].entries()) {
      expect(Math.abs((finest[i]?.x ?? Number.NaN) - place)).toBeLessThan(0.01);
      expect(Math.abs((finest[i]?.exponent ?? Number.NaN) - 1)).toBeLessThan(0.02);
    }
    const step = sampled(512, (n) => (n > 255 ? 1 : 0));
    for (const { exponent } of modulusMaxima1(step, [4, 8, 16], { order: 2 }))
      expect(Math.abs(exponent)).toBeLessThan(0.02);
  });

  test("a spike is -1", () => {
    const spike = sampled(256, (n) => (n === 100 ? 1 : 0));
    const maxima = modulusMaxima1(spike, [1, 2, 4, 8, 16], everything);
    expect(maxima.map(({ sign }) => sign)).toEqual(Array(5).fill([1, -1]).flat());
    for (const { exponent } of maxima) expect(Math.abs(exponent + 1)).toBeLessThan(0.02);
    expect(modulusMaxima1(spike)).toEqual([]);
  });

  test("a smooth rise is nearly 1", () => {
    const rise = sampled(512, (n) => Math.tanh((n - 255.5) / 40));
    const maxima = modulusMaxima1(rise);
    expect(maxima.length).toBe(4);
    for (const { exponent } of maxima) expect(Math.abs(exponent - 0.98)).toBeLessThan(0.02);
  });

  test("white noise is negative, so that nearly all of it can be dropped", () => {
    const white = noise(8192, 0);
    const all = modulusMaxima1(white, [1, 2, 4, 8], { ...everything, minLength: 3 });
    const mean = all.reduce((sum, { exponent }) => sum + exponent, 0) / all.length;
    expect(mean).toBeLessThan(-0.5);
    const regular = modulusMaxima1(white, [1, 2, 4, 8], { exponents: [0, 1] });
    expect(regular.length).toBeLessThan(0.03 * all.length);
  });
});

describe("the maxima of a signal", () => {
  const bumps = (shift: number, height: number) => {
    const signal = new Float64Array(200);
    noise(20, 0).forEach((value, n) => {
      signal[80 + shift + n] = height * value;
    });
    return signal;
  };
  const original = modulusMaxima1(bumps(0, 1), [1, 2, 4], everything);

  test("move with it", () => {
    fc.assert(
      fc.property(fc.integer({ min: -40, max: 40 }), (shift) => {
        const moved = modulusMaxima1(bumps(shift, 1), [1, 2, 4], everything);
        expect(moved.map(({ x, ...rest }) => ({ x: (x - shift).toFixed(9), ...rest }))).toEqual(
          original.map(({ x, ...rest }) => ({ x: x.toFixed(9), ...rest })),
        );
      }),
    );
  });

  test("grow with it, and keep places and exponents", () => {
    fc.assert(
      fc.property(fc.integer({ min: -30, max: 30 }), (power) => {
        const grown = modulusMaxima1(bumps(0, 2 ** power), [1, 2, 4], everything);
        expect(grown.map(({ x, modulus }) => [x, modulus / 2 ** power])).toEqual(
          original.map(({ x, modulus }) => [x, modulus]),
        );
        grown.forEach(({ exponent, length }, i) => {
          expect(length).toBe(original[i]?.length);
          if (length > 1) expect(exponent).toBeCloseTo(original[i]?.exponent ?? Number.NaN, 9);
        });
      }),
    );
  });

  test("change signs with it, and nothing else", () => {
    const negated = modulusMaxima1(bumps(0, -1), [1, 2, 4], everything);
    expect(negated).toEqual(original.map(({ sign, ...rest }) => ({ ...rest, sign: -sign })));
  });
});

test("constants and straight lines have none", () => {
  const lengths = fc.integer({ min: 1, max: 50 });
  const values = fc.double({ min: -1e6, max: 1e6, noNaN: true });
  fc.assert(
    fc.property(lengths, values, (length, value) => {
      expect(modulusMaxima1(new Float64Array(length).fill(value))).toEqual([]);
    }),
  );
  expect(
    modulusMaxima1(
      sampled(500, (n) => n / 7),
      [1, 2, 4, 8],
      everything,
    ),
  ).toEqual([]);
});

test("short signals of any values are transformed without error", () => {
  const signals = fc.float64Array({
    min: -1e6,
    max: 1e6,
    noNaN: true,
    minLength: 1,
    maxLength: 12,
  });
  fc.assert(
    fc.property(signals, (signal) => {
      for (const { x, modulus } of modulusMaxima1(signal, [1, 2, 4, 8], everything)) {
        expect(x >= 0 && x <= signal.length - 1).toBe(true);
        expect(modulus > 0).toBe(true);
      }
    }),
  );
});

test("invalid arguments are refused by name", () => {
  const signal = Float64Array.of(1, 2, 3);
  expect(() => modulusMaxima1(new Float64Array(0))).toThrow(RangeError);
  expect(() => modulusMaxima1(Float64Array.of(1, Number.NaN))).toThrow("NaN at index 1");
  expect(() => modulusMaxima1(signal, [2, 1])).toThrow("scales must increase, unlike 2, 1");
  expect(() => modulusMaxima1(signal, [1], { threshold: -1 })).toThrow("not -1");
});
