import { describe, expect, test } from "vitest";
import { dwt } from "../discrete/dwt.ts";
import type { Wavelet } from "../filterBank/wavelet.ts";
import { distance, dot, fixtureSignal, noise } from "../testing.ts";
import {
  type DualTree,
  dualTree,
  dualTreeAdjoint,
  idualTree,
  idualTreeAdjoint,
} from "./dualTree.ts";
import { dualTreeFilters } from "./filters.ts";
import { energiesOf, energy, step, variation, wrongSide } from "./testing.ts";

const filters = dualTreeFilters();
const flat = ({ approximation, details }: DualTree) =>
  [approximation, ...details].flatMap(({ re, im }) => [re, im]);
const lengths = [...Array.from({ length: 40 }, (_, i) => i + 1), 63, 64, 100];

test("the inverse gives the signal's length and values, from one sample up", () => {
  for (const length of lengths) {
    const signal = fixtureSignal(length);
    for (const levels of [0, 1, 3, 5]) {
      const back = idualTree(dualTree(signal, { levels }));
      expect(distance(back, signal)).toBeLessThan(5e-11);
    }
    const single = Float32Array.from(signal);
    const back = idualTree(dualTree(single));
    expect(back).toBeInstanceOf(Float32Array);
    expect(distance(back, single)).toBeLessThan(3.125 * 6e-7);
  }
});

test("coefficients are what the filters say", () => {
  /** A tree of real numbers, band by band, the approximation first and then the coarsest level. */
  function byDefinition(signal: Float64Array, tree: "a" | "b", levels: number): number[][] {
    const bands: number[][] = [];
    let low = Array.from(signal, (x) => x * Math.SQRT1_2);
    for (let level = 0; level < levels; level++) {
      const taps = level === 0 ? filters.first : tree === "a" ? filters.h : filters.g;
      const shift = 1 - taps.length / 2 + (level === 0 && tree === "b" ? 1 : 0);
      const period = low.length + (low.length % 2); // the last of an odd number is repeated
      const sums = (weight: (m: number) => number) =>
        Array.from({ length: period / 2 }, (_, k) =>
          taps.reduce((sum, _, m) => {
            const place = (((2 * k + m + shift) % period) + period) % period;
            return sum + weight(m) * (low[place] ?? low.at(-1)!);
          }, 0),
        );
      bands.unshift(sums((m) => (m % 2 === 0 ? 1 : -1) * taps.at(-1 - m)!));
      low = sums((m) => taps[m]!);
    }
    return [low, ...bands];
  }
  for (const length of [1, 2, 5, 16, 31, 64, 101])
    for (const levels of [0, 1, 4]) {
      const signal = fixtureSignal(length);
      const { approximation, details } = dualTree(signal, { levels });
      const [a, b] = [byDefinition(signal, "a", levels), byDefinition(signal, "b", levels)];
      for (const [i, { re, im }] of [approximation, ...details].entries()) {
        expect(distance(re, a[i]!)).toBeLessThan(1e-12);
        expect(distance(im, b[i]!)).toBeLessThan(1e-12);
      }
    }
});

test("adjoints are adjoints", () => {
  for (const length of lengths) {
    const x = fixtureSignal(length);
    const transform = dualTree(x);
    let seed = 0;
    const random = ({ length }: ArrayLike<number>) => noise(++seed + length, 0).slice(seed);
    const noisy = ({ re, im }: DualTree["approximation"]) => ({
      re: random(re),
      im: random(im),
    });
    const { approximation, details } = transform;
    const y = { ...transform, approximation: noisy(approximation), details: details.map(noisy) };
    expect(dot(flat(transform), flat(y))).toBeCloseTo(dot(x, dualTreeAdjoint(y)), 9);
    expect(dot(idualTree(y), x)).toBeCloseTo(dot(flat(y), flat(idualTreeAdjoint(x))), 9);
  }
});

test("of a length divisible by 2^levels the energy is kept, the adjoint is the inverse, and there are two numbers a sample", () => {
  const signal = fixtureSignal(96);
  const transform = dualTree(signal, { levels: 5 });
  expect(energy(...flat(transform)) / energy(signal)).toBeCloseTo(1, 11);
  expect(distance(dualTreeAdjoint(transform), signal)).toBeLessThan(5e-11);
  expect(flat(transform).reduce((sum, { length }) => sum + length, 0)).toBe(2 * signal.length);
});

describe("a step that is shifted from sample to sample", () => {
  test("has nearly the same energy at every level", () => {
    const found = variation(step, (data) => energiesOf(dualTree(data, { levels: 5 })));
    expect(Math.max(...found)).toBeLessThan(0.05);
  });

  test("has not by the discrete wavelet transform of the same filters", () => {
    const alternate = filters.h.map((x, n) => (n % 2 === 0 ? x : -x));
    const h: Wavelet = {
      name: "h",
      decLo: filters.h,
      decHi: alternate.toReversed(),
      recLo: filters.h.toReversed(),
      recHi: alternate,
    };
    const found = variation(step, (data) => {
      let low = data;
      return Array.from({ length: 5 }, () => {
        const { approximation, detail } = dwt(low, h, { mode: "periodization" });
        low = approximation;
        return energy(detail);
      });
    });
    expect(Math.min(...found)).toBeGreaterThan(0.3);
  });
});

test("complex wavelets have one sign of frequency, but for 10⁻⁴ of their energy, from the second level on", () => {
  for (const level of [2, 3, 4]) expect(wrongSide(level, filters)).toBeLessThan(1e-4);
});

test("a shift by 2^levels samples shifts coefficients by one", () => {
  const signal = fixtureSignal(64);
  const shifted = Float64Array.from(signal, (_, i) => signal[(i + 8) % 64]!);
  const [a, b] = [dualTree(signal), dualTree(shifted)].map(({ details }) => details[0]!.im);
  expect(distance(b!, [...a!.slice(1), a![0]!])).toBeLessThan(1e-12);
});

test("invalid arguments are refused by name", () => {
  expect(() => dualTree(new Float64Array(0))).toThrow("is empty");
  expect(() => dualTree(fixtureSignal(4), { levels: 0.5 })).toThrow("not 0.5");
  expect(() => idualTree({ ...dualTree(fixtureSignal(8)), length: 20 })).toThrow("instead of");
  const whole: DualTree = dualTree(fixtureSignal(8));
  const single: DualTree = dualTree(Float32Array.from(fixtureSignal(8)));
  const mixed = { ...whole, details: single.details };
  expect(() => idualTree(mixed)).toThrow("is a Float32Array, not a Float64Array");
});
