import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dwt, idwt } from "./dwt.ts";
import type { Mode } from "./mode.ts";
import { distance, fixtureSignal } from "./testing.ts";
import { dwtMaxLevel, wavedec, waverec } from "./wavedec.ts";
import { type WaveletName, wavelet } from "./wavelet.ts";

interface Frozen {
  wavelet: WaveletName;
  mode: Mode;
  length: number;
  levels: number;
  coefficients: number[][];
}
const frozen: Frozen[] = JSON.parse(
  readFileSync(new URL("./fixtures/wavedec.json", import.meta.url), "utf8"),
);
const modes: readonly Mode[] = ["symmetric", "periodization"];

describe.each(["haar", "bior2.2", "bior4.4"] as const)("%s", (name) => {
  describe.each(modes)("%s", (mode) => {
    const cases = frozen.filter((c) => c.wavelet === name && c.mode === mode);

    test(`equals PyWavelets on ${cases.length} decompositions`, () => {
      for (const { length, levels, coefficients } of cases) {
        const ours = wavedec(fixtureSignal(length), wavelet(name), { mode, levels }).coefficients;
        expect(ours.length).toBe(coefficients.length);
        for (const [i, band] of coefficients.entries())
          expect(distance(ours[i]!, band)).toBeLessThan(1e-12);
      }
    });

    test("single precision agrees with double precision", () => {
      for (const { length, levels, coefficients } of cases) {
        const signal = Float32Array.from(fixtureSignal(length));
        const ours = wavedec(signal, wavelet(name), { mode, levels }).coefficients;
        const scale = Math.max(...coefficients.flat().map(Math.abs));
        for (const [i, band] of coefficients.entries()) {
          expect(ours[i]).toBeInstanceOf(Float32Array);
          expect(distance(ours[i]!, band)).toBeLessThanOrEqual(1e-5 * scale);
        }
      }
    });

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

test("Haar with periodization is PyWavelets' bit for bit", () => {
  for (const c of frozen.filter((c) => c.wavelet === "haar" && c.mode === "periodization")) {
    const options = { mode: c.mode, levels: c.levels };
    const ours = wavedec(fixtureSignal(c.length), wavelet("haar"), options).coefficients;
    expect(ours.map((band) => Array.from(band, (x) => x + 0))).toEqual(
      c.coefficients.map((band) => band.map((x) => x + 0)),
    );
  }
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

test("mistakes are named", () => {
  expect(() => dwt(new Float64Array(0), wavelet("haar"))).toThrow("empty signal");
  expect(() => wavedec(fixtureSignal(4), wavelet("haar"), { levels: 1.5 })).toThrow("not 1.5");
  const bands = dwt(fixtureSignal(8), wavelet("haar"));
  expect(() => idwt({ ...bands, length: 12 })).toThrow("holds 4 coefficients where 6 belong");
});
