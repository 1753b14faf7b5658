import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createRandom } from "../../data/random/random.ts";
import { symmetricEigenvalues } from "./eigenvalues.ts";
import { type FeatureMatrix, matrixOf } from "./featureMatrix.ts";
import { type FeatureStatistics, featureStatistics, frechetDistance } from "./frechet.ts";

const normal = (count: number, dimension: number, seed: number): FeatureMatrix => {
  const random = createRandom(seed);
  const data = Float64Array.from({ length: count * dimension }, random.normal);
  return { count, dimension, data };
};
/** x · matrix, for matrices row by row. */
const times = (x: Float64Array, matrix: Float64Array, n: number) =>
  x.map((_, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    let sum = 0;
    for (let k = 0; k < n; k++) sum += x[i * n + k]! * matrix[k * n + j]!;
    return sum;
  });
const transposed = (a: Float64Array, n: number) =>
  a.map((_, at) => a[(at % n) * n + Math.floor(at / n)]!);
const diagonal = (values: readonly number[]) => {
  const n = values.length;
  return Float64Array.from({ length: n * n }, (_, at) =>
    at % (n + 1) === 0 ? values[at / (n + 1)]! : 0,
  );
};

/** A random rotation: Gram and Schmidt on normal vectors. */
function rotation(n: number, seed: number): Float64Array {
  const { data } = normal(n, n, seed);
  for (let i = 0; i < n; i++) {
    const row = data.subarray(i * n, (i + 1) * n);
    for (let j = 0; j < i; j++) {
      const other = data.subarray(j * n, (j + 1) * n);
      const share = row.reduce((sum, x, k) => sum + x * other[k]!, 0);
      for (let k = 0; k < n; k++) row[k]! -= share * other[k]!;
    }
    const size = Math.hypot(...row);
    for (let k = 0; k < n; k++) row[k]! /= size;
  }
  return data;
}

const statistics = (mean: readonly number[], covariance: Float64Array): FeatureStatistics => ({
  count: 2,
  dimension: mean.length,
  mean: Float64Array.from(mean),
  covariance,
});
const seeds = fc.integer({ min: 1, max: 1e6 });

