import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { imagesAt, someOf } from "../../data/images/imagesAt.ts";
import type { LoadedImages } from "../../data/images/loadedImages.ts";
import { blankRaster, type Raster } from "../../data/images/raster.ts";
import { discPicture } from "../testing.ts";
import type { FeatureExtractor } from "./extractor.ts";
import { matrixOf } from "./featureMatrix.ts";
import { fidelity, halves } from "./fidelity.ts";
import { featureStatistics, inDeviations } from "./frechet.ts";
import { hashOfPictures, hashOfStatistics } from "./hash.ts";
import { memoryOf, memorySheet, nearestPictures } from "./memory.ts";
import { scatteringFeatures } from "./scatteringFeatures.ts";

/** Discs in two classes: dark ones with a bright ring's worth of pixels, by seed. */
function discs(count: number, seed: string, channels: 1 | 3 = 1): LoadedImages {
  return {
    classNames: ["even", "odd"],
    rasters: Array.from({ length: count }, (_, i) => discPicture(12, 12, channels, `${seed} ${i}`)),
    labels: Uint16Array.from({ length: count }, (_, i) => i % 2),
  };
}

/** The same pictures with a bright pixel where it was dark. */
const speckled = (images: LoadedImages): LoadedImages => ({
  ...images,
  rasters: images.rasters.map((raster, i) => {
    const data = raster.data.slice();
    data[(i * 37) % data.length] = 255;
    data[(i * 61 + 5) % data.length] = 255;
    return { ...raster, data };
  }),
});

const measured = (
  samples: LoadedImages,
  more: { readonly training?: LoadedImages } = {},
  extractor = blocks,
) => {
  const [reference, heldBack] = [discs(120, "reference"), discs(80, "other")];
  return fidelity({ reference, heldBack, samples, ...more }, { extractor });
};

/** The mean of each block of 4×4 pixels and its roughness: cheap, and enough for discs. */
const blocks: FeatureExtractor = {
  description: "blocks",
  standardized: true,
  features: async (rasters) =>
    matrixOf(
      rasters.map(({ data }) =>
        [0, 4, 8].flatMap((top) =>
          [0, 4, 8].flatMap((left) => {
            const at = (i: number) => data[(top + (i >> 2)) * 12 + left + (i & 3)]!;
            const pixels = Array.from({ length: 16 }, (_, i) => at(i));
            const mean = pixels.reduce((sum, x) => sum + x, 0) / 16;
            return [mean, Math.sqrt(pixels.reduce((sum, x) => sum + (x - mean) ** 2, 0))];
          }),
        ),
      ),
    ),
};

describe("fidelity", () => {
  test("tells good samples from spoiled ones, beside what real pictures get", async () => {
    const samples = discs(80, "samples");
    const extractor = scatteringFeatures(samples.rasters[0]!);
    const good = await measured(samples, {}, extractor);
    const bad = await measured(speckled(samples), {}, extractor);
    expect(good.real).toEqual(bad.real);
    expect(good.reference).toEqual(bad.reference);
    expect(good.samples.frechet / good.real.frechet).toBeLessThan(2);
    expect(bad.samples.frechet / bad.real.frechet).toBeGreaterThan(2);
    expect(bad.samples.precision).toBeLessThan(good.samples.precision - 0.2);
    expect(good.samples.components).toBe(1);
    expect(bad.samples.components).toBeGreaterThan(1.5);
    expect(good).toMatchObject({ dimension: 100, compared: 80, training: undefined });
    expect(good.reference.images).toBe(120);
  });

  test("finds copies by memory, and a lack of variety by recall", async () => {
    const some = discs(80, "samples");
    const few = imagesAt(
      some,
      Array.from({ length: 80 }, (_, i) => i % 4),
    );
    const { samples, real } = await measured(few);
    expect(samples.precision).toBeGreaterThan(0.7);
    expect(samples.recall).toBeLessThan(real.recall / 4);
    const { training } = await measured(some, { training: some });
    expect(training).toEqual((await measured(some)).samples);
  });

  test("compares equal numbers: the smallest set's", async () => {
    const found = await measured(discs(30, "samples"));
    expect(found.compared).toBe(30);
    expect(found.real.frechet).toBeGreaterThan((await measured(discs(80, "samples"))).real.frechet);
  });

  test("of color pictures has no bright parts", async () => {
    const [reference, heldBack, samples] = ["a", "b", "c"].map((seed) => discs(20, seed, 3));
    const extractor = scatteringFeatures(reference!.rasters[0]!);
    const found = await fidelity(
      { reference: reference!, heldBack: heldBack!, samples: samples! },
      { extractor },
    );
    expect(found.samples.components).toBeUndefined();
    expect(found.dimension).toBe(172);
  });
});

