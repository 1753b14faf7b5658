import { describe, expect, test } from "vitest";
import { dualFunctions, waveletFunctions } from "../families/waveletFunctions.ts";
import { distance, largest } from "../testing.ts";
import { continuousWavelet } from "./families.ts";
import { integrateWavelet } from "./integrateWavelet.ts";

describe("a discrete wavelet", () => {
  test("of straight pieces is integrated as by hand", () => {
    const { psi, step } = waveletFunctions("bior2.2", 3); // with corners at multiples of 1/2
    const { x, re, im } = integrateWavelet("bior2.2", { level: 3 });
    expect(im).toBeUndefined();
    expect(distance(x, psi.x)).toBe(0);
    let sum = 0;
    for (let i = 1; i < x.length; i++) {
      sum += ((psi.y[i - 1]! + psi.y[i]!) * step) / 2;
      expect(re[i]).toBeCloseTo(sum, 13);
    }
  });

  test.each(["db2", "sym8", "coif3", "rbio2.4"] as const)(
    "%s: the integral begins and ends with 0, at every level the same",
    (name) => {
      const [coarse, fine] = [3, 5].map((level) => integrateWavelet(name, { level }));
      expect(coarse!.re[0]).toBe(0);
      expect(Math.abs(coarse!.re.at(-1)!)).toBeLessThan(1e-10);
      const everyFourth = fine!.re.filter((_, i) => i % 4 === 0);
      expect(distance(everyFourth, coarse!.re)).toBeLessThan(1e-13);
      // its slope is ψ
      const { psi, step } = waveletFunctions(name, 10);
      const { re } = integrateWavelet(name, { level: 10 });
      const slopes = re.slice(2).map((value, i) => (value - re[i]!) / (2 * step));
      const rough = name === "db2" ? 0.1 : 0.03; // the roughest ψ has the least exact slope
      if (psi.kind === "values") expect(distance(slopes, psi.y.slice(1, -1))).toBeLessThan(rough);
    },
  );

  test("its dual is that of analysis", () => {
    const { psi } = dualFunctions("rbio2.2", 3);
    const { x, re } = integrateWavelet("rbio2.2", { level: 3, dual: true });
    expect(distance(x, psi.x)).toBe(0);
    const { re: same } = integrateWavelet("db3", { level: 3, dual: true });
    expect(distance(same, integrateWavelet("db3", { level: 3 }).re)).toBeLessThan(1e-12);
    expect(largest(re)).toBeGreaterThan(0.1);
  });
});

describe("a continuous wavelet", () => {
  test.each([
    ["mexh", (t: number) => (2 / Math.sqrt(3)) * Math.PI ** -0.25 * t * Math.exp((-t * t) / 2)],
    ["gaus1", (t: number) => (2 / Math.PI) ** 0.25 * Math.exp(-t * t)],
  ] as const)("%s has the integral known by hand", (name, integral) => {
    const { x, re, im } = integrateWavelet(name, { level: 4 });
    expect(im).toBeUndefined();
    expect(distance(re, x.map(integral))).toBeLessThan(1e-13);
  });

  test.each(["cmor1.5-1.0", "cgau3", "morse20-3", "shan1.5-1.0", "shan3-0.5", "fbsp1-1.5-1"])(
    "%s: from end to end it is ψ̂(0) and mirrored, and its slope is ψ",
    (name) => {
      const wavelet = continuousWavelet(name);
      const { x, re, im } = integrateWavelet(wavelet, { level: 5 });
      const [mean, middle] = [wavelet.psiHat(0), (x.length - 1) / 2];
      expect(x[middle]).toBe(0);
      // ψ(−t) is the conjugate of ψ(t), up to a sign for odd n of iⁿ
      const sign = wavelet.quarterTurns % 2 === 0 ? 1 : -1;
      for (let i = 0; i <= middle; i += 7) {
        const [a, b] = [middle - i, middle + i];
        expect(re[a]! + sign * re[b]!).toBeCloseTo(sign === 1 ? mean.re : 0, 8);
        expect(im![a]! - sign * im![b]!).toBeCloseTo(0, 8);
      }
      const at = middle + 5;
      const { re: slope } = wavelet.psi(x[at]!);
      const five = (re[at - 2]! - 8 * re[at - 1]! + 8 * re[at + 1]! - re[at + 2]!) / 12;
      expect(five * 32).toBeCloseTo(slope, 3);
    },
  );
});

test("invalid arguments are refused by name", () => {
  expect(() => integrateWavelet("mexh", { dual: true })).toThrow("has no dual");
  expect(() => integrateWavelet("rbio3.1")).toThrow("not integrable");
  expect(() => integrateWavelet("none")).toThrow(RangeError);
  expect(() => integrateWavelet(3 as never)).toThrow(TypeError);
});
