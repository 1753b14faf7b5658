import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createRandom } from "../../data/random/random.ts";
import { type FeatureMatrix, matrixOf, rowsOf } from "./featureMatrix.ts";
import { nearestNeighbors, precisionRecall } from "./neighbors.ts";

const cloud = (count: number, dimension: number, seed: number, shift = 0): FeatureMatrix => {
  const random = createRandom(seed);
  const data = Float64Array.from({ length: count * dimension }, () => random.normal() + shift);
  return { count, dimension, data };
};
const line = (...places: number[]) => matrixOf(places.map((place) => [place]));

describe("nearest neighbors", () => {
  test("are those of all distances, sorted", () => {
    fc.assert(
      fc.property(
        fc.nat(1000),
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 4 }),
        (seed, dimension, k) => {
          const [of, among] = [cloud(5, dimension, seed), cloud(12, dimension, seed + 1)];
          const found = nearestNeighbors(of, among, k);
          for (let row = 0; row < of.count; row++) {
            const one = rowsOf(of, [row]).data;
            const all = Array.from({ length: among.count }, (_, i) => {
              const other = rowsOf(among, [i]).data;
              return { i, distance: Math.hypot(...one.map((x, n) => x - other[n]!)) };
            }).sort((a, b) => a.distance - b.distance);
            for (let place = 0; place < k; place++) {
              expect(found.indices[row * k + place]).toBe(all[place]!.i);
              expect(found.distances[row * k + place]).toBeCloseTo(all[place]!.distance, 12);
            }
          }
        },
      ),
      { numRuns: 30 },
    );
  });

  test("among the same rows leave each itself out", () => {
    const features = line(0, 1, 5);
    expect([...nearestNeighbors(features, features, 1, { others: true }).indices]).toEqual([
      1, 0, 1,
    ]);
    expect([...nearestNeighbors(features, features, 1).indices]).toEqual([0, 1, 2]);
    expect(() => nearestNeighbors(features, features, 3, { others: true })).toThrow(
      "no 3 nearest others",
    );
  });
});

describe("precision and recall", () => {
  test("by hand, on a line", () => {
    // Balls around the real ones: [-1, 1], [0, 2], [1, 3]; around the samples: [-1, 2], [0.5, 3.5], [17, 23].
    const found = precisionRecall(line(0, 1, 2), line(0.5, 2, 20), 1);
    expect(found).toEqual({ precision: 2 / 3, recall: 1 });
    expect(precisionRecall(line(0, 1, 2), line(9, 10, 11), 1)).toEqual({ precision: 0, recall: 0 });
    expect(precisionRecall(line(0, 1), line(0, 2), 1).precision).toBe(1); // a point at the radius is within
  });

  test("recall counts what lies as near to a sample as that one's k-th nearest neighbor", () => {
    const recall = (real: FeatureMatrix, samples: FeatureMatrix, k: number) =>
      precisionRecall(real, samples, k).recall;
    // Radii with one neighbor: 1, 1 and 9.
    expect(recall(line(-1, -1.1, 2, 2.1, 19), line(0, 1, 10), 1)).toBe(4 / 5); // 2.1 is near 10
    expect(recall(line(-1.1, 0.5), line(0, 1), 1)).toBe(1 / 2);
  });

  test("recall is high for samples of the same distribution, and low for those that are all alike", () => {
    const random = createRandom("points");
    const cloud = (scale = 1, away = 0) =>
      matrixOf(
        Array.from({ length: 200 }, () => [
          scale * random.normal() + away,
          scale * random.normal(),
        ]),
      );
    const real = cloud();
    expect(precisionRecall(real, cloud()).recall).toBeGreaterThan(0.8);
    expect(precisionRecall(real, cloud(0.1)).recall).toBeLessThan(0.2);
    expect(precisionRecall(real, cloud(1, 50)).recall).toBe(0);
  });

  test("of a set and itself are 1, of copies too", () => {
    const set = cloud(30, 5, 1);
    expect(precisionRecall(set, set)).toEqual({ precision: 1, recall: 1 });
    const copies = rowsOf(
      set,
      [...Array(30).keys()].map((i) => i % 3),
    );
    const { precision, recall } = precisionRecall(set, copies);
    expect(precision).toBe(1);
    expect(recall).toBeLessThan(0.2); // balls of copies have no size
  });

  test("exchange their roles with the sets", () => {
    const [one, other] = [cloud(60, 4, 1), cloud(60, 4, 2, 0.7)];
    const there = precisionRecall(one, other);
    const back = precisionRecall(other, one);
    expect([back.recall, back.precision]).toEqual([there.precision, there.recall]);
    expect(there.precision).toBeGreaterThan(0);
    expect(there.precision).toBeLessThan(1);
  });
});
