import { describe, expect, test } from "vitest";
import { wavelet } from "../families/wavelet.ts";
import { distance, fixtureSignal, noise } from "../testing.ts";
import { denoise } from "./denoise.ts";
import { denoise2 } from "./denoise2.ts";
import type { DenoiseOptions } from "./shrinkage.ts";
import { type DemoSignalName, demoSignal } from "./signals.ts";
import { gaussianNoise, scaledTo, snr } from "./testing.ts";

const [db2, db4] = [wavelet("db2"), wavelet("db4")];

/** Signals of standard deviation 7 under noise of 1, the setting of Donoho and Johnstone (1994): about 17 dB. */
const truthOf = (name: DemoSignalName) => scaledTo(demoSignal(name, 1024), 7);
const noisyOf = (truth: Float64Array) => {
  const noise = gaussianNoise(truth.length);
  return truth.map((value, i) => value + noise[i]!);
};
const gain = (truth: Float64Array, options: DenoiseOptions, w = db4) => {
  const noisy = noisyOf(truth);
  return snr(denoise(noisy, w, options), truth) - snr(noisy, truth);
};

describe("the signal-to-noise ratio of WaveLab's signals rises by at least", () => {
  // Measured: 4.8, 3.6, 10.4, 6.2 dB by default; 5.8, 4.7, 11.7, 7.9 dB with the stationary transform.
  const least = { Blocks: 4.5, Bumps: 3.4, HeaviSine: 10, Doppler: 6 } as const;

  test.each(Object.entries(least) as [DemoSignalName, number][])("%s: %d dB", (name, decibels) => {
    const truth = truthOf(name);
    const plain = gain(truth, {});
    expect(plain).toBeGreaterThan(decibels);
    expect(gain(truth, { transform: "swt" })).toBeGreaterThan(plain + 0.5);
    expect(gain(truth, { mode: "periodization", shifts: 16 })).toBeGreaterThan(plain + 0.5);
  });

  test("Blocks with Haar, the stationary transform and hard universal thresholds: 12 dB", () => {
    const options = { transform: "swt", rule: "universal", shrink: "hard" } as const;
    expect(gain(truthOf("Blocks"), options, wavelet("haar"))).toBeGreaterThan(12);
  });

  test.each(["minimax", "sure", "hybridSure", "bayes"] as const)(
    "Doppler by %s: 3.8 dB",
    (rule) => {
      expect(gain(truthOf("Doppler"), { rule })).toBeGreaterThan(3.8);
      expect(gain(truthOf("Doppler"), { rule, transform: "swt" })).toBeGreaterThan(5.2);
      expect(gain(truthOf("Doppler"), { rule }, wavelet("bior4.4"))).toBeGreaterThan(3.8);
    },
  );
});

test("all shifts of a periodic transform, averaged, are the stationary transform", () => {
  const noisy = noisyOf(truthOf("Doppler").subarray(0, 64));
  const options = { levels: 3, noise: 1, rule: () => 1.7, shrink: "hard" } as const;
  const spun = denoise(noisy, db2, { ...options, mode: "periodization", shifts: 8 });
  expect(distance(denoise(noisy, db2, { ...options, transform: "swt" }), spun)).toBeLessThan(1e-11);
  const image = { height: 8, width: 8, data: noisy };
  const two = { ...options, levels: 2 };
  const spun2 = denoise2(image, db2, { ...two, mode: "periodization", shifts: 4 });
  const still2 = denoise2(image, db2, { ...two, transform: "swt" });
  expect(distance(still2.data, spun2.data)).toBeLessThan(1e-11);
});

test("a known noise level is not estimated, and a level of 0 leaves the signal unchanged", () => {
  const signal = noise(50, 0);
  expect(distance(denoise(signal, db4, { noise: 0 }), signal)).toBeLessThan(1e-11);
  const image = { height: 15, width: 20, data: noise(300, 0) };
  expect(distance(denoise2(image, db2, { noise: 0 }).data, image.data)).toBeLessThan(1e-11);
});

test("noise of neighbors that go together or against one another is measured in each band", () => {
  const truth = truthOf("HeaviSine");
  const white = gaussianNoise(1027);
  const red = white.map((value, i) => value + white[i + 1]! + white[i + 2]! + white[i + 3]!);
  const blue = white.map((value, i) => value - white[i + 1]!);
  const better = (colored: Float64Array, noise: "white" | "colored") => {
    const noisy = truth.map((value, i) => value + colored[i]!);
    return snr(denoise(noisy, db4, { noise, levels: 5 }), truth) - snr(noisy, truth);
  };
  expect(better(red, "colored")).toBeGreaterThan(better(red, "white") + 5);
  expect(better(blue, "colored")).toBeGreaterThan(better(blue, "white") + 2);
});

test("a picture of a disc gains 6.5 dB, 8.5 dB with the stationary transform", () => {
  const side = 64;
  const disc = Float64Array.from({ length: side * side }, (_, i) => {
    const inside = Math.hypot((i % side) - 30, Math.floor(i / side) - 34) < 18;
    return (inside ? 8 : 0) + (i % side) / 16;
  });
  const noisy = { height: side, width: side, data: noisyOf(disc) };
  const better = (options: DenoiseOptions) =>
    snr(denoise2(noisy, wavelet("haar"), options).data, disc) - snr(noisy.data, disc);
  expect(better({})).toBeGreaterThan(6.5);
  expect(better({ transform: "swt" })).toBeGreaterThan(8.5);
});

test("any length and type; a signal too short for one level is returned unchanged", () => {
  for (const length of [1, 2, 3, 7, 33]) {
    const signal = Float32Array.from(noise(length, 0));
    for (const transform of ["dwt", "swt"] as const) {
      const result = denoise(signal, db2, { transform, levels: 2 });
      expect(result).toBeInstanceOf(Float32Array);
      expect(result.length).toBe(length);
    }
  }
  expect(denoise(Float64Array.of(5), db4)).toEqual(Float64Array.of(5));
});

test("invalid arguments are refused by name", () => {
  const x = fixtureSignal(16);
  expect(() => denoise(new Float64Array(0), db2)).toThrow("is empty");
  expect(() => denoise(x, db2, { shifts: 0 })).toThrow("shifts must be");
  expect(() => denoise(x, db2, { shifts: 2, transform: "swt" })).toThrow('need transform "dwt"');
  expect(() => denoise(x, db2, { rule: "visu" as "sure" })).toThrow(
    '"visu" is not a threshold rule',
  );
});
