import fc from "fast-check";
import { expect, test } from "vitest";
import { wavelet } from "../families/wavelet.ts";
import { swt } from "../undecimated/swt.ts";
import { orthogonalWavelets } from "../undecimated/testing.ts";
import { noiseGains, noiseLevel } from "./noise.ts";
import {
  bayesThreshold,
  hybridSureThreshold,
  minimaxThreshold,
  sureThreshold,
  universalThreshold,
} from "./rules.ts";
import { gaussianNoise } from "./testing.ts";

const db4 = wavelet("db4");

test("the noise level is that of the noise, and a few large coefficients hardly change it", () => {
  const noise = gaussianNoise(20_000).map((x) => 0.3 * x);
  expect(noiseLevel(noise)).toBeCloseTo(0.3, 2);
  expect(noiseLevel(noise.map((x, i) => (i % 50 === 0 ? 100 : x)))).toBeCloseTo(0.3, 1);
  expect(noiseLevel(Float32Array.of(1, -2, 3, -4))).toBeCloseTo(2.5 / 0.67449, 4);
  expect(() => noiseLevel(new Float64Array(0))).toThrow("at least one coefficient");
});

test("noise gains: 1 for orthogonal wavelets, for others what the bands of noise show", () => {
  for (const w of orthogonalWavelets)
    for (const { low, high } of noiseGains(w, 5)) {
      expect(low).toBeCloseTo(1, 9);
      expect(high).toBeCloseTo(1, 9);
    }
  const w = wavelet("bior2.2");
  const gains = noiseGains(w, 3);
  const bands = swt(gaussianNoise(20_000), w, { levels: 3 });
  const deviation = (x: Float64Array) => Math.sqrt(x.reduce((s, v) => s + v * v, 0) / x.length);
  gains.forEach(({ low, high }, i) => {
    expect(deviation(bands.details[2 - i]!) / high).toBeCloseTo(1, 1);
    expect(deviation(bands.approximations[2 - i]!) / low).toBeCloseTo(1, 1);
  });
  expect(gains[0]!.high).not.toBeCloseTo(1, 1);
});

test("the universal threshold", () => {
  expect(universalThreshold(2, 1024)).toBeCloseTo(2 * Math.sqrt(2 * Math.log(1024)), 12);
  expect(universalThreshold(2, 1)).toBe(0);
});

test("the minimax threshold is Donoho and Johnstone's table", () => {
  const table = { 64: 1.474, 128: 1.669, 256: 1.859, 512: 2.045, 1024: 2.226, 2048: 2.403 };
  for (const [count, lambda] of Object.entries(table))
    expect(minimaxThreshold(1, Number(count))).toBeCloseTo(lambda, 3);
  expect(minimaxThreshold(0.5, 1024)).toBeCloseTo(minimaxThreshold(1, 1024) / 2, 12);
});

test("SURE: no threshold on a fine grid has a smaller estimate of the risk", () => {
  const values = fc.array(fc.integer({ min: -600, max: 600 }), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(values, fc.double({ min: 0.1, max: 3, noNaN: true }), (hundredths, sigma) => {
      const x = Float64Array.from(hundredths, (v) => v / 100);
      const risk = (t: number) =>
        x.reduce(
          (sum, v) => sum + Math.min((v / sigma) ** 2, t * t) - (Math.abs(v) / sigma <= t ? 2 : 0),
          x.length,
        );
      const most = Math.sqrt(2 * Math.log(x.length));
      const ours = sureThreshold(x, sigma) / sigma;
      expect(ours).toBeLessThanOrEqual(most + 1e-9);
      for (let t = 0; t <= most; t += 0.01)
        expect(risk(ours * (1 + 1e-12))).toBeLessThanOrEqual(risk(t) + 1e-9);
    }),
    { numRuns: 50 },
  );
});

test("the hybrid takes the universal threshold for what looks like noise", () => {
  const noise = gaussianNoise(256);
  expect(hybridSureThreshold(noise, 1)).toBe(universalThreshold(1, 256));
  const signal = noise.map((x, i) => x + (i % 2) * 5);
  expect(hybridSureThreshold(signal, 1)).toBe(sureThreshold(signal, 1));
});

test("BayesShrink: σ² / σ_x, and all of a band that is noise only", () => {
  expect(bayesThreshold(Float64Array.of(2, -2, 2, -2), 1)).toBeCloseTo(1 / Math.sqrt(3), 12);
  expect(bayesThreshold(Float64Array.of(0.5, -0.7), 1)).toBe(0.7);
});

test("without noise the threshold is 0; a negative noise level is refused", () => {
  const x = gaussianNoise(9);
  for (const rule of [sureThreshold, hybridSureThreshold, bayesThreshold]) {
    expect(rule(x, 0)).toBe(0);
    expect(() => rule(x, -1)).toThrow("0 or more, not -1");
    expect(rule(new Float64Array(0), 1)).toBe(0);
  }
  expect(minimaxThreshold(0, 100)).toBe(0);
  expect(noiseGains(db4, 0)).toEqual([]);
  // The filter from data to band is of 10¹² taps by then, and never made.
  expect(noiseGains(db4, 40).at(-1)!.high).toBeCloseTo(1, 9); // never empty
});