describe("eigenvalues", () => {
  test("of a rotated diagonal are the diagonal", () => {
    const values = fc.array(fc.double({ min: -9, max: 9, noNaN: true }), {
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(values, seeds, (given, seed) => {
        const n = given.length;
        const turn = rotation(n, seed);
        const matrix = times(times(transposed(turn, n), diagonal(given), n), turn, n);
        const before = matrix.slice();
        const found = symmetricEigenvalues(matrix, n);
        const expected = given.toSorted((a, b) => a - b);
        for (const [i, value] of expected.entries()) expect(found[i]).toBeCloseTo(value, 11);
        expect(matrix).toEqual(before);
      }),
      { numRuns: 50 },
    );
  });

  test("of matrices that are known: equal ones, second differences, zeros", () => {
    expect([...symmetricEigenvalues(diagonal([2, 2, 2]), 3)]).toEqual([2, 2, 2]);
    expect([...symmetricEigenvalues(new Float64Array(16), 4)]).toEqual([0, 0, 0, 0]);
    const n = 40;
    const differences = Float64Array.from({ length: n * n }, (_, at) => {
      const gap = Math.abs(Math.floor(at / n) - (at % n));
      return gap === 0 ? 2 : gap === 1 ? -1 : 0;
    });
    symmetricEigenvalues(differences, n).forEach((value, i) => {
      expect(value).toBeCloseTo(4 * Math.sin(((i + 1) * Math.PI) / (2 * n + 2)) ** 2, 12);
    });
  });

  test("of what is no number are refused", () => {
    expect(() => symmetricEigenvalues(new Float64Array(9).fill(Number.NaN), 3)).toThrow("NaN");
  });
});

test("statistics are the mean and the unbiased covariance", () => {
  const features = matrixOf([
    [1, 0],
    [3, 0],
    [2, 6],
  ]);
  const { mean, covariance } = featureStatistics(features);
  expect([...mean]).toEqual([2, 2]);
  expect([...covariance]).toEqual([1, 0, 0, 12]);
  expect(() => featureStatistics(matrixOf([[1]]))).toThrow("at least two rows");
});

describe("the Fréchet distance", () => {
  const variances = fc.array(
    fc.tuple(
      fc.double({ min: 0, max: 9, noNaN: true }),
      fc.double({ min: 0, max: 9, noNaN: true }),
    ),
    {
      minLength: 1,
      maxLength: 8,
    },
  );

  test("of Gaussians with common axes is that of deviations and means, in every rotation", () => {
    fc.assert(
      fc.property(variances, seeds, (pairs, seed) => {
        const n = pairs.length;
        const turn = rotation(n, seed);
        const turned = (values: number[]) =>
          times(times(transposed(turn, n), diagonal(values), n), turn, n);
        const [a, b] = [pairs.map(([one]) => one), pairs.map(([, other]) => other)];
        const mean = pairs.map((_, i) => i - 1);
        const expected = pairs.reduce(
          (sum, [one, other], i) => sum + (Math.sqrt(one) - Math.sqrt(other)) ** 2 + (i - 1) ** 2,
          0,
        );
        const zero = mean.map(() => 0);
        const found = frechetDistance(statistics(mean, turned(a)), statistics(zero, turned(b)));
        expect(Math.abs(found - expected)).toBeLessThan(1e-5);
        const straight = frechetDistance(
          statistics(mean, diagonal(a)),
          statistics(zero, diagonal(b)),
        );
        expect(Math.abs(straight - expected)).toBeLessThan(1e-5);
      }),
      { numRuns: 60 },
    );
  });

  test("of two Gaussians of the plane is the closed form with different axes", () => {
    // tr (Σ₁Σ₂)^½ of 2×2 matrices is √(tr Σ₁Σ₂ + 2 √(det Σ₁ det Σ₂)).
    const [a, b] = [Float64Array.of(4, 1, 1, 2), Float64Array.of(3, -1.5, -1.5, 1)];
    const [detA, detB] = [4 * 2 - 1, 3 * 1 - 2.25];
    const cross = 4 * 3 + 2 * 1 * -1.5 + 2 * 1;
    const expected = 9 + 1 + (4 + 2 + 3 + 1) - 2 * Math.sqrt(cross + 2 * Math.sqrt(detA * detB));
    expect(frechetDistance(statistics([3, 1], a), statistics([0, 0], b))).toBeCloseTo(expected, 12);
  });

  test("is zero of equal sets, symmetric, and the same after a common rotation", () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 2, max: 30 }), (seed, count) => {
        const n = 10; // of fewer rows than this, covariances have no full rank
        const [one, other] = [normal(count, n, seed), normal(25, n, seed + 1)];
        const turn = rotation(n, seed + 2);
        const turned = (f: FeatureMatrix) => ({ ...f, data: times(f.data, turn, n) });
        const of = (a: FeatureMatrix, b: FeatureMatrix) =>
          frechetDistance(featureStatistics(a), featureStatistics(b));
        const distance = of(one, other);
        expect(distance).toBeGreaterThan(0.1);
        expect(of(other, one)).toBeCloseTo(distance, 5);
        expect(of(turned(one), turned(other))).toBeCloseTo(distance, 5);
        expect(of(one, one)).toBeLessThan(1e-5);
      }),
      { numRuns: 40 },
    );
  });

  test("of samples from one Gaussian falls as there are more of them", () => {
    const at = (count: number) =>
      frechetDistance(
        featureStatistics(normal(count, 20, 1)),
        featureStatistics(normal(count, 20, 2)),
      );
    expect(at(4000)).toBeLessThan(at(400) / 5);
    expect(at(400)).toBeLessThan(at(40) / 5);
  });

  test("needs features of one kind", () => {
    const [one, other] = [normal(9, 3, 1), normal(9, 4, 1)].map(featureStatistics);
    expect(() => frechetDistance(one!, other!)).toThrow("3 and 4 numbers");
  });
});