test("halves are a permutation, by seed", () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 60 }), fc.nat(99), (count, seed) => {
      const { reference, heldBack } = halves(count, seed);
      expect(reference.length).toBe(Math.floor(count / 2));
      const all = [...reference, ...heldBack].sort((a, b) => a - b);
      expect(all).toEqual([...Array(count).keys()]);
      expect(halves(count, seed)).toEqual({ reference, heldBack });
    }),
  );
  expect(halves(50, 1)).not.toEqual(halves(50, 2));
  expect(someOf(discs(10, "a"), 4).labels.length).toBe(4);
});

describe("scattering features", () => {
  test.each([
    [28, 28, 1, 100],
    [12, 20, 3, 172],
    [5, 4, 1, 4 * 5],
    [64, 64, 1, 244],
  ] as const)(
    "of %i×%i pixels of %i channels are %i numbers",
    async (width, height, channels, count) => {
      const { features } = scatteringFeatures({ width, height, channels });
      const found = await features([blankRaster(width, height, channels, 255)]);
      expect(found.dimension).toBe(count);
      // A white picture has order 0 alone, in luma.
      expect([...found.data.subarray(0, 4)].map((x) => x.toFixed(4))).toEqual(
        Array(4).fill("1.0000"),
      );
      expect(Math.max(...found.data.subarray(4).map(Math.abs))).toBeLessThan(1e-12);
    },
  );

  test("see where something is, and hardly a shift by a pixel", async () => {
    const { features } = scatteringFeatures({ width: 28, height: 28, channels: 1 });
    const dot = (at: number): Raster => {
      const data = new Uint8Array(784);
      for (let y = 0; y < 4; y++) data.fill(255, at + 28 * y, at + 28 * y + 4);
      return { width: 28, height: 28, channels: 1, data };
    };
    const { data, dimension } = await features([
      dot(28 * 6 + 6),
      dot(28 * 6 + 7),
      dot(28 * 6 + 19),
    ]);
    const row = (i: number) => data.subarray(i * dimension, (i + 1) * dimension);
    const distance = (i: number, j: number) => Math.hypot(...row(i).map((x, n) => x - row(j)[n]!));
    expect(distance(0, 1)).toBeLessThan(distance(0, 2) / 5);
  });

  test("refuse pictures of another size, and tiny ones", async () => {
    const { features } = scatteringFeatures({ width: 8, height: 8, channels: 1 });
    await expect(features([blankRaster(8, 9, 1)])).rejects.toThrow("do not take 8×9");
    expect(() => scatteringFeatures({ width: 3, height: 9, channels: 1 })).toThrow("at least 4×4");
  });
});

test("features in deviations have the deviation 1, constant ones a floor", () => {
  const features = { count: 3, dimension: 2, data: Float64Array.of(0, 5, 2, 5, 4, 5) };
  const scaled = inDeviations(features, featureStatistics(features));
  expect([...scaled.data]).toEqual([0, 2500, 1, 2500, 2, 2500]);
});

describe("memory", () => {
  const [training, real] = [discs(60, "training").rasters, discs(40, "real").rasters];

  test("of copies is seen, in order of distance", () => {
    const copies = memoryOf(training.slice(0, 40), real, training);
    expect(copies).toMatchObject({ training: 60, images: 40, nearer: 1, distance: { samples: 0 } });
    const others = memoryOf(discs(40, "samples").rasters, real, training);
    expect(others.nearer).toBeLessThan(0.3);
    expect(others.distance.samples / others.distance.real).toBeCloseTo(1, 0);
    const { indices, distances } = nearestPictures([training[7]!], training, 3);
    expect([indices[0], distances[0]]).toEqual([7, 0]);
    expect([...distances]).toEqual([...distances].sort((a, b) => a - b));
  });

  test("distances are gray levels", () => {
    const [black, gray] = [blankRaster(4, 4, 1), blankRaster(4, 4, 1, 10)];
    expect([...nearestPictures([black], [gray], 1).distances]).toEqual([10]);
    expect(() => nearestPictures([black], [blankRaster(4, 5, 1)], 1)).toThrow("differ in size");
  });

  test("is drawn as a sheet: a row for each sample", () => {
    const { shown, nearest } = memoryOf(real, real, training);
    const sheet = memorySheet(shown, training, nearest);
    expect(shown.length).toBe(12);
    expect(sheet.width).toBe(7 * (6 * 12 + 2) + 2);
  });
});

test("hashes depend on every picture, and on the order", () => {
  const { rasters } = discs(4, "hash");
  const hashes = [rasters, rasters.toReversed(), rasters.slice(1)].map(hashOfPictures);
  expect(new Set(hashes).size).toBe(3);
  expect(hashOfPictures([...rasters])).toBe(hashes[0]);
  expect(hashOfPictures([])).toBe(
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  );
  const statistics = featureStatistics({ count: 2, dimension: 1, data: Float64Array.of(1, 3) });
  // sha256 of the float32 2 and 2: python3 -c 'import hashlib,struct; print(hashlib.sha256(struct.pack("<2f",2,2)).hexdigest())'
  expect(hashOfStatistics(statistics)).toBe(
    "ad02908e7dc8436bd2b7894ec3c745e38daae971187ca817c60e44c5af471827",
  );
});
