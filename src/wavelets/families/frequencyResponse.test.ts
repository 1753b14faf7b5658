import { describe, expect, test } from "vitest";
import type { ComplexParts } from "../arrays/complex.ts";
import { dualSpectra, frequencyResponse, waveletSpectra } from "./frequencyResponse.ts";
import { wavelet } from "./wavelet.ts";
import { dualFunctions, type SampledFunction, waveletFunctions } from "./waveletFunctions.ts";

const omegas = Float64Array.from({ length: 40 }, (_, i) => 0.37 * i);
const squares = ({ re, im }: ComplexParts<Float64Array>) => re.map((x, i) => x * x + im[i]! ** 2);

describe("the response of a filter", () => {
  test("is its Fourier sum", () => {
    const { re, im } = frequencyResponse([1, 2, 3], [0, Math.PI / 2, Math.PI]);
    [6, -2, 2].forEach((value, i) => {
      expect(re[i]).toBeCloseTo(value, 14);
    });
    [0, -2, 0].forEach((value, i) => {
      expect(im[i]).toBeCloseTo(value, 14);
    });
  });

  test("of the two filters of an orthogonal wavelet adds up to all energy", () => {
    const { decLo, decHi } = wavelet("db5");
    const low = squares(frequencyResponse(decLo, omegas));
    const high = squares(frequencyResponse(decHi, omegas));
    low.forEach((energy, i) => {
      expect(energy + high[i]!).toBeCloseTo(2, 13);
    });
  });
});

/** The Fourier integral of samples, at one frequency. */
function integral({ x, y }: SampledFunction, step: number, omega: number): [number, number] {
  let [re, im] = [0, 0];
  y.forEach((value, i) => {
    re += step * value * Math.cos(omega * x[i]!);
    im -= step * value * Math.sin(omega * x[i]!);
  });
  return [re, im];
}

describe("the spectra of the functions behind a wavelet", () => {
  test.each(["db10", "sym10", "coif5"] as const)("are those of the samples of %s", (name) => {
    const { phi, psi, step } = waveletFunctions(wavelet(name), 6);
    const spectra = waveletSpectra(wavelet(name), omegas);
    omegas.forEach((omega, i) => {
      for (const [f, spectrum] of [[phi, spectra.phi] as const, [psi, spectra.psi] as const]) {
        const [re, im] = integral(f, step, omega);
        expect(spectrum.re[i]).toBeCloseTo(re, 11);
        expect(spectrum.im[i]).toBeCloseTo(im, 11);
      }
    });
  });

  test("of means are the spectrum times that of a cell, at frequencies where the function has little beyond", () => {
    const { phi, step } = dualFunctions(wavelet("bior2.2"), 10);
    const spectrum = dualSpectra(wavelet("bior2.2"), [1]).phi;
    const cell = Math.sin(step / 2) / (step / 2);
    const [re, im] = integral(phi, step, 1);
    expect(re).toBeCloseTo(spectrum.re[0]! * cell, 5);
    expect(im).toBeCloseTo(spectrum.im[0]! * cell, 5);
  });

  test("keep the energy: Parseval", () => {
    // The sum is the integral, since functions of width below 2π / spacing do not overlap when repeated.
    const spacing = 0.2;
    const wide = Float64Array.from({ length: 1000 }, (_, i) => spacing * i);
    for (const name of ["db4", "db10", "coif3"] as const) {
      const { phi, psi } = waveletSpectra(wavelet(name), wide);
      for (const f of [phi, psi]) {
        const energies = squares(f);
        const total = energies.reduce((a, b) => a + b, 0) - energies[0]! / 2;
        expect((total * spacing) / Math.PI).toBeCloseTo(1, 5);
      }
    }
  });

  test("Haar's is sin(ω/2) / (ω/2), turned by half its width", () => {
    const { phi } = waveletSpectra(wavelet("haar"), omegas);
    omegas.forEach((omega, i) => {
      const height = omega === 0 ? 1 : Math.sin(omega / 2) / (omega / 2);
      expect(phi.re[i]).toBeCloseTo(height * Math.cos(omega / 2), 14);
      expect(phi.im[i]).toBeCloseTo(-height * Math.sin(omega / 2), 14);
    });
  });

  test("vanish at whole turns but 0, and at 0 for ψ", () => {
    const turns = [0, 2 * Math.PI, 4 * Math.PI, 6 * Math.PI];
    const { phi, psi } = waveletSpectra(wavelet("sym5"), turns);
    squares(phi).forEach((energy, i) => {
      expect(energy).toBeCloseTo(i === 0 ? 1 : 0, 14);
    });
    expect(squares(psi)[0]).toBeCloseTo(0, 14);
  });

  test("of both sides of a biorthogonal wavelet sum over whole turns to 1", () => {
    for (const omega of [0.3, 1, 2.5]) {
      const around = Array.from({ length: 101 }, (_, k) => omega + 2 * Math.PI * (k - 50));
      const [a, b] = [
        waveletSpectra(wavelet("bior3.5"), around),
        dualSpectra(wavelet("bior3.5"), around),
      ];
      const total = a.phi.re.reduce(
        (sum, re, k) => sum + re * b.phi.re[k]! + a.phi.im[k]! * b.phi.im[k]!,
        0,
      );
      expect(total).toBeCloseTo(1, 6);
    }
  });
});
