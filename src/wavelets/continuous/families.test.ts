import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { continuousWavelet, continuousWaveletNames } from "./families.ts";
import type { ContinuousWavelet } from "./wavelet/definition.ts";
import { integratePieces } from "./wavelet/quadrature.ts";

interface Frozen {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly re: readonly number[];
  readonly im?: readonly number[];
}
const frozen: readonly Frozen[] = JSON.parse(
  readFileSync(new URL("../fixtures/continuousWavelets.json", import.meta.url), "utf8"),
);

/** Equal pieces of `from … to`. */
const pieces = (from: number, to: number, count: number) =>
  Array.from({ length: count + 1 }, (_, i) => from + ((to - from) * i) / count);

/** ∫ψ(t) e^(−iωt) dt by quadrature over −reach … reach. */
function transformed({ psi }: ContinuousWavelet, reach: number, omega: number) {
  const cuts = pieces(-reach, reach, Math.ceil(4 * reach));
  const re = integratePieces((t) => {
    const { re, im } = psi(t);
    return re * Math.cos(omega * t) + im * Math.sin(omega * t);
  }, cuts);
  const im = integratePieces((t) => {
    const { re, im } = psi(t);
    return im * Math.cos(omega * t) - re * Math.sin(omega * t);
  }, cuts);
  return { re, im };
}

describe("ψ(t) is PyWavelets'", () => {
  test.each(frozen)("for $name", ({ name, from, to, re, im }) => {
    const { psi, complex } = continuousWavelet(name);
    expect(complex).toBe(im !== undefined);
    const most = Math.max(...re.map(Math.abs));
    for (const [i, value] of re.entries()) {
      const t = from + ((to - from) * i) / (re.length - 1);
      expect(Math.abs(psi(t).re - value)).toBeLessThan(3e-14 * Math.max(1, most));
      expect(Math.abs(psi(t).im - (im?.[i] ?? 0))).toBeLessThan(3e-14 * Math.max(1, most));
    }
  });
});

describe.each(continuousWaveletNames)("%s", (name) => {
  const wavelet = continuousWavelet(name);
  const peak = Math.abs(wavelet.spectrum(wavelet.peakFrequency)) || 1;

  test("keeps its name", () => expect(wavelet.name).toBe(name));

  // What falls slower than e^(−t) has no finite interval of integration; fbsp's spectrum is tested by its inverse below.
  if (wavelet.reach <= 40)
    test("has the Fourier transform ψ̂", () => {
      for (const share of [-1.5, -1, -0.4, 0, 0.3, 0.8, 1, 1.2, 2]) {
        const omega = share * wavelet.peakFrequency;
        const numeric = transformed(wavelet, wavelet.reach, omega);
        expect(Math.abs(numeric.re - wavelet.psiHat(omega).re)).toBeLessThan(2e-12 * peak);
        expect(Math.abs(numeric.im - wavelet.psiHat(omega).im)).toBeLessThan(2e-12 * peak);
      }
    });

  test("has the inverse Fourier transform ψ", () => {
    const { extent, breaks = [], spectrum, quarterTurns } = wavelet;
    const cuts = [
      ...(extent.negative > 0 ? pieces(-extent.negative, 0, 60).slice(0, -1) : []),
      ...pieces(0, extent.positive, 60),
      ...breaks.filter((x) => x < extent.positive),
    ].sort((a, b) => a - b);
    for (const t of [-3.1, -0.7, 0, 0.2, 1, 2.3]) {
      const phase = (omega: number) => omega * t + (quarterTurns * Math.PI) / 2;
      const re = integratePieces((w) => spectrum(w) * Math.cos(phase(w)), cuts) / (2 * Math.PI);
      const im = integratePieces((w) => spectrum(w) * Math.sin(phase(w)), cuts) / (2 * Math.PI);
      expect(Math.abs(re - wavelet.psi(t).re)).toBeLessThan(2e-12 * peak);
      expect(Math.abs((wavelet.complex ? im : 0) - wavelet.psi(t).im)).toBeLessThan(2e-12 * peak);
    }
  });

  test("has the slope of its spectrum", () => {
    for (const share of [-1.1, -0.3, 0.35, 0.9, 1.07]) {
      const omega = share * wavelet.peakFrequency;
      const h = 1e-5;
      const difference = (wavelet.spectrum(omega + h) - wavelet.spectrum(omega - h)) / (2 * h);
      expect(Math.abs(wavelet.slope(omega) - difference)).toBeLessThan(1e-6 * peak);
    }
  });

  test("has its largest response at its peak frequency", () => {
    const { peakFrequency, spectrum } = wavelet;
    const most = Math.max(Math.abs(spectrum(peakFrequency)), Math.abs(spectrum(-peakFrequency)));
    const seen = pieces(-3 * peakFrequency, 3 * peakFrequency, 600).map((w) =>
      Math.abs(spectrum(w)),
    );
    expect(Math.max(...seen)).toBeLessThanOrEqual(most * (1 + 1e-12));
  });

  test("ends where it says, in frequency and in time", () => {
    const { extent, reach, psi, spectrum } = wavelet;
    const most = Math.max(peak, Math.abs(spectrum(-wavelet.peakFrequency)));
    expect(Math.abs(spectrum(1.01 * extent.positive))).toBeLessThan(1e-15 * most);
    expect(Math.abs(spectrum(-1.01 * extent.negative - 1e-9))).toBeLessThan(1e-15 * most);
    if (reach < Infinity) {
      const { re, im } = psi(1.01 * reach);
      expect(Math.hypot(re, im)).toBeLessThan(1e-14 * most);
    }
  });
});

