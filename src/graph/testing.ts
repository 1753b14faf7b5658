/** Sizes of a convolution of square planes and kernels, and how the kernel moves. */
export interface ConvolutionSizes {
  readonly batch: number;
  readonly channels: number;
  readonly results: number;
  /** Side of the planes of x. */
  readonly side: number;
  /** Side of the kernel. */
  readonly taps: number;
  readonly stride: number;
  /** Top, left, bottom, right. */
  readonly padding: readonly [number, number, number, number];
  readonly dilation: number;
  readonly groups: number;
}

/** Shapes of x, of the kernel w and of the result g. */
export function shapesOf(sizes: ConvolutionSizes) {
  const { batch, channels, results, side, taps, groups } = sizes;
  const reach = sizes.dilation * (taps - 1) + 1;
  const along = (before: number, after: number) =>
    Math.floor((side + before + after - reach) / sizes.stride) + 1;
  const [top, left, bottom, right] = sizes.padding;
  return {
    x: [batch, channels, side, side],
    w: [results, channels / groups, taps, taps],
    g: [batch, results, along(top, bottom), along(left, right)],
  } as const;
}

/**
 * Visits every product of the sum `Σ conv2d(x, w) · g` by the definition, with the indices of its three factors in the flat
 * lists of x, w and g.
 */
export function visitProducts(
  sizes: ConvolutionSizes,
  visit: (x: number, w: number, g: number) => void,
): void {
  const { batch, channels, results, side, taps, stride, padding, dilation, groups } = sizes;
  const [, , rows, columns] = shapesOf(sizes).g;
  const inside = channels / groups;
  for (let n = 0; n < batch; n++)
    for (let o = 0; o < results; o++)
      for (let i = 0; i < inside; i++)
        for (let p = 0; p < rows * columns; p++)
          for (let t = 0; t < taps * taps; t++) {
            const [row, column] = [Math.floor(p / columns), p % columns];
            const y = stride * row + dilation * Math.floor(t / taps) - padding[0];
            const x = stride * column + dilation * (t % taps) - padding[1];
            if (y < 0 || y >= side || x < 0 || x >= side) continue;
            const channel = Math.floor(o / (results / groups)) * inside + i;
            visit(
              ((n * channels + channel) * side + y) * side + x,
              (o * inside + i) * taps * taps + t,
              (n * results + o) * rows * columns + p,
            );
          }
}
