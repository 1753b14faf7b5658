import { describe, expect, test } from "vitest";
import { cwt } from "../cwt.ts";
import { continuousWavelet } from "../families.ts";
import { scalesFor } from "../scales.ts";
import { inverseSynchrosqueeze } from "./inverseSynchrosqueeze.ts";
import { ridges } from "./ridges.ts";
import { type Synchrosqueezed, synchrosqueeze } from "./synchrosqueeze.ts";

/** Two chirps that do not meet: frequencies from 0.03 up to 0.07, and from 0.3 down to 0.18 cycles per sample. */
const length = 1000;
const rising = (n: number) => 0.03 + (0.04 * n) / length;
const falling = (n: number) => 0.3 - (0.12 * n) / length;
const up = chirp(1, 0.03, 0.02);
const down = chirp(0.6, 0.3, -0.06);
const both = up.map((x, n) => x + down[n]!);
const scales = scalesFor({ from: 1.92, to: 60, voices: 32 });
const squeezed = synchrosqueeze(both, scales, "morlet6");

function chirp(size: number, frequency: number, slope: number): Float64Array {
  return Float64Array.from(
    { length },
    (_, n) => size * Math.cos(2 * Math.PI * (frequency * n + (slope * n * n) / length)),
  );
}

/** The relative error between 100 samples after the beginning and 100 before the end. */
function error(found: ArrayLike<number>, truth: ArrayLike<number>): number {
  let [sum, whole] = [0, 0];
  for (let n = 100; n < truth.length - 100; n++) {
    sum += (found[n]! - truth[n]!) ** 2;
    whole += truth[n]! ** 2;
  }
  return Math.sqrt(sum / whole);
}

describe("synchrosqueeze", () => {
  test("adds up to the signal, exactly, in every mode", () => {
    for (const mode of ["symmetric", "periodic", "zero"] as const) {
      const transform = synchrosqueeze(both, scales, "cmor1.5-1.0", { mode });
      expect(error(inverseSynchrosqueeze(transform), both)).toBeLessThan(1e-15);
      expect(
        error(
          transform.residual.map((x, n) => x + both[n]!),
          both,
        ),
      ).toBeLessThan(0.01);
    }
    const single = synchrosqueeze(Float32Array.from(both), scales, "morlet6");
    expect(single.re).toBeInstanceOf(Float32Array);
    expect(error(inverseSynchrosqueeze(single), both)).toBeLessThan(2e-7);
  });

  test("has the energy of a chirp in the bin of its frequency and the one beside it", () => {
    const { re, im, frequencies } = synchrosqueeze(up, scales, "morlet6");
    const octaves = (row: number, n: number) => Math.abs(Math.log2(frequencies[row]! / rising(n)));
    let [near, whole] = [0, 0];
    for (let row = 0; row < frequencies.length; row++)
      for (let n = 100; n < length - 100; n++) {
        const energy = re[row * length + n]! ** 2 + im[row * length + n]! ** 2;
        whole += energy;
        if (octaves(row, n) < 1 / 32) near += energy;
      }
    expect(near / whole).toBeGreaterThan(0.999);
    // Of the transform itself it is a tenth.
    const plain = cwt(up, scales, "morlet6", { norm: "l1" });
    let [nearPlain, wholePlain] = [0, 0];
    for (let row = 0; row < frequencies.length; row++) {
      const energy = plain.re[row * length + 500]! ** 2 + plain.im![row * length + 500]! ** 2;
      wholePlain += energy;
      if (octaves(row, 500) < 1 / 32) nearPlain += energy;
    }
    expect(nearPlain / wholePlain).toBeLessThan(0.25);
  });

  test("sorts its frequencies, highest first, for scales in any order", () => {
    const shuffled = synchrosqueeze(both, [...scales].reverse(), "morlet6");
    expect(shuffled.frequencies).toEqual(squeezed.frequencies);
    expect(error(shuffled.re, squeezed.re)).toBeLessThan(1e-12);
    expect(squeezed.frequencies[0]).toBeGreaterThan(squeezed.frequencies[1]!);
  });

  test("leaves what is at most the threshold where no bin holds it", () => {
    const quiet = synchrosqueeze(both, scales, "morlet6", { threshold: 10 });
    expect(quiet.re.every((x) => x === 0)).toBe(true);
    expect(quiet.residual).toEqual(both);
    expect(synchrosqueeze(new Float64Array(5), [2], "morlet6").residual).toEqual(
      new Float64Array(5),
    );
  });

  test("refuses wavelets whose phase does not turn evenly, and thresholds below 0", () => {
    for (const name of ["mexh", "morl", "cgau4"])
      expect(() => synchrosqueeze(both, [4], name)).toThrow(`${name} responds to negative`);
    expect(() => synchrosqueeze(both, [4], "morlet6", { threshold: -1 })).toThrow("from 0 up");
  });
});

test("a squeezed transform does not depend on the unit of the signal", () => {
  for (const exponent of [-600, 600]) {
    const unit = 2 ** exponent;
    const { re, im, residual } = synchrosqueeze(
      both.map((v) => unit * v),
      scales,
      "morlet6",
    );
    expect(re.map((v) => v / unit)).toEqual(squeezed.re);
    expect(im.map((v) => v / unit)).toEqual(squeezed.im);
    expect(residual.map((v) => v / unit)).toEqual(squeezed.residual);
  }
});

