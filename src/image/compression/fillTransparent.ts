import { type Picture, samplesLike } from "../../data/images/picture.ts";

/**
 * The picture with colors of its wholly transparent pixels that cost a codec little: averages of what is visible around them, the
 * nearer the more, as by the pull–push algorithm (Gortler et al., "The lumigraph", 1996). All other pixels keep theirs.
 */
export function fillTransparent(picture: Picture): Picture {
  const { width, height, channels, data, alpha } = picture;
  if (!alpha?.some((opacity) => opacity === 0)) return picture;
  const planes = Array.from({ length: channels }, (_, c) =>
    filled(
      new Float64Array(alpha.length).map((_, i) => data[i * channels + c]!),
      new Float64Array(alpha).map((opacity) => (opacity === 0 ? 0 : 1)),
      width,
      height,
    ),
  );
  const samples = samplesLike(data, data.length);
  for (let i = 0, at = 0; i < alpha.length; i++)
    for (let c = 0; c < channels; c++, at++)
      samples[at] = alpha[i] === 0 ? Math.round(planes[c]![i]!) : data[at]!;
  return { ...picture, data: samples };
}

/** Values where there are weights, and averages of them elsewhere; the values themselves where no weight is 0. */
function filled(
  values: Float64Array,
  weights: Float64Array,
  width: number,
  height: number,
): Float64Array {
  if ((width === 1 && height === 1) || !weights.includes(0)) return values;
  const [halfWidth, halfHeight] = [Math.ceil(width / 2), Math.ceil(height / 2)];
  const sums = new Float64Array(halfWidth * halfHeight);
  const counts = new Float64Array(halfWidth * halfHeight);
  for (let y = 0, i = 0; y < height; y++)
    for (let x = 0; x < width; x++, i++) {
      const to = (y >> 1) * halfWidth + (x >> 1);
      const weight = weights[i]!;
      sums[to]! += weight * values[i]!;
      counts[to]! += weight;
    }
  const coarse = filled(
    sums.map((sum, i) => (counts[i] === 0 ? 0 : sum / counts[i]!)),
    counts.map((count) => Math.min(count, 1)),
    halfWidth,
    halfHeight,
  );
  const result = values.slice();
  for (let y = 0, i = 0; y < height; y++)
    for (let x = 0; x < width; x++, i++)
      if (weights[i] === 0) result[i] = between(coarse, halfWidth, halfHeight, x, y);
  return result;
}

/** A value at a place of the finer grid, between those of the coarser one. */
function between(
  values: Float64Array,
  width: number,
  height: number,
  x: number,
  y: number,
): number {
  const [column, row] = [x >> 1, y >> 1];
  const nextColumn = Math.min(Math.max(column + (x % 2 === 0 ? -1 : 1), 0), width - 1);
  const nextRow = Math.min(Math.max(row + (y % 2 === 0 ? -1 : 1), 0), height - 1);
  const at = (r: number, c: number) => values[r * width + c]!;
  const here = 0.75 * at(row, column) + 0.25 * at(row, nextColumn);
  const there = 0.75 * at(nextRow, column) + 0.25 * at(nextRow, nextColumn);
  return 0.75 * here + 0.25 * there;
}
