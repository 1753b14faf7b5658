import { expect, test } from "vitest";
import { standardFilters } from "../dualTree/filters.ts";
import { noise } from "../testing.ts";
import { gaussianNoise } from "../threshold/testing.ts";
import { shrinkByMixture } from "./scaleMixture.ts";
import { treeNoise } from "./treeNoise.ts";

const [height, width] = [24, 20];
const bandNoise = treeNoise(standardFilters(), 2)[1]![45];
const bandOf = (values: Float64Array) => ({
  ...{ height, width },
  re: values.slice(0, height * width),
  im: values.slice(height * width),
});
const energy = ({ re, im }: { re: Float64Array; im: Float64Array }) =>
  [...re, ...im].reduce((sum, x) => sum + x * x, 0);
const shrink = (values: Float64Array, sigma: number) =>
  shrinkByMixture({ band: bandOf(values), parent: undefined, sigma, noise: bandNoise });

test("noise alone is nearly all removed", () => {
  const values = gaussianNoise(2 * height * width).map((x) => 5 * x);
  expect(energy(shrink(values, 10))).toBeLessThan(0.15 * energy(bandOf(values)));
});

test("what is strong against the noise hardly changes", () => {
  const values = noise(2 * height * width, 1).map((x) => 100 * x);
  const shrunk = shrink(values, 1);
  const change = bandOf(values).re.map((x, i) => x - shrunk.re[i]!);
  expect(energy({ re: change, im: change })).toBeLessThan(1e-3 * energy(shrunk));
});

test("a strong neighborhood keeps coefficients that a weak one loses", () => {
  const values = gaussianNoise(2 * height * width).map((x) => 5 * x);
  const at = (y: number, x: number) => y * width + x;
  const lonely = values.slice();
  lonely[at(12, 10)] = 18;
  const edge = values.slice();
  for (let y = 9; y <= 15; y++)
    for (const part of [0, height * width])
      edge[part + at(y, 10)] = y === 12 && part === 0 ? 18 : 60;
  const kept = (given: Float64Array) => shrink(given, 10).re[at(12, 10)]!;
  expect(kept(edge)).toBeGreaterThan(1.15 * kept(lonely));
});

test("a coefficient is the mean under the mixture, with matrices inverted as they are", () => {
  const sigma = 2;
  const values = gaussianNoise(2 * height * width).map((x, i) => 6 * x * (1 + Math.sin(i / 40)));
  const band = bandOf(values);
  const shrunk = shrink(values, sigma);
  const parts = ["re", "im"] as const;
  const models = parts.map((part) => {
    const noise = square((d0, d1) => (1.04 * sigma) ** 2 * bandNoise[part][(d0 + 2) * 5 + d1 + 2]!);
    const total = square((d0, d1) => meanProduct(band[part], d0, d1));
    return { noise, signal: total.map((row, p) => row.map((x, q) => x - noise[p]![q]!)) };
  });
  for (const [y, x] of [
    [5, 5],
    [12, 9],
    [20, 3],
  ] as const) {
    let [weights, re, im] = [0, 0, 0];
    for (let k = 0; k < 8; k++) {
      const z = Math.exp(-7 + 1.4 * k);
      const [real, imaginary] = parts.map((part, m) => {
        const { signal, noise } = models[m]!;
        const neighbors = [-1, 0, 1].flatMap((d0) =>
          [-1, 0, 1].map((d1) => band[part][(y + d0) * width + x + d1]!),
        );
        const covariance = signal.map((row, p) => row.map((c, q) => z * c + noise[p]![q]!));
        const { solution, logDeterminant } = solved(covariance, neighbors);
        const quadratic = solution.reduce((sum, s, p) => sum + s * neighbors[p]!, 0);
        const estimate = z * solution.reduce((sum, s, p) => sum + s * signal[4]![p]!, 0);
        return { log: -(logDeterminant + quadratic) / 2, estimate };
      }) as [Part, Part];
      const weight = Math.exp(real.log + imaginary.log);
      weights += weight;
      re += weight * real.estimate;
      im += weight * imaginary.estimate;
    }
    expect(shrunk.re[y * width + x]).toBeCloseTo(re / weights, 2);
    expect(shrunk.im[y * width + x]).toBeCloseTo(im / weights, 2);
  }
});

interface Part {
  readonly log: number;
  readonly estimate: number;
}

/** The covariance matrix of 3 × 3 values, of a covariance by distance. */
const square = (of: (d0: number, d1: number) => number): number[][] =>
  Array.from({ length: 9 }, (_, p) =>
    Array.from({ length: 9 }, (_, q) =>
      of(Math.floor(q / 3) - Math.floor(p / 3), (q % 3) - (p % 3)),
    ),
  );

/** The mean product of values of a periodic plane at a distance. */
function meanProduct(plane: Float64Array, d0: number, d1: number): number {
  let sum = 0;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      sum +=
        plane[y * width + x]! *
        plane[((y + d0 + height) % height) * width + ((x + d1 + width) % width)]!;
  return sum / plane.length;
}

/** The solution of a system with a positive definite matrix, by elimination, and the logarithm of its determinant. */
function solved(matrix: readonly (readonly number[])[], right: readonly number[]) {
  const rows = matrix.map((row, i) => [...row, right[i]!]);
  let logDeterminant = 0;
  for (const [i, pivot] of rows.entries()) {
    expect(pivot[i]).toBeGreaterThan(0);
    logDeterminant += Math.log(pivot[i]!);
    for (const [j, row] of rows.entries()) {
      if (j === i) continue;
      const factor = row[i]! / pivot[i]!;
      for (let c = i; c < row.length; c++) row[c]! -= factor * pivot[c]!;
    }
  }
  return { solution: rows.map((row, i) => row.at(-1)! / row[i]!), logDeterminant };
}
