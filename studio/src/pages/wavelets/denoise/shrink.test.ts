import { expect, test } from "vitest";
import { planesOf, psnrOf, rasterOf, type ShrinkSettings, shrunk, withNoise } from "./shrink.ts";

const [width, height] = [64, 48];
const raster = {
  ...{ width, height, channels: 3 as const },
  data: Uint8Array.from({ length: width * height * 3 }, (_, i) => (i % 192 < 90 ? 60 : 180)),
};
const settings: ShrinkSettings = {
  ...{ wavelet: "haar", levels: 3, sigma: 20, seed: 1, rule: "bayes", factor: 1, shrink: "soft" },
  ...{ transform: "dwt", shifts: 1, noise: "estimated" },
};
const picture = planesOf(raster);
const noisy = withNoise(picture, 20, 1);

test("planes and rasters are the same picture", () => {
  expect(rasterOf(picture)).toEqual(raster);
});

test("noise has the PSNR of its standard deviation, and is the same for the same seed", () => {
  expect(psnrOf(picture, noisy)).toBeCloseTo(20 * Math.log10(255 / 20), 0);
  expect(withNoise(picture, 20, 1)).toEqual(noisy);
  expect(withNoise(picture, 20, 2)).not.toEqual(noisy);
});

test("shrinking comes nearer to the picture, and cycle spinning nearer still", () => {
  const once = shrunk(noisy, settings);
  const spun = shrunk(noisy, { ...settings, shifts: 2 });
  expect(psnrOf(picture, once.clean)).toBeGreaterThan(psnrOf(picture, noisy) + 3);
  expect(psnrOf(picture, spun.clean)).toBeGreaterThan(psnrOf(picture, once.clean));
});

test("a threshold of 0 changes nothing and makes no zeros; a large one leaves none but zeros", () => {
  const same = shrunk(noisy, { ...settings, factor: 0 });
  expect(psnrOf(noisy, same.clean)).toBeGreaterThan(100);
  expect(same.zeros).toBe(0);
  expect(shrunk(noisy, { ...settings, rule: "universal", factor: 1000 }).zeros).toBe(1);
});
