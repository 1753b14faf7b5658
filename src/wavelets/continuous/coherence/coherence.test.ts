import { describe, expect, test } from "vitest";
import { noise } from "../../testing.ts";
import { cwt } from "../cwt.ts";
import { scalesFor } from "../scales.ts";
import { crossSpectrum } from "./crossSpectrum.ts";
import { smoothingInScale, smoothingInTime } from "./smoothing.ts";
import { waveletCoherence } from "./waveletCoherence.ts";

const length = 512;
const scales = scalesFor({ from: 2, to: 64, voices: 8 });
const transformed = (data: Float64Array, norm: "l1" | "l2" = "l2") =>
  cwt(data, scales, "morlet6", { norm });

/** Two noises with a wave of a quarter radian per sample in common, the second a sample late, in the first half alone. */
const wave = (delay: number) =>
  Float64Array.from({ length }, (_, n) => (n < length / 2 ? 2 * Math.cos((n - delay) / 4) : 0));
const [x, y] = [0, 1].map((i) => wave(i).map((value, n) => value + noise(length, i + 1)[n]!)) as [
  Float64Array,
  Float64Array,
];
const result = waveletCoherence(transformed(x), transformed(y));
/** The row of the scale whose frequency is that of the wave. */
const row = result.frequencies.reduce(
  (best, f, i) =>
    Math.abs(f - 1 / (8 * Math.PI)) < Math.abs(result.frequencies[best]! - 1 / (8 * Math.PI))
      ? i
      : best,
  0,
);

describe("waveletCoherence", () => {
  test("is near 1 where a wave is common, with its phase, and lower elsewhere", () => {
    const at = (n: number) => row * length + n;
    expect(result.coherence[at(128)]).toBeGreaterThan(0.95);
    expect(result.phase[at(128)]).toBeCloseTo(0.25, 1);
    const fine = result.coherence.subarray(0, 16 * length); // scales below those of the wave
    expect(fine.reduce((sum, value) => sum + value, 0) / fine.length).toBeLessThan(0.5);
  });

  test("is from 0 to 1, and 1 of a signal with itself and with its negative", () => {
    for (const value of result.coherence) {
      expect(value).toBeGreaterThanOrEqual(0);
      expect(value).toBeLessThanOrEqual(1);
    }
    const own = transformed(x);
    const same = waveletCoherence(own, own);
    expect(Math.min(...same.coherence)).toBeGreaterThan(1 - 1e-9);
    expect(Math.max(...same.phase.map(Math.abs))).toBeLessThan(1e-9);
    const negative = waveletCoherence(own, transformed(x.map((value) => -3 * value)));
    expect(Math.min(...negative.coherence)).toBeGreaterThan(1 - 1e-9);
    expect(Math.min(...negative.phase.map(Math.abs))).toBeGreaterThan(3.14);
  });

  test("does not depend on the order or the size of the signals, nor on the norm", () => {
    const back = waveletCoherence(transformed(y.map((value) => 1e6 * value)), transformed(x));
    const l1 = waveletCoherence(transformed(x, "l1"), transformed(y, "l1"));
    for (let i = 0; i < result.coherence.length; i += 97) {
      expect(back.coherence[i]).toBeCloseTo(result.coherence[i]!, 9);
      expect(back.phase[i]).toBeCloseTo(-result.phase[i]!, 6);
      expect(l1.coherence[i]).toBeCloseTo(result.coherence[i]!, 12);
    }
  });

  test("does not depend on the unit of the signals, however small or large", () => {
    for (const exponent of [-600, 600]) {
      const [a, b] = [x, y].map((data) => transformed(data.map((v) => 2 ** exponent * v)));
      const { coherence, phase } = waveletCoherence(a!, b!);
      expect(coherence).toEqual(result.coherence);
      expect(phase).toEqual(result.phase);
    }
  });

  test("is lower over more octaves, and 0 of silence", () => {
    const mean = (values: Float64Array) => values.reduce((sum, v) => sum + v, 0) / values.length;
    const wide = waveletCoherence(transformed(x), transformed(y), { octaves: 2 });
    expect(mean(wide.coherence)).toBeLessThan(mean(result.coherence));
    const silent = waveletCoherence(transformed(x), transformed(new Float64Array(length)));
    expect(silent.coherence.every((value) => value === 0)).toBe(true);
    expect(silent.phase.every((value) => value === 0)).toBe(true);
    const constant = [3, 7].map((value) => transformed(new Float64Array(500).fill(value)));
    expect(waveletCoherence(constant[0]!, constant[1]!).coherence.every((c) => c === 0)).toBe(true);
  });

  test("refuses transforms that differ and real wavelets", () => {
    const [own, short] = [transformed(x), transformed(x.slice(1))];
    expect(() => waveletCoherence(own, short)).toThrow("the same length, scales, wavelet");
    expect(() => waveletCoherence(own, transformed(x, "l1"))).toThrow("norm");
    const real = cwt(x, scales, "mexh");
    expect(() => waveletCoherence(real, real)).toThrow("mexh is real and has no phase");
    expect(() => waveletCoherence(own, own, { octaves: 0 })).toThrow("octaves must be a positive");
  });
});

test("the cross spectrum of a signal with itself is its power; that of two has the phase between them", () => {
  const own = transformed(x);
  const { re, im } = crossSpectrum(own, own);
  expect(re[5000]).toBeCloseTo(own.re[5000]! ** 2 + own.im![5000]! ** 2, 9);
  expect(Math.max(...im.map(Math.abs))).toBeLessThan(1e-12);
  const two = crossSpectrum(transformed(wave(0)), transformed(wave(1)));
  const at = row * length + 128;
  expect(Math.atan2(two.im[at]!, two.re[at]!)).toBeCloseTo(0.25, 2);
});

describe("smoothing", () => {
  test("in time is a mean with positive weights over the mirrored row", () => {
    const smooth = smoothingInTime(40, Math.SQRT2);
    for (const scale of [0.1, 2, 300]) {
      const [one, pulse] = [new Float64Array(40).fill(3), new Float64Array(40)];
      pulse[10] = 1;
      smooth(scale, one, pulse);
      for (const value of one) expect(value).toBeCloseTo(3, 12);
      expect(pulse.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 12);
      expect(Math.min(...pulse)).toBeGreaterThan(-1e-16);
    }
    const pulse = new Float64Array(40);
    pulse[20] = 1;
    smooth(2, pulse, new Float64Array(40));
    expect(pulse[24]! / pulse[20]!).toBeCloseTo(Math.exp(-2), 9); // |ψ(4/2)| of Morlet's wavelet
  });

  test("in scale is a mean over the octaves that the cells cover", () => {
    const [first, , middle] = smoothingInScale([1, 2, 4, 8, 16], 2);
    expect(middle).toEqual({ rows: [1, 2, 3], weights: [0.25, 0.5, 0.25] });
    expect(first!.rows).toEqual([0, 1]);
    expect(first!.weights[0]).toBeCloseTo(2 / 3, 12); // from −1/2, where its cell begins
    expect(smoothingInScale([8, 4], 0.1)).toEqual([
      { rows: [0], weights: [1] },
      { rows: [1], weights: [1] },
    ]);
  });
});
