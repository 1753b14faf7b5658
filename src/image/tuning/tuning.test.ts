import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Raster } from "../../data/images/raster.ts";
import { type FeatureMatrix, matrixOf } from "../fidelity/featureMatrix.ts";
import { imageLanguage } from "../language/language.ts";
import { loadedDiscs, untrainedRun } from "../testing.ts";
import { spread } from "./diversity.ts";
import { coarseFeatures } from "./features.ts";
import { nearestClass } from "./nearestClass.ts";
import { score, tuneSampling, usualStages } from "./tuneSampling.ts";

test("spread is the mean distance within a class, or of any two where no class has two", () => {
  expect(spread(matrixOf([[0], [3], [100], [101]]), [0, 0, 1, 1])).toBe(2);
  expect(spread(matrixOf([[0], [3]]), [0, 1])).toBe(3);
});

test("coarse features are as far apart as the means of cells are, with an orthogonal wavelet", () => {
  const side = 16;
  const language = imageLanguage({ wavelet: "haar", finest: 0.25 }, { width: side, height: side });
  const [a, b] = loadedDiscs(2, { width: side, height: side }).rasters as [Raster, Raster];
  const distance = (corner: number) => {
    const { dimension, data } = coarseFeatures(language, corner)([a, b]) as FeatureMatrix;
    const [p, q] = [data.subarray(0, dimension), data.subarray(dimension)];
    return p.reduce((sum, x, i) => sum + (x - q[i]!) ** 2, 0);
  };
  const cells = 4;
  const cell = side / cells;
  let expected = 0;
  for (let k = 0; k < cells ** 2; k++) {
    let sum = 0;
    for (let i = 0; i < cell ** 2; i++) {
      const row = Math.floor(k / cells) * cell + Math.floor(i / cell);
      const column = (k % cells) * cell + (i % cell);
      sum += (a.data[row * side + column]! - b.data[row * side + column]!) / 255;
    }
    expected += (sum / cell) ** 2;
  }
  expect(distance(cells)).toBeCloseTo(expected, 4);
  // All levels: the pictures themselves.
  const whole = a.data.reduce((sum, x, i) => sum + ((x - b.data[i]!) / 255) ** 2, 0);
  expect(distance(side)).toBeCloseTo(whole, 3);
});

test("the nearest class is that of the same picture, and of most neighbors", async () => {
  const rasters = loadedDiscs(6).rasters;
  const labels = Uint16Array.of(0, 1, 2, 3, 4, 5);
  const value = (i: number) => [[0], [1], [1.2], [1.3], [9], [10]][i]!;
  const describe = (some: readonly unknown[]) =>
    matrixOf(some.map((r) => value(rasters.indexOf(r as never))));
  const same = await nearestClass({ rasters, labels }, describe, 1);
  expect(await same(rasters)).toEqual([0, 1, 2, 3, 4, 5]);
  const voted = await nearestClass({ rasters, labels: Uint16Array.of(7, 7, 5, 5, 5, 5) }, describe);
  expect(await voted([rasters[0]!])).toEqual([7]);
  expect(await voted([rasters[2]!, rasters[4]!])).toEqual([5, 5]);
});

test("the score is high only where recognition and diversity both are", () => {
  const real = { recognized: 0.98, diversity: 0.8, spread: 1 };
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(share, share, (recognized, diversity) => {
      const found = score({ recognized, diversity, spread: 1 }, real);
      expect(found).toBeLessThanOrEqual(2 * Math.min(recognized / 0.98, diversity / 0.8) + 1e-9);
      expect(found).toBeLessThanOrEqual(1);
    }),
  );
  expect(score(real, real)).toBe(1);
  expect(score({ recognized: 0, diversity: 0, spread: 0 }, real)).toBe(0);
});

describe("a sweep", () => {
  const run = untrainedRun(
    {
      language: { wavelet: "haar", finest: 0.25 },
      ...{ width: 8, height: 8, classNames: ["even", "odd"], classDropout: 0.1 },
      startingPlanes: [{ "1": 1 }, { "1": 1 }],
    },
    7,
  );
  const images = loadedDiscs(20);

  test("tries stage after stage, and picks the highest score", async () => {
    const told: number[] = [];
    const tuning = await tuneSampling(run, images, {
      classify: (rasters) => rasters.map((_, i) => i % 2),
      stages: [() => [{}, { temperature: 0 }], (best) => [{ ...best, guidance: 2 }]],
      ...{ images: 100, seed: 3, threads: 1 },
      onTried: ({ recognized }) => told.push(recognized),
    });
    expect(tuning.images).toBe(10);
    expect(tuning.tried).toHaveLength(3);
    expect(told).toEqual(tuning.tried.map(({ recognized }) => recognized));
    const scores = tuning.tried.map((tried) => score(tried, tuning.real));
    expect(score(tuning.best, tuning.real)).toBe(Math.max(...scores));
    const [plain, cold, guided] = tuning.tried;
    expect(cold!.spread).toBeLessThan(plain!.spread);
    expect(guided!.sampling).toMatchObject({ guidance: 2 });
  });

  test("of a run with one class, or with too few pictures, is refused", async () => {
    const classify = () => [];
    const single = { ...run, config: { ...run.config, classNames: ["all"] } };
    await expect(tuneSampling(single, images, { classify })).rejects.toThrow("one class only");
    await expect(tuneSampling(run, loadedDiscs(6), { classify })).rejects.toThrow("too few");
  });

  test("tries guidance only where the run was trained for it", () => {
    const guided = (dropout: object) =>
      usualStages(dropout).some((stage) =>
        stage({}).some(({ guidance }) => guidance !== undefined),
      );
    expect(guided({ classDropout: 0.1 })).toBe(true);
    expect(guided({})).toBe(false);
  });
});
