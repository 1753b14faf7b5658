import { describe, expect, test } from "vitest";
import { continuousWavelet, continuousWaveletNames } from "./families.ts";
import { scaleCells, scalesFor } from "./scales.ts";
import { scalingSpectra, scalingSpectrum } from "./scaling.ts";

describe("the scaling function", () => {
  test("of the Mexican hat is known: φ̂² = c² (1 + ω²) e^(−ω²) / 2", () => {
    const mexh = continuousWavelet("mexh");
    const square = (8 * Math.PI) / (3 * Math.sqrt(Math.PI));
    for (const w of [0, 0.3, -1, 2.5, 4]) {
      const expected = Math.sqrt((square * (1 + w * w) * Math.exp(-w * w)) / 2);
      expect(scalingSpectrum(mexh, w)).toBeCloseTo(expected, 10);
    }
    expect(scalingSpectrum(mexh, 20)).toBe(0);
  });

  test.each(continuousWaveletNames)("of %s makes a constant of the scales above it", (name) => {
    const wavelet = continuousWavelet(name);
    const { peakFrequency, spectrum } = wavelet;
    const scales = scalesFor({ from: 0.004, to: 1, voices: 30 });
    const { weights, end } = scaleCells(scales);
    const total = (omega: number) =>
      scales.reduce(
        (sum, s, i) =>
          sum + (weights[i]! * (spectrum(s * omega) ** 2 + spectrum(-s * omega) ** 2)) / 2, // a weight a scale
        scalingSpectrum(wavelet, end * omega) ** 2,
      );
    const constant = scalingSpectrum(wavelet, 0) ** 2;
    const rough = name.startsWith("shan") ? 0.05 : 5e-3; // whose spectrum jumps
    for (const share of [0.01, 0.4, 1, 1.7, 5])
      expect(Math.abs(total(share * peakFrequency) / constant - 1)).toBeLessThan(rough);
  });

  test("at many frequencies at once is the same function", () => {
    for (const name of ["gaus1", "cgau2", "cmor1.5-1.0", "morse20-3"]) {
      const wavelet = continuousWavelet(name);
      const values = scalingSpectra(wavelet, 0.21);
      for (const [k, value] of values.entries())
        expect(value).toBeCloseTo(scalingSpectrum(wavelet, 0.21 * k), 6);
    }
  });

  test("is integrated again for another step, and each time for a wavelet that can change", () => {
    const frozen = continuousWavelet("mexh");
    const first = scalingSpectra(frozen, 0.3).slice();
    expect(scalingSpectra(frozen, 0.3)).toBe(scalingSpectra(frozen, 0.3));
    expect(scalingSpectra(frozen, 0.4)).not.toEqual(first);
    expect(scalingSpectra(frozen, 0.3)).toEqual(first);
    const loose = { ...frozen };
    const whole = scalingSpectra(loose, 0.3);
    loose.spectrum = (omega) => 2 * frozen.spectrum(omega);
    expect(scalingSpectra(loose, 0.3)[0]).toBeCloseTo(2 * whole[0]!, 10);
  });
});
