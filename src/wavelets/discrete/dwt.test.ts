import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Mode } from "../extension/mode.ts";
import { wavelet } from "../families/wavelet.ts";
import { distance, fixtureSignal } from "../testing.ts";
import { dwt, idwt } from "./dwt.ts";
import { dwtMaxLevel } from "./maxLevel.ts";
import { wavedec, waverec } from "./wavedec.ts";

const modes: readonly Mode[] = ["symmetric", "periodization"];

describe.each(["haar", "bior2.2", "bior4.4"] as const)("%s", (name) => {
  describe.each(modes)("%s", (mode) => {
    test("reconstruction has the signal's exact length and values, from one sample up", () => {
      const anySignal = fc.float64Array({
        min: -1,
        max: 1,
        minLength: 1,
        maxLength: 70,
        noNaN: true,
      });
      fc.assert(
        fc.property(anySignal, fc.integer({ min: 0, max: 7 }), (signal, levels) => {
          const back = waverec(wavedec(signal, wavelet(name), { mode, levels }));
          expect(distance(back, signal)).toBeLessThan(1e-9);
        }),
        { numRuns: 50 },
      );
    });
  });
});

test("orthogonal Haar keeps the energy", () => {
  const energy = (x: Float64Array) => x.reduce((sum, value) => sum + value * value, 0);
  const signal = fixtureSignal(64);
  const { coefficients } = wavedec(signal, wavelet("haar"), { mode: "periodization", levels: 6 });
  const total = coefficients.reduce((sum, band) => sum + energy(band), 0);
  expect(total).toBeCloseTo(energy(signal), 9);
});

test("one step and back", () => {
  const signal = Float64Array.of(1, 2, 3, 4, 5);
  const bands = dwt(signal, wavelet("bior4.4"));
  expect(bands.approximation.length).toBe(7);
  expect(distance(idwt(bands), signal)).toBeLessThan(1e-10);
});

test("the default depth is PyWavelets'", () => {
  expect(dwtMaxLevel(28, wavelet("haar"))).toBe(4);
  expect(dwtMaxLevel(28, wavelet("bior4.4"))).toBe(1);
  expect(dwtMaxLevel(1, wavelet("bior4.4"))).toBe(0);
  expect(wavedec(fixtureSignal(28), wavelet("haar")).coefficients.length).toBe(5);
});

test("invalid arguments are refused by name", () => {
  expect(() => dwt(new Float64Array(0), wavelet("haar"))).toThrow("is empty");
  expect(() => wavedec(fixtureSignal(4), wavelet("haar"), { levels: 1.5 })).toThrow("not 1.5");
  const bands = dwt(fixtureSignal(8), wavelet("haar"));
  expect(() => idwt({ ...bands, length: 12 })).toThrow("has 4 coefficients instead of 6");
});