describe("ridges", () => {
  test("follow two chirps, the stronger one first, to half a bin", () => {
    const [first, second] = ridges(squeezed, { count: 2 });
    for (let n = 50; n < length - 50; n++) {
      expect(Math.abs(Math.log2(first!.frequencies[n]! / rising(n)))).toBeLessThan(1 / 60);
      expect(Math.abs(Math.log2(second!.frequencies[n]! / falling(n)))).toBeLessThan(1 / 60);
    }
    expect(first!.rows).toHaveLength(length);
  });

  test("are followed in a transform that is not squeezed, of scales in any order", () => {
    const plain = cwt(both, [...scales].reverse(), continuousWavelet("morlet6"), { norm: "l1" });
    const [first, second] = ridges(plain, { count: 2 });
    for (let n = 100; n < length - 100; n += 10) {
      expect(Math.abs(Math.log2(first!.frequencies[n]! / rising(n)))).toBeLessThan(1 / 20);
      expect(Math.abs(Math.log2(second!.frequencies[n]! / falling(n)))).toBeLessThan(1 / 20);
      expect(plain.frequencies[first!.rows[n]!]).toBeCloseTo(first!.frequencies[n]!, 2);
    }
  });

  test("stay on a component through noise and a gap of it", () => {
    const broken = up.map((x, n) => (n > 480 && n < 520 ? 0 : x) + 0.4 * Math.sin(12.9898 * n * n));
    const [ridge] = ridges(synchrosqueeze(broken, scales, "morlet6"));
    for (let n = 50; n < length - 50; n++)
      expect(Math.abs(Math.log2(ridge!.frequencies[n]! / rising(n)))).toBeLessThan(0.25);
  });

  test("are the path of the largest sum: no other of a small plane is better", () => {
    const plane = { rows: 3, length: 4 };
    const re = Float64Array.from({ length: 12 }, (_, i) => Math.abs(Math.sin(5 * i * i + 1)));
    const transform: Synchrosqueezed = {
      ...{ re, im: re.map(() => 0), residual: new Float64Array(4), frequencies: [4, 2, 1] },
      ...{ length: 4, wavelet: continuousWavelet("morlet6"), samplingPeriod: 1 },
      mode: "zero",
    };
    const [found] = ridges(transform, { penalty: 0.3 });
    const pooled = (k: number, n: number) =>
      [k - 1, k, k + 1].reduce(
        (sum, row) => sum + (row in [0, 0, 0] ? re[4 * row + n]! ** 2 : 0),
        0,
      );
    const most = Math.max(...Array.from({ length: 12 }, (_, i) => pooled(i >> 2, i % 4)));
    const value = (path: readonly number[]) =>
      path.reduce(
        (sum, k, n) =>
          sum +
          Math.log(pooled(k, n) / (1e-6 * most) + 1) -
          (n > 0 ? 0.3 * Math.abs(k - path[n - 1]!) : 0),
        0,
      );
    const all = Array.from({ length: plane.rows ** plane.length }, (_, i) =>
      [0, 1, 2, 3].map((n) => Math.floor(i / 3 ** n) % 3),
    );
    expect(value([...found!.rows])).toBeCloseTo(Math.max(...all.map(value)), 5);
  });

  test("do not depend on the unit of the signal", () => {
    const plain = synchrosqueeze(up, scales, "morlet6");
    const [ridge] = ridges(plain);
    for (const exponent of [-500, -70, 70, 500]) {
      const unit = 2 ** exponent;
      const scaled = {
        ...plain,
        re: plain.re.map((x) => unit * x),
        im: plain.im.map((x) => unit * x),
      };
      expect(ridges(scaled)).toEqual([ridge]);
    }
  });

  test("of silence are there too; options out of range are refused", () => {
    const silent = synchrosqueeze(new Float64Array(9), [2, 3], "morlet6");
    expect([...ridges(silent)[0]!.frequencies].every(Number.isFinite)).toBe(true);
    expect(() => ridges(squeezed, { count: 0 })).toThrow("the number of ridges");
    expect(() => ridges(squeezed, { penalty: 0 })).toThrow("the penalty must be a positive");
    expect(() => ridges(squeezed, { width: Number.NaN })).toThrow("the width must be a positive");
  });
});

describe("inverseSynchrosqueeze", () => {
  test("separates two chirps around their ridges, or by a band, to less than 1 %", () => {
    const [first, second] = ridges(squeezed, { count: 2 });
    expect(error(inverseSynchrosqueeze(squeezed, { ridge: first! }), up)).toBeLessThan(0.01);
    expect(error(inverseSynchrosqueeze(squeezed, { ridge: second! }), down)).toBeLessThan(0.01);
    expect(error(inverseSynchrosqueeze(squeezed, { low: 0.1 }), down)).toBeLessThan(0.01);
    expect(error(inverseSynchrosqueeze(squeezed, { high: 0.1 }), up)).toBeLessThan(0.01);
  });

  test("refuses bands that hold nothing or say two things", () => {
    const [ridge] = ridges(squeezed);
    expect(() => inverseSynchrosqueeze(squeezed, { low: 3 })).toThrow("lies in the band");
    expect(() => inverseSynchrosqueeze(squeezed, { low: 0.2, high: 0.1 })).toThrow("in the band");
    expect(() => inverseSynchrosqueeze(squeezed, { low: -1 })).toThrow("the low frequency must be");
    expect(() => inverseSynchrosqueeze(squeezed, { ridge: ridge!, low: 1 })).toThrow("not both");
    expect(() => inverseSynchrosqueeze(squeezed, { width: 1 })).toThrow("around a ridge");
    const short = { ...ridge!, rows: new Int32Array(3) };
    expect(() => inverseSynchrosqueeze(squeezed, { ridge: short })).toThrow("3 samples instead");
    const beyond = { ...ridge!, rows: new Int32Array(length).fill(999) };
    expect(() => inverseSynchrosqueeze(squeezed, { ridge: beyond })).toThrow("no row 999");
  });
});
