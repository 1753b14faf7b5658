import type { Matrix } from "../arrays/matrix.ts";

/** Means over squares of 2 r + 1 elements a side around each element; the outermost elements are repeated beyond the borders. */
export function boxMeans({ height, width, data }: Matrix<Float64Array>, r: number): Float64Array {
  const rows = new Float64Array(data.length);
  for (let y = 0; y < height; y++) lineMeans(data, rows, y * width, 1, width, r);
  const result = new Float64Array(data.length);
  for (let x = 0; x < width; x++) lineMeans(rows, result, x, width, height, r);
  return result;
}

function lineMeans(
  from: Float64Array,
  to: Float64Array,
  first: number,
  step: number,
  length: number,
  r: number,
): void {
  // Sums of their own: a running sum would leave rounding errors of large values among small ones.
  for (let i = 0; i < length; i++) {
    let sum = 0;
    for (let k = i - r; k <= i + r; k++)
      sum += from[first + step * Math.min(Math.max(k, 0), length - 1)]!;
    to[first + step * i] = sum / (2 * r + 1);
  }
}
