import { describe, expect, test } from "vitest";
import { createRandom } from "../../../data/random/random.ts";
import { quality } from "../../signal/quality.ts";
import { coordinatesOf, type Signal } from "../../signal/signal.ts";
import { denoise } from "./denoise.ts";
import { samplesOf } from "./sparseFit.ts";

/** A disc on a slope, in three channels, and the same with noise. */
const at = coordinatesOf([96, 90]);
const clean: Signal = {
  size: [96, 90],
  channels: 3,
  values: Float32Array.from({ length: 96 * 90 * 3 }, (_, i) => {
    const [y, x] = [at[2 * Math.floor(i / 3)]!, at[2 * Math.floor(i / 3) + 1]!]; // a point a pixel
    return 0.3 * x + (Math.hypot(x, y) < 0.5 ? 0.4 : -0.3) * (1 - 0.2 * (i % 3));
  }),
};
const random = createRandom(4);
const noisy = { ...clean, values: clean.values.map((x) => x + 0.2 * random.normal()) };
const psnr = (values: Float32Array) => quality(clean, { ...clean, values }).psnr;

describe("noise", () => {
  test("is estimated where nothing else is", () => {
    expect(denoise(noisy).sigma).toBeGreaterThan(0.19);
    expect(denoise(noisy).sigma).toBeLessThan(0.21);
    expect(denoise({ ...clean, values: clean.values.map(() => 0.5) })).toMatchObject({
      sigma: expect.closeTo(0, 6),
    });
  });

  test.each(["bayes", "universal"] as const)("is mostly taken away (%s)", (threshold) => {
    const { expansion, kept } = denoise(noisy, { threshold });
    expect(psnr(samplesOf(expansion))).toBeGreaterThan(psnr(noisy.values) + 7);
    expect(kept).toBeLessThan(noisy.values.length / 4);
    expect(kept).toBe(expansion.coefficients.filter((x) => x !== 0).length);
  });

  test("of no strength takes nothing away", () => {
    const { expansion } = denoise(noisy, { sigma: 0 });
    expect(quality(noisy, { ...noisy, values: samplesOf(expansion) }).psnr).toBeGreaterThan(120);
  });

  test("soft thresholds shrink what hard ones keep", () => {
    const [soft, hard] = (["soft", "hard"] as const).map((kind) =>
      denoise(noisy, { threshold: "universal", kind }),
    );
    expect(soft!.kept).toBe(hard!.kept); // two of them
    const size = ({ coefficients }: { coefficients: Float64Array }) =>
      coefficients.reduce((sum, x) => sum + Math.abs(x), 0);
    expect(size(soft!.expansion)).toBeLessThan(size(hard!.expansion));
  });
});
