import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { wavelet } from "../families/wavelet.ts";
import { continuousWavelet } from "./families.ts";
import { centralFrequency, frequencyToScale, scaleToFrequency } from "./frequency.ts";

const { frequencies }: { frequencies: Record<string, { frequency: number; step: number }> } =
  JSON.parse(readFileSync(new URL("../fixtures/conveniences.json", import.meta.url), "utf8"));

describe("equals PyWavelets up to the error of its step", () => {
  test.each(Object.entries(frequencies))("%s", (name, { frequency, step }) => {
    expect(Math.abs(centralFrequency(name) - frequency)).toBeLessThan(step);
  });
});

test("of Haar the frequency f has tan(π f / 2) = π f, of a Mexican hat it is √2 / 2π", () => {
  const haar = centralFrequency("haar");
  expect(Math.tan((Math.PI * haar) / 2) / (Math.PI * haar)).toBeCloseTo(1, 6);
  expect(centralFrequency("mexh")).toBeCloseTo(Math.SQRT2 / 2 / Math.PI, 12);
});

test("wavelets and their names, aliases too, are one", () => {
  expect(centralFrequency(wavelet("bior4.4"))).toBe(centralFrequency("cdf9/7"));
  expect(centralFrequency(continuousWavelet("morl"))).toBe(centralFrequency("morl"));
  expect(() => centralFrequency("bior9.9")).toThrow("bior9.9");
  expect(() => centralFrequency("bior3.1")).toThrow("bior3.1 has no central frequency");
});

test("a scale of 4 samples, 100 samples a second", () => {
  expect(scaleToFrequency("cmor1.5-1.0", 4, 1 / 100)).toBeCloseTo(25, 12);
  expect(frequencyToScale("cmor1.5-1.0", 25, 1 / 100)).toBeCloseTo(4, 12);
  expect(frequencyToScale("db4", scaleToFrequency("db4", 7))).toBeCloseTo(7, 12);
  expect(() => frequencyToScale("db4", -1)).toThrow("a frequency must be a positive number");
  expect(() => scaleToFrequency("morl", 0)).toThrow("a scale must be a positive number");
});