describe("the measured properties of a wavelet", () => {
  test("is what is known of the derivatives of a Gaussian", () => {
    let factor = Math.sqrt(2 * Math.PI);
    for (const n of [1, 2, 3, 4, 5, 6, 7, 8]) {
      const wavelet = continuousWavelet(`gaus${n}`);
      // C = √(2π) 2ⁿ (n − 1)! / (2n − 1)!!
      factor *= (2 * (n === 1 ? 1 : n - 1)) / (2 * n - 1);
      expect(wavelet.admissibility).toBeCloseTo(factor, 10);
      expect(wavelet.energy).toBeCloseTo(1, 12);
    }
  });

  test("is what is known of Morlet's wavelets", () => {
    const wavelet = continuousWavelet("cmor1.5-1.0");
    expect(wavelet.energy).toBeCloseTo(1 / Math.sqrt(3 * Math.PI), 12);
    expect(wavelet.timeSpread).toBeCloseTo(Math.sqrt(1.5) / 2, 12);
    expect(wavelet.frequencySpread).toBeCloseTo(1 / Math.sqrt(1.5), 10);
    expect(wavelet.centralFrequency).toBe(1);
    expect(wavelet.admissibility).toBe(Infinity);
    expect(continuousWavelet("morlet6").eFolding).toBeCloseTo(Math.SQRT2, 1);
    expect(continuousWavelet("morlet6").energy).toBeCloseTo(1, 12);
    for (const name of ["morlet0.01", "morlet0.3", "morlet1", "morlet6"]) {
      const { slope, spectrum, peakFrequency } = continuousWavelet(name);
      expect(Math.abs(slope(peakFrequency) / spectrum(peakFrequency)), name).toBeLessThan(1e-9);
    }
    expect(continuousWavelet("morlet1").psiHat(0)).toEqual({ re: 0, im: 0 });
    expect(continuousWavelet("morl").energy).toBeCloseTo(
      (Math.sqrt(Math.PI) / 2) * (1 + Math.exp(-25)),
      12,
    );
  });

  test("is what is known of Shannon's and the B-spline wavelets", () => {
    const shannon = continuousWavelet("shan1.5-1.0");
    expect(shannon.energy).toBeCloseTo(1, 12);
    expect(shannon.admissibility).toBeCloseTo(Math.log(7) / 1.5, 12);
    expect(shannon.timeSpread).toBe(Infinity);
    expect(shannon.reach).toBe(Infinity);
    expect(continuousWavelet("fbsp2-1.0-1.5").energy).toBeCloseTo(4 / 3, 12);
    expect(continuousWavelet("fbsp1-1.5-1.0").psi(0.3)).toEqual(shannon.psi(0.3));
  });

  test.each(["morse3-3", "morse20-3", "morse60-2", "morse1-0.5"])(
    "a line of values of %s is the values",
    (name) => {
      const { psi, psiLine } = continuousWavelet(name);
      for (const step of [1 / 200, 0.3, 4]) {
        const line = psiLine!(step, 400); // morse has lines
        const most = Math.hypot(psi(0).re, psi(0).im);
        for (const n of [0, 1, 63, 64, 65, 200, 399]) {
          const { re, im } = psi(n * step);
          expect(Math.abs(line.re[n]! - re) / most).toBeLessThan(1e-13);
          expect(Math.abs(line.im[n]! - im) / most).toBeLessThan(1e-13);
        }
      }
    },
  );

  test("is what is known of Cauchy's and Morse's wavelets", () => {
    const [cauchy, morse] = [continuousWavelet("cauchy4"), continuousWavelet("morse4-1")];
    expect(cauchy.peakFrequency).toBe(4);
    expect(cauchy.spectrum(4)).toBeCloseTo(2, 12);
    expect(cauchy.meanFrequency).toBeCloseTo(4.5, 10); // of ω⁸ e^(−2ω)
    for (const t of [-20, -2, -0.1, 0, 0.5, 7, 100]) {
      const [a, b] = [cauchy.psi(t), morse.psi(t)];
      const size = Math.hypot(a.re, a.im);
      expect(Math.hypot(a.re - b.re, a.im - b.im)).toBeLessThan(1e-12 * size);
    }
  });
});

describe("an unknown name of a continuous wavelet", () => {
  test("is refused with similar names", () => {
    expect(() => continuousWavelet("gauss2")).toThrow(RangeError);
    expect(() => continuousWavelet("gauss2")).toThrow("gaus2");
    expect(() => continuousWavelet("mexhat")).toThrow("mexh");
    expect(() => continuousWavelet("db4")).toThrow("is not a continuous wavelet");
    expect(() => continuousWavelet("toString")).toThrow("is not a continuous wavelet");
  });

  test("or one without its parameters is refused with the form of the name", () => {
    expect(() => continuousWavelet("cmor1.5")).toThrow("cmorB-C, such as cmor1.5-1.0");
    expect(() => continuousWavelet("cgau")).toThrow("such as cgau1 … cgau8");
    expect(() => continuousWavelet("mexh2")).toThrow(RangeError);
    expect(() => continuousWavelet("cmor0-1.0")).toThrow("positive");
    expect(() => continuousWavelet("fbsp1.5-1-1")).toThrow("must be an integer");
  });
});
