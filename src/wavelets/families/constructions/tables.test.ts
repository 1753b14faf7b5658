import { expect, test } from "vitest";
import { distance } from "../../testing.ts";
import { reconstructionError } from "../customBank.ts";
import { fromLowPass } from "../discreteWavelet.ts";
import { wavelet } from "../wavelet.ts";
import { biorthogonal } from "./biorthogonal.ts";

test("the table of bior4.4 is Cohen, Daubechies and Feauveau's filter to 6·10⁻¹³", () => {
  const table = wavelet("bior4.4");
  const exact = fromLowPass("9/7", biorthogonal("4.4"), table);
  for (const filter of ["decLo", "recLo"] as const) {
    expect(distance(exact[filter], table[filter])).toBeLessThan(6e-13);
    expect(distance(exact[filter], table[filter])).toBeGreaterThan(5e-13);
  }
  expect(reconstructionError(exact)).toBeLessThan(1e-15);
  expect(reconstructionError(table)).toBeGreaterThan(1e-13);
});

/** √2 times the n-th Fourier coefficient of Meyer's m₀ with ν(x) = x⁴ (35 − 84x + 70x² − 20x³). */
function meyer(n: number): number {
  const smooth = (x: number) => x ** 4 * (35 - 84 * x + 70 * x ** 2 - 20 * x ** 3);
  const m0 = (omega: number) => {
    const x = Math.min(1, Math.max(0, (3 * omega) / Math.PI - 1));
    return Math.cos((Math.PI / 2) * smooth(x));
  };
  const places = Array.from({ length: 2048 }, (_, i) => ((i + 0.5) * Math.PI) / 2048);
  const terms = places.map((omega) => m0(omega) * Math.cos(n * omega));
  return (Math.SQRT2 * terms.reduce((a, b) => a + b, 0)) / places.length;
}

test("dmey is Meyer's filter to 8.4·10⁻⁴, and reconstructs to 2·10⁻³", () => {
  const { recLo } = wavelet("dmey");
  const difference = distance(
    recLo,
    recLo.map((_, i) => meyer(i - 30)),
  );
  expect(difference).toBeLessThan(8.4e-4);
  expect(difference).toBeGreaterThan(8.3e-4);
  expect(reconstructionError(wavelet("dmey"))).toBeLessThan(2.5e-3);
});
