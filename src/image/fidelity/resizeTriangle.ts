/** The size of a plane of samples, row by row. */
export interface PlaneSize {
  readonly height: number;
  readonly width: number;
}

/**
 * A plane resized along both axes. Each result is the mean under a triangle around its place that reaches one sample to either
 * side, or one result where the picture shrinks, so that nothing is skipped. The borders of the first and the last pixel stay
 * where they are. This is the rule of Pillow's `BILINEAR` and of PyTorch's `interpolate(mode="bilinear", align_corners=False,
 * antialias=True)`, without their rounding. A plane of the right size is returned as it is.
 */
export function resizeTriangle(plane: Float64Array, from: PlaneSize, to: PlaneSize): Float64Array {
  if (from.height === to.height && from.width === to.width) return plane;
  const wide = new Float64Array(from.height * to.width);
  for (const [x, { first, weights }] of triangles(from.width, to.width).entries())
    for (let y = 0; y < from.height; y++)
      for (const [i, weight] of weights.entries())
        wide[y * to.width + x]! += weight * plane[y * from.width + first + i]!;
  const result = new Float64Array(to.height * to.width);
  for (const [y, { first, weights }] of triangles(from.height, to.height).entries())
    for (const [i, weight] of weights.entries())
      for (let x = 0; x < to.width; x++)
        result[y * to.width + x]! += weight * wide[(first + i) * to.width + x]!;
  return result;
}

/** For each result the first sample that it is made of, and the weights from there on. */
function triangles(from: number, to: number): { first: number; weights: number[] }[] {
  const ratio = from / to;
  const reach = Math.max(1, ratio);
  return Array.from({ length: to }, (_, place) => {
    const center = (place + 0.5) * ratio - 0.5;
    const first = Math.max(0, Math.ceil(center - reach));
    const last = Math.min(from - 1, Math.floor(center + reach));
    const heights = Array.from(
      { length: last - first + 1 },
      (_, i) => 1 - Math.abs(first + i - center) / reach,
    );
    const sum = heights.reduce((total, height) => total + height, 0);
    return { first, weights: heights.map((height) => height / sum) };
  });
}
