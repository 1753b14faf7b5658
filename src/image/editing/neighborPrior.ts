import type { Raster } from "../../data/images/raster.ts";
import type { Rectangle } from "../rectangle.ts";

/** A Gaussian distribution of n numbers. */
export interface Gaussian {
  readonly mean: Float64Array;
  /** n × n, row by row. */
  readonly covariance: Float64Array;
}

/** The pixels around a hole that are listened to: so many rows and columns on each side. */
const ring = 2;
/** The least standard deviation of pixels, 1 from black to white, and the bounds of the correlation of neighbors. */
const limits = { deviation: 0.1, lowest: 0.3, highest: 0.98 } as const;

/**
 * What the pixels around a hole say about those in it (row by row), where a picture is a Gaussian field whose correlation
 * falls exponentially with distance. Mean, variance and the correlation of neighbors are those of the picture up to as far
 * from the hole as it is large. `plane` is a channel of the picture.
 */
export function neighborPrior(
  plane: Float64Array,
  { width, height }: Pick<Raster, "width" | "height">,
  hole: Rectangle,
): Gaussian {
  const { x, y } = hole;
  const isIn = (i: number, j: number, margin: number) =>
    i >= y - margin &&
    i < y + hole.height + margin &&
    j >= x - margin &&
    j < x + hole.width + margin;
  const around = (margin: number) => {
    const found: Pixel[] = [];
    for (let i = 0; i < height; i++)
      for (let j = 0; j < width; j++) if (isIn(i, j, margin) && !isIn(i, j, 0)) found.push([i, j]);
    return found;
  };
  const value = ([i, j]: Pixel) => plane[i * width + j]!;

  const some = around(Math.max(hole.width, hole.height));
  const average = (numbers: readonly number[]) =>
    numbers.reduce((sum, n) => sum + n, 0) / Math.max(1, numbers.length);
  const mean = average(some.map(value));
  const variance = average(some.map((pixel) => (value(pixel) - mean) ** 2));
  const pairs = some.filter(([i, j]) => j + 1 < width && !isIn(i, j + 1, 0));
  const together = average(
    pairs.map(([i, j]) => (value([i, j]) - mean) * (value([i, j + 1]) - mean)),
  );
  const correlation = variance > 0 ? together / variance : 0;
  const rho = Math.min(Math.max(correlation, limits.lowest), limits.highest);
  const power = Math.max(variance, limits.deviation ** 2);
  const covary = ([a, b]: Pixel, [c, d]: Pixel) => power * rho ** Math.hypot(a - c, b - d);

  const inside: Pixel[] = Array.from({ length: hole.width * hole.height }, (_, k) => [
    y + Math.floor(k / hole.width),
    x + (k % hole.width),
  ]);
  const outside = around(ring);
  // Conditional distribution: Σ_hh − Σ_ho Σ_oo⁻¹ Σ_oh and mean + Σ_ho Σ_oo⁻¹ (pixels − mean).
  const across = outside.map((o) => Float64Array.from(inside, (h) => covary(o, h)));
  const solved = solve(
    outside.map((a) => Float64Array.from(outside, (b) => covary(a, b))),
    across,
  );
  const n = inside.length;
  const covariance = new Float64Array(n * n);
  for (let a = 0; a < n; a++)
    for (let b = 0; b < n; b++) {
      let sum = covary(inside[a]!, inside[b]!);
      for (let o = 0; o < outside.length; o++) sum -= across[o]![a]! * solved[o]![b]!;
      covariance[a * n + b] = sum;
    }
  const means = Float64Array.from(inside, (_, h) =>
    outside.reduce((sum, o, k) => sum + solved[k]![h]! * (value(o) - mean), mean),
  );
  return { mean: means, covariance };
}

type Pixel = readonly [row: number, column: number];

/** Solves matrix · solution = right by elimination, for a matrix that is symmetric and positive. */
function solve(
  matrix: readonly Float64Array[],
  right: readonly Float64Array[],
): readonly Float64Array[] {
  const [left, rest] = [matrix.map((row) => row.slice()), right.map((row) => row.slice())];
  for (const [i, pivot] of left.entries()) {
    const scale = 1 / pivot[i]!;
    scaleRow(pivot, scale);
    scaleRow(rest[i]!, scale);
    for (const [k, row] of left.entries()) {
      const factor = row[i]!;
      if (k === i || factor === 0) continue;
      for (let c = i; c < row.length; c++) row[c]! -= factor * pivot[c]!;
      const [to, from] = [rest[k]!, rest[i]!];
      for (let c = 0; c < to.length; c++) to[c]! -= factor * from[c]!;
    }
  }
  return rest;
}

function scaleRow(row: Float64Array, scale: number): void {
  for (let c = 0; c < row.length; c++) row[c]! *= scale;
}
