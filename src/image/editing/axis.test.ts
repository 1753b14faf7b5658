import { expect, test } from "vitest";
import { wavelet } from "../../wavelets/families/wavelet.ts";
import { idwt } from "../../wavelets/index.ts";
import { type ImageWavelet, imageWavelets } from "../language/imageWavelets.ts";
import { dependence, reaching } from "./axis.ts";

/** The samples of a coefficient equal to 1, synthesized through `step` + 1 steps. */
function synthesized(
  name: ImageWavelet,
  length: number,
  step: number,
  band: "low" | "high",
  k: number,
) {
  const unit = (size: number) => Float64Array.from({ length: size }, (_, i) => Number(i === k));
  let size = length / 2 ** (step + 1);
  let [approximation, detail] = [new Float64Array(size), new Float64Array(size)];
  if (band === "low") approximation = unit(size);
  else detail = unit(size);
  for (let s = step; s >= 0; s--) {
    size *= 2;
    const bands = { approximation, detail, length: size, mode: "periodization" } as const;
    approximation = idwt({ ...bands, wavelet: wavelet(name) });
    detail = new Float64Array(size);
  }
  return approximation;
}

test.each(imageWavelets)("supports of %s are those of synthesized coefficients", (name) => {
  for (const [length, from, to] of [
    [32, 9, 19],
    [32, 0, 1],
    [48, 40, 48],
    [8, 3, 4],
  ] as const) {
    const steps = 3;
    const table = reaching({ from, to, length, steps }, wavelet(name));
    for (const [step, bands] of table.entries()) {
      for (const band of ["low", "high"] as const) {
        const met = Array.from(bands[band], (_, k) =>
          Number(
            synthesized(name, length, step, band, k)
              .slice(from, to)
              .some((x) => Math.abs(x) > 1e-12),
          ),
        );
        expect(Array.from(bands[band]), `${band} of step ${step + 1} of ${length}`).toEqual(met);
      }
    }
  }
});

test("Haar's coefficients depend on the samples of their own square alone", () => {
  const [fine, coarse] = dependence({ from: 2, to: 5, length: 8, steps: 2 }, wavelet("haar"));
  const h = Math.SQRT1_2;
  for (const [found, expected] of [
    [fine!.low, [0, 2 * h, h, 0]],
    [fine!.high, [0, 2 * h, h, 0]],
    [coarse!.low, [1, 0.5]],
    [coarse!.high, [1, 0.5]],
  ] as const) {
    for (const [k, value] of expected.entries()) expect(found[k]).toBeCloseTo(value, 12);
  }
});
