import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { wavelet } from "../families/wavelet.ts";
import { modwtMra, modwtMraAdjoint } from "../multiresolution/modwtMra.ts";
import { distance, dot, fixtureSignal, noise } from "../testing.ts";
import { imodwt, imodwtAdjoint, type Modwt, modwt, modwtAdjoint } from "./modwt.ts";
import { orthogonalWavelets, testWavelets } from "./testing.ts";

const db4 = wavelet("db4");

test("Haar: half the difference and half the sum of each sample and the one before", () => {
  const { approximation, details } = modwt(Float64Array.of(1, 4, 2), wavelet("haar"), {
    levels: 1,
  });
  expect(distance(details[0]!, [-0.5, 1.5, -1])).toBeLessThan(1e-15);
  expect(distance(approximation, [1.5, 2.5, 3])).toBeLessThan(1e-15);
});

test("Percival and Walden's pyramid, term by term", () => {
  const signal = fixtureSignal(21);
  const ours = modwt(signal, db4, { levels: 3 });
  let low = signal;
  for (let level = 1; level <= 3; level++) {
    const filter = (taps: readonly number[]) =>
      low.map((_, t) =>
        taps.reduce((sum, tap, l) => {
          const place = (((t - 2 ** (level - 1) * l) % 21) + 21) % 21;
          return sum + (tap / Math.SQRT2) * low[place]!;
        }, 0),
      );
    const high = filter(db4.recHi);
    low = filter(db4.recLo);
    expect(distance(ours.details[3 - level]!, high)).toBeLessThan(1e-12);
  }
  expect(distance(ours.approximation, low)).toBeLessThan(1e-12);
});

const anyCase = fc.record({
  length: fc.integer({ min: 1, max: 70 }),
  levels: fc.integer({ min: 0, max: 7 }),
});

describe.each(testWavelets.map((w) => [w.name, w] as const))("%s", (_, w) => {
  test("the inverse is exact at any length", () => {
    fc.assert(
      fc.property(anyCase, ({ length, levels }) => {
        const signal = noise(length, 0);
        expect(distance(imodwt(modwt(signal, w, { levels })), signal)).toBeLessThan(5e-11);
      }),
      { numRuns: 50 },
    );
  });

  test("adjoints of the transform, of its inverse and of the analysis", () => {
    fc.assert(
      fc.property(anyCase, ({ length, levels }) => {
        const x = noise(length, 0);
        const image = modwt(x, w, { levels });
        const c = withBands(image, (i) => noise(length, 0).map((v, n) => v * (((n + i) % 5) - 2)));
        expect(dot(bands(image), bands(c))).toBeCloseTo(dot(x, modwtAdjoint(c)), 9);
        expect(dot(imodwt(c), x)).toBeCloseTo(
          dot(bands(c), bands(imodwtAdjoint(x, w, { levels }))),
          9,
        );
        const { approximation: smooth, details } = image;
        const parts = { smooth, details, length, wavelet: w };
        const made = modwtMra(c);
        expect(dot([made.smooth, ...made.details], bands(image))).toBeCloseTo(
          dot(bands(c), bands(modwtMraAdjoint(parts))),
          9,
        );
      }),
      { numRuns: 50 },
    );
  });

  test("smooth and details add up to the signal", () => {
    fc.assert(
      fc.property(anyCase, ({ length, levels }) => {
        const signal = noise(length, 0);
        const { smooth, details } = modwtMra(modwt(signal, w, { levels }));
        const sum = smooth.map((value, n) => details.reduce((s, part) => s + part[n]!, value));
        expect(distance(sum, signal)).toBeLessThan(5e-11);
      }),
      { numRuns: 30 },
    );
  });
});

describe.each(orthogonalWavelets.map((w) => [w.name, w] as const))("orthogonal %s", (_, w) => {
  test("keeps the energy, and its adjoint is its inverse", () => {
    fc.assert(
      fc.property(anyCase, ({ length, levels }) => {
        const signal = noise(length, 0);
        const coefficients = modwt(signal, w, { levels });
        const all = bands(coefficients);
        expect(dot(all, all)).toBeCloseTo(dot(signal, signal), 9);
        expect(distance(modwtAdjoint(coefficients), signal)).toBeLessThan(5e-11);
      }),
      { numRuns: 30 },
    );
  });

  test("details are filtered with phase zero: an impulse gives details symmetric about it", () => {
    const impulse = Float64Array.from({ length: 41 }, (_, n) => (n === 20 ? 1 : 0));
    const { smooth, details } = modwtMra(modwt(impulse, w, { levels: 3 }));
    for (const part of [smooth, ...details])
      expect(distance(part, part.toReversed())).toBeLessThan(1e-12);
  });
});

test("single precision in, single precision out", () => {
  const signal = Float32Array.from(noise(50, 0));
  const coefficients = modwt(signal, db4, { levels: 4 });
  expect(coefficients.details[0]).toBeInstanceOf(Float32Array);
  expect(distance(imodwt(coefficients), signal)).toBeLessThan(6e-7);
});

test("invalid arguments are refused by name", () => {
  expect(() => modwt(new Float64Array(0), wavelet("haar"))).toThrow("is empty");
  expect(() => modwt(fixtureSignal(4), wavelet("haar"), { levels: -1 })).toThrow("not -1");
  const coefficients = modwt(fixtureSignal(4), wavelet("haar"));
  expect(() => imodwt({ ...coefficients, length: 5 })).toThrow("4 coefficients instead of 5");
});

function bands({ approximation, details }: Modwt) {
  return [approximation, ...details];
}

function withBands(c: Modwt<Float64Array>, of: (i: number) => Float64Array): Modwt<Float64Array> {
  return { ...c, approximation: of(0), details: c.details.map((_, i) => of(i + 1)) };
}
