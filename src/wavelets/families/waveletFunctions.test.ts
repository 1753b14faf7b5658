import { describe, expect, test } from "vitest";
import { distance } from "../testing.ts";
import { type WaveletName, wavelet, waveletNames } from "./wavelet.ts";
import { dualFunctions, type SampledFunction, waveletFunctions } from "./waveletFunctions.ts";

const level = 4;
const unit = 2 ** level;
const sum = (values: Float64Array) => values.reduce((a, b) => a + b, 0);

/** Σₖ f(x + k) for the places x of one unit. */
function periodized({ y }: SampledFunction): Float64Array {
  const sums = new Float64Array(unit);
  for (const [j, value] of y.entries()) sums[j % unit]! += value; // inside
  return sums;
}

/** Whose scaling function is no function: unbounded in the mean. */
const wild = { function: "rbio3.1", dual: "bior3.1" } as const;

describe.each(waveletNames.filter((name) => name !== "dmey"))("%s", (name) => {
  const digits = /4\.4/.test(name) ? 1e-11 : 1e-14;
  const sides = [
    ...(name === wild.function ? [] : [["", waveletFunctions] as const]),
    ...(name === wild.dual ? [] : [["dual ", dualFunctions] as const]),
  ];

  test.each(sides)(
    "the shifts of its %sφ add up to 1, those of ψ to nothing, and they solve the two-scale equations",
    (side, functionsOf) => {
      const w = wavelet(name);
      const fine = functionsOf(w, level);
      const { phi, psi, step } = fine;
      expect(distance(periodized(phi), new Array(unit).fill(1))).toBeLessThan(digits);
      expect(Math.abs(sum(phi.y) * step - 1)).toBeLessThan(digits);
      expect(Math.abs(sum(psi.y) * step)).toBeLessThan(digits);

      const coarse = functionsOf(w, level - 1);
      const h = side ? w.decLo.toReversed() : w.recLo;
      const g = side ? w.decHi.toReversed() : w.recHi;
      const combined = (c: readonly number[], i: number) =>
        c.reduce((total, tap, n) => total + tap * (coarse.phi.y[i - (n * unit) / 2] ?? 0), 0);
      const places = Array.from({ length: fine.phi.y.length / 7 }, (_, i) => 7 * i);
      for (const [{ y }, c] of [
        [fine.phi, h],
        [fine.psi, g],
      ] as const) {
        const values = places.map((i) => y[i]!);
        const sums = places.map((i) => Math.SQRT2 * combined(c, i));
        expect(distance(values, sums)).toBeLessThan(1e-12);
      }
    },
  );
});

describe("values known by hand", () => {
  test("db2 at the integers is (1 ± √3) / 2", () => {
    const { phi } = waveletFunctions(wavelet("db2"), 1);
    expect(phi.kind).toBe("values");
    expect(Array.from(phi.x)).toEqual([0, 0.5, 1, 1.5, 2, 2.5, 3]);
    [0, 0, (1 + Math.sqrt(3)) / 2, 0, (1 - Math.sqrt(3)) / 2, 0, 0].forEach((value, i) => {
      if (i % 2 === 0) expect(phi.y[i]).toBeCloseTo(value, 14);
    });
    // √2 h₀ φ(1) = (1 + √3)/4 · (1 + √3)/2
    expect(phi.y[1]).toBeCloseTo((1 + Math.sqrt(3)) ** 2 / 8, 14);
  });

  test("bior2.2 is the hat, bior3.3 the quadratic spline", () => {
    const hat = waveletFunctions(wavelet("bior2.2"), 3).phi;
    const center = hat.x[hat.y.indexOf(Math.max(...hat.y))]!;
    hat.x.forEach((x, i) => {
      expect(hat.y[i]).toBeCloseTo(Math.max(0, 1 - Math.abs(x - center)), 14);
    });
    const spline = waveletFunctions(wavelet("bior3.3"), 1).phi.y.filter((y) => y > 1e-15);
    [1 / 8, 1 / 2, 3 / 4, 1 / 2, 1 / 8].forEach((value, i) => {
      expect(spline[i]).toBeCloseTo(value, 14);
    });
  });

  test("Haar jumps, so it has means: 1 and then −1", () => {
    const { phi, psi, step } = waveletFunctions(wavelet("haar"), 2);
    expect([phi.kind, psi.kind, step]).toEqual(["means", "means", 0.25]);
    expect(Array.from(phi.x)).toEqual([0.125, 0.375, 0.625, 0.875]);
    [1, 1, 1, 1].forEach((value, i) => {
      expect(phi.y[i]).toBeCloseTo(value, 14);
    });
    [1, 1, -1, -1].forEach((value, i) => {
      expect(psi.y[i]).toBeCloseTo(value, 14);
    });
  });
});

test("the values of a finer level contain those of a coarser one", () => {
  const coarse = waveletFunctions(wavelet("sym8"), 3).psi;
  const fine = waveletFunctions(wavelet("sym8"), 5).psi;
  coarse.y.forEach((value, i) => {
    expect(fine.y[4 * i]).toBeCloseTo(value, 13);
  });
});

test("shifts of smooth functions are orthonormal", () => {
  for (const name of ["db10", "sym10", "coif5"] as const) {
    const { phi, psi, step } = waveletFunctions(wavelet(name), 7);
    const product = (a: Float64Array, b: Float64Array, shift: number) =>
      a.reduce((total, value, i) => total + value * (b[i - 128 * shift] ?? 0), 0) * step;
    for (const shift of [0, 1, 2]) {
      expect(product(phi.y, phi.y, shift)).toBeCloseTo(shift === 0 ? 1 : 0, 9);
      expect(product(psi.y, psi.y, shift)).toBeCloseTo(shift === 0 ? 1 : 0, 9);
      expect(product(phi.y, psi.y, shift)).toBeCloseTo(0, 9);
    }
  }
});

test("an orthogonal wavelet is its own dual", () => {
  expect(dualFunctions(wavelet("db7"), 3)).toEqual(waveletFunctions(wavelet("db7"), 3));
});

test("dmey has values as accurate as its filter", () => {
  for (const total of periodized(waveletFunctions(wavelet("dmey"), level).phi))
    expect(Math.abs(total - 1)).toBeLessThan(6e-3);
});

test("a function that has neither values nor means is refused", () => {
  expect(() => waveletFunctions(wavelet(wild.function), 3)).toThrow(
    "rbio3.1 has neither values nor means",
  );
  expect(() => dualFunctions(wavelet(wild.dual), 3)).toThrow("the dual of bior3.1 has neither");
});

test.each([0, -1, 1.5, 17, Number.NaN])("level %s is refused", (wrong) => {
  const anyName: WaveletName = "db2";
  expect(() => waveletFunctions(wavelet(anyName), wrong)).toThrow(RangeError);
});
