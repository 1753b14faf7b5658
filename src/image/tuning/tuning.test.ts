import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Raster } from "../../data/images/raster.ts";
import { type FeatureMatrix, matrixOf } from "../fidelity/featureMatrix.ts";
import { imageLanguage } from "../language/language.ts";
import type { ImageSampling } from "../sampling.ts";
import { loadedDiscs, untrainedRun } from "../testing.ts";
import { spread } from "./diversity.ts";
import { coarseFeatures } from "./features.ts";
import { nearestClass } from "./nearestClass.ts";
import { pick, type Tried, tuneSampling, usualKeep, usualStages } from "./tuneSampling.ts";

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

describe("what is picked", () => {
  const way = (recognized: number, diversity: number, parts?: number): Tried => ({
    ...{ recognized, diversity, spread: 1, parts, sampling: { temperature: recognized } },
  });
  test("is the most recognized of the ways that keep enough of the highest diversity", () => {
    const tried = [way(0.7, 0.8), way(0.9, 0.6), way(0.99, 0.3)];
    expect(pick(tried, 0.7)).toBe(tried[1]);
    expect(pick(tried, 0.8)).toBe(tried[0]);
    expect(pick(tried, 0)).toBe(tried[2]);
    expect(pick([way(0.9, 0.6), way(0.9, 0.7)], 0.5)?.diversity).toBe(0.7);
    expect(pick([], 0.5)).toBeUndefined();
  });
  test("has about as many bright parts as real pictures, if they are gray", () => {
    const tried = [way(0.99, 0.8, 1.2), way(0.97, 0.8, 1.05), way(0.98, 0.8, 0.8)];
    expect(pick(tried, 0.65, { parts: 1.04 })).toBe(tried[1]);
    expect(pick(tried, 0.65, {})).toBe(tried[0]);
  });
  test("is never less recognized than the most diverse way", () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const ways = fc.array(
      fc.tuple(share, share).map(([a, b]) => way(a, b)),
      { minLength: 1 },
    );
    fc.assert(
      fc.property(ways, share, (tried, keep) => {
        const found = pick(tried, keep)!; // there is one
        const diverse = [...tried].sort((a, b) => b.diversity - a.diversity)[0]!;
        expect(found.recognized).toBeGreaterThanOrEqual(diverse.recognized);
        expect(found.diversity).toBeGreaterThanOrEqual(keep * diverse.diversity);
      }),
    );
  });
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

  test("tries stage after stage, and picks the best of all", async () => {
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
    expect(tuning.best).toBe(pick(tuning.tried, usualKeep, tuning.real));
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

  test("tries cooling from the plane at which most training images start", () => {
    const startingPlanes = [
      { "1": 5, "2": 1 },
      { "0": 3, "1": 1 },
    ];
    const found = usualStages({ startingPlanes })
      .flatMap((stage) => stage({ temperature: 0.6 }))
      .filter(({ cooling, topP }) => cooling && topP === undefined);
    expect(found).toEqual([
      { temperature: { shape: 1.4, detail: 0.6 }, cooling: { factor: 0.6, from: 1 } },
      { temperature: { shape: 1.4, detail: 0.8 }, cooling: { factor: 0.5, from: 1 } },
    ]);
  });

  test("tries guidance only where the run was trained for it, also at the plain temperature of the shape", () => {
    const guided = (dropout: { readonly classDropout?: number }, best: ImageSampling) =>
      usualStages(dropout)
        .flatMap((stage) => stage(best))
        .filter(({ guidance, cooling }) => guidance !== undefined && !cooling)
        .map(({ temperature }) => temperature);
    const [plain, cold] = [1, 0.6].map((shape) => ({ shape, detail: 0.8 }));
    expect(guided({}, { temperature: plain! })).toEqual([]);
    expect(guided({ classDropout: 0.1 }, { temperature: plain! })).toEqual(Array(4).fill(plain));
    expect(guided({ classDropout: 0.1 }, { temperature: cold! })).toEqual([
      ...[plain, plain, plain, plain, cold, cold, cold, cold],
    ]);
  });
});
