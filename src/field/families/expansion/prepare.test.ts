import { describe, expect, test } from "vitest";
import { someNumbers } from "../../../../test/evaluate.ts";
import { createRandom } from "../../../data/random/random.ts";
import { denoisePicture, noiseLevel2 } from "../../../wavelets/index.ts";
import { quality } from "../../signal/quality.ts";
import type { Signal } from "../../signal/signal.ts";
import { fromCellMeans } from "./cellMeans.ts";
import { denoise } from "./denoise.ts";
import { prepare } from "./prepare.ts";
import { samplesOf } from "./sparseFit.ts";

const values = Float32Array.from(someNumbers(1200, -0.5, 0.5));
const picture: Signal = { size: [40, 30], channels: 1, values };
const sound: Signal = { size: [1200], channels: 1, values };

test("nothing is done unless it is asked for", () => {
  expect(prepare(picture, {})).toEqual({ signal: picture });
  expect(prepare(picture, { samples: "points" })).toEqual({ signal: picture });
});

test("a sound's noise is taken away before means are sharpened, its strength being a part of the range", () => {
  const { signal, noise } = prepare(sound, { denoise: 0.1, samples: "means" });
  const clean = samplesOf(denoise(sound, { sigma: 0.2 }).expansion);
  expect(signal).toEqual(fromCellMeans({ ...sound, values: clean }));
  expect(noise?.sigma).toBeCloseTo(0.1, 12);
  const estimated = prepare(sound, { denoise: "auto" }).noise?.sigma;
  expect(estimated).toBeCloseTo(denoise(sound).sigma / 2, 12);
});

test("so is a picture's, by denoisePicture", () => {
  const plane = { height: 40, width: 30, data: values };
  const { signal, noise } = prepare(picture, { denoise: 0.1, samples: "means" });
  const [clean] = denoisePicture([plane], { sigma: 0.2 });
  expect(signal).toEqual(fromCellMeans({ ...picture, values: clean!.data }));
  expect(noise?.sigma).toBeCloseTo(0.1, 12);
  const estimated = prepare(picture, { denoise: "auto" }).noise?.sigma;
  expect(estimated).toBeCloseTo(noiseLevel2([plane]) / 2, 12);
});

describe("a picture in color", () => {
  const random = createRandom(4);
  const clean: Signal = {
    size: [80, 72],
    channels: 3,
    values: Float32Array.from({ length: 80 * 72 * 3 }, (_, i) => {
      const [y, x] = [Math.floor(i / 3 / 72) - 40, (Math.floor(i / 3) % 72) - 36];
      return x / 90 + (Math.hypot(x, y) < 25 ? 0.4 : -0.3) * (1 - 0.2 * (i % 3));
    }),
  };
  const noisy = { ...clean, values: clean.values.map((x) => x + 0.2 * random.normal()) };

  test("gains 1 dB over thresholds of the expansion that were told the noise", () => {
    const { signal, noise } = prepare(noisy, { denoise: "auto" });
    const before = { ...clean, values: samplesOf(denoise(noisy, { sigma: 0.2 }).expansion) };
    expect(noise?.sigma).toBeGreaterThan(0.09);
    expect(noise?.sigma).toBeLessThan(0.11);
    expect(quality(clean, signal).psnr).toBeGreaterThan(quality(clean, before).psnr + 1);
  });

  test("is kept within its range where noise was clipped at black and white", () => {
    const clip = (x: number) => Math.min(1, Math.max(-1, x));
    const clipped = { ...noisy, values: noisy.values.map((x) => clip(x - 0.5)) };
    const { signal } = prepare(clipped, { denoise: "auto" });
    expect(signal.values.every((x) => x >= -1 && x <= 1)).toBe(true);
  });
});
