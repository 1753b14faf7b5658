import { describe, expect, test } from "vitest";
import { wavelet } from "../families/wavelet.ts";
import { distance } from "../testing.ts";
import { hilbertPair, thiran } from "./hilbertPair.ts";

/** The filter at frequency ω. */
const at = (filter: readonly number[], omega: number) => ({
  re: filter.reduce((sum, x, n) => sum + x * Math.cos(omega * n), 0),
  im: -filter.reduce((sum, x, n) => sum + x * Math.sin(omega * n), 0),
});

const designs = [
  [1, 1],
  [2, 1],
  [3, 2],
  [4, 2],
  [5, 3],
  [7, 3],
] as const;
describe.each(designs)("%i vanishing moments and an all-pass filter of degree %i", (K, L) => {
  describe.each(["extremal", "symmetric"] as const)("of %s phase", (phase) => {
    const { h, g } = hilbertPair({ vanishingMoments: K, allPassDegree: L, phase });

    test("2 (K + L) taps, orthonormal to their shifts by two", () => {
      for (const filter of [h, g]) {
        expect(filter.length).toBe(2 * (K + L));
        for (let shift = 0; shift < filter.length; shift += 2) {
          const product = filter.reduce((sum, x, n) => sum + x * (filter[n + shift] ?? 0), 0);
          expect(Math.abs(product - (shift === 0 ? 1 : 0))).toBeLessThan(2e-12);
        }
      }
    });

    test("wavelets without their first K moments", () => {
      for (const filter of [h, g]) {
        for (let moment = 0; moment < K; moment++) {
          const terms = filter.map(
            (x, n) => (n % 2 === 0 ? x : -x) * (n / filter.length) ** moment,
          );
          expect(Math.abs(terms.reduce((a, b) => a + b, 0))).toBeLessThan(1e-11);
        }
      }
    });

    test("one magnitude, and half a sample between them at low frequencies", () => {
      for (let omega = 0; omega < 3; omega += 0.1) {
        const [a, b] = [at(h, omega), at(g, omega)];
        expect(Math.hypot(a.re, a.im)).toBeCloseTo(Math.hypot(b.re, b.im), 11);
        const phase = Math.atan2(b.im * a.re - b.re * a.im, b.re * a.re + b.im * a.im);
        if (omega < 0.6) expect(Math.abs(phase + omega / 2)).toBeLessThan(0.01);
      }
    });
  });
});

test("without all-pass filter both are Daubechies'", () => {
  for (const [name, vanishingMoments, phase] of [
    ["db4", 4, "extremal"],
    ["db8", 8, "extremal"],
    ["sym4", 4, "symmetric"],
  ] as const) {
    const { h, g } = hilbertPair({ vanishingMoments, allPassDegree: 0, phase });
    const { decLo } = wavelet(name);
    expect(g).toEqual(h);
    expect(Math.min(distance(h, decLo), distance(h, decLo.toReversed()))).toBeLessThan(1e-11);
  }
});

test("Thiran's all-pass filter of degree 1 and half a sample", () => {
  expect(thiran(1, 1 / 2)).toEqual([1, 1 / 3]);
});

test("what cannot be designed is refused in a sentence", () => {
  const phase = "extremal";
  expect(() => hilbertPair({ vanishingMoments: 0, allPassDegree: 2, phase })).toThrow(
    "not 0 and 2",
  );
  expect(() => hilbertPair({ vanishingMoments: 9, allPassDegree: 2, phase })).toThrow("K + L ≤ 10");
});
