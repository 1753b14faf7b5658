import { describe, expect, test } from "vitest";
import { modulo } from "../arrays/modulo.ts";
import { type WaveletLike, wavelet, waveletNames } from "../families/wavelet.ts";
import { distance, fixtureSignal } from "../testing.ts";
import { liftingScheme } from "./liftingScheme.ts";
import { liftingSteps } from "./liftingSteps.ts";
import { ilwt, lwt } from "./lwt.ts";

const coefficientsOf = (of: WaveletLike) =>
  liftingSteps(of).steps.flatMap(({ coefficients }) => coefficients);

/** One level of the filter bank as PyWavelets' periodization has it: Σ_j taps[j] x_{2k + f/2 − j}. */
const filtered = (x: Float64Array, taps: readonly number[]) =>
  Float64Array.from({ length: x.length / 2 }, (_, k) =>
    taps.reduce((sum, tap, j) => {
      const place = 2 * k + taps.length / 2 - j;
      return sum + tap * x[modulo(place, x.length)]!; // inside
    }, 0),
  );
/** The least distance over all circular shifts. */
const distanceOfShifted = (a: Float64Array, b: Float64Array) =>
  Math.min(...a.map((_, k) => distance([...a.slice(k), ...a.slice(0, k)], b)));

// Of the longest that are factored, which take tenths of a second, one.
const short = waveletNames.filter((name) => wavelet(name).decLo.length <= 16);
describe.each([...short, "db12"] as const)("the steps of %s", (name) => {
  const scheme = liftingSteps(name);
  const { decLo, decHi } = wavelet(name);
  const signal = fixtureSignal(64);

  test("are its filter bank, each band up to a shift", () => {
    const [low, high] = lwt(signal, scheme, { mode: "periodization" }).coefficients;
    expect(distanceOfShifted(low!, filtered(signal, decLo))).toBeLessThan(1e-9);
    expect(distanceOfShifted(high!, filtered(signal, decHi))).toBeLessThan(1e-9);
  });

  test("are small, and are undone at any length and either mode", () => {
    expect(
      Math.max(...scheme.steps.flatMap(({ coefficients }) => coefficients).map(Math.abs)),
    ).toBeLessThan(5.6);
    for (const length of [1, 2, 3, 10, 33]) {
      for (const mode of ["reflect", "periodization"] as const) {
        const x = fixtureSignal(length);
        expect(distance(ilwt(lwt(x, scheme, { mode, levels: 3 })), x)).toBeLessThan(5e-11);
      }
    }
  });
});

describe("a scheme with a name is a filter bank with another", () => {
  test.each([
    ["cdf5/3", "bior2.2"],
    ["cdf9/3", "bior2.4"],
    ["cdf9/7", "bior4.4"],
    ["haar", "haar"],
    ["db2", "db2"],
  ] as const)("%s is %s, details up to their sign", (scheme, name) => {
    const { decLo, decHi } = wavelet(name);
    const signal = fixtureSignal(32);
    const options = { mode: "periodization" } as const;
    const [low, high] = lwt(signal, liftingScheme(scheme), options).coefficients;
    // The table of bior4.4 carries twelve digits.
    expect(distanceOfShifted(low!, filtered(signal, decLo))).toBeLessThan(1e-10);
    const both = [1, -1].map((sign) =>
      distanceOfShifted(
        high!,
        filtered(signal, decHi).map((x) => sign * x),
      ),
    );
    expect(Math.min(...both)).toBeLessThan(1e-10);
  });
});

test("the famous factorings are found", () => {
  const expected = [-0.5, -0.5, 0.25, 0.25];
  expect(distance(coefficientsOf("bior2.2"), expected)).toBeLessThan(1e-12);
  const jpeg = liftingScheme("cdf9/7").steps.flatMap(({ coefficients }) => coefficients);
  expect(distance(coefficientsOf("bior4.4"), jpeg)).toBeLessThan(1e-9);
});

test("coif1, of which steps with a coefficient of 91.8 have been reported, has some below 0.4", () => {
  expect(Math.max(...coefficientsOf("coif1").map(Math.abs))).toBeLessThan(0.4);
});

test("what would lose digits is refused in a sentence", () => {
  expect(() => liftingSteps("db15")).toThrow("db15 has 30 taps");
  const [recLo, recHi] = [wavelet("haar").recLo, wavelet("haar").recHi];
  const skew = { name: "skew", decLo: [1, 0.01], decHi: [0.01, 1], recLo, recHi };
  expect(() => liftingSteps(skew)).toThrow("no lifting steps with coefficients up to 10");
  const twice = { name: "twice", decLo: [1, 1], decHi: [1, 1], recLo, recHi };
  expect(() => liftingSteps(twice)).toThrow(RangeError);
});
