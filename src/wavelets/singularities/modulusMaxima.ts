import { checkOptions } from "../arguments/options.ts";
import { checkMatrix, type Matrix } from "../arrays/matrix.ts";
import { gaussianGradient } from "./gaussian.ts";
import { type Chained, chained, type Maximum } from "./maximaChains.ts";
import {
  dyadicScales,
  type MaximaOptions,
  maximaOptionNames,
  resolveMaximaOptions,
} from "./maximaOptions.ts";
import { peak } from "./peak.ts";

/**
 * A point of an edge at one scale. Coordinates are in pixels, with integers at pixel centers: x counts columns to the right,
 * y rows downwards.
 */
export interface ModulusMaximum extends Chained {
  readonly x: number;
  readonly y: number;
  /** Standard deviation of the Gaussian, in pixels. */
  readonly scale: number;
  /** The length of `a ∇(f ∗ G_a)` at its peak; a step of height 1 gives 1 / √(2π). */
  readonly modulus: number;
  /** The direction in which the picture becomes brighter, in radians from −π to π: 0 to the right, π / 2 downwards. */
  readonly angle: number;
}

/**
 * The singularities of a picture, such as its edges: the maxima of the modulus of its wavelet transform
 * ({@link gaussianGradient}) along the gradient, for every scale, finest first and in reading order (Mallat and Zhong 1992).
 * The growth of the modulus with the scale tells the type of singularity (Mallat and Hwang 1992).
 *
 * 1. A pixel is a maximum if its modulus exceeds those one pixel before and after it along the gradient, interpolated
 *    bilinearly. Its position and height are the top of the parabola through the three. An oblique edge can give two
 *    adjacent pixels with almost the same position.
 * 2. Weak maxima are dropped: `threshold`.
 * 3. The others are linked from scale to scale (`reach` and `turn`), and kept if their chain is long and regular enough
 *    (`minLength` and `exponents`).
 *
 * A pixel of the border is a maximum only where an edge meets the border, not where it runs along it. Throws RangeError for
 * an empty matrix, a value that is NaN or infinite, scales that are not positive and increasing, and options out of range;
 * TypeError for arguments of the wrong type.
 *
 * @example
 * ```ts
 * const image = { height: 16, width: 16, data: new Float64Array(256).map((_, i) => (i % 16 < 8 ? 0 : 1)) };
 * const edge = modulusMaxima(image, [1, 2]).filter(({ scale }) => scale === 1);
 * console.log(edge.length, edge[0].x.toFixed(2), edge[0].angle); // one point per row, between columns 7 and 8
 * // → 16 7.50 0
 * ```
 */
export function modulusMaxima(
  matrix: Matrix,
  scales: readonly number[] = dyadicScales,
  options: MaximaOptions = {},
): ModulusMaximum[] {
  checkMatrix(matrix);
  checkOptions(options, maximaOptionNames);
  const resolved = resolveMaximaOptions(scales, options);
  const exact = { ...matrix, data: Float64Array.from(matrix.data) };
  const levels = scales.map((scale) => maximaAt(exact, scale, resolved.threshold));
  return chained(levels, resolved);
}

function maximaAt(matrix: Matrix<Float64Array>, scale: number, threshold: number): Maximum[] {
  const { x: right, y: down } = gaussianGradient(matrix, scale);
  const data = right.data.map((x, i) => Math.sqrt(x ** 2 + down.data[i]! ** 2));
  const moduli = { ...matrix, data };
  const least = threshold * data.reduce((most, modulus) => Math.max(most, modulus), 0);
  const maxima: Maximum[] = [];
  data.forEach((modulus, i) => {
    if (modulus === 0 || modulus < least) return;
    const [gx, gy] = [right.data[i]!, down.data[i]!];
    const [dx, dy] = [gx / modulus, gy / modulus];
    const [x, y] = [i % matrix.width, Math.floor(i / matrix.width)];
    const before = bilinear(moduli, x - dx, y - dy);
    const top = peak(before, modulus, bilinear(moduli, x + dx, y + dy), scale);
    if (!top) return;
    const angle = Math.atan2(gy, gx);
    const [px, py] = [x + top.offset * dx, y + top.offset * dy];
    maxima.push({ x: px, y: py, scale, modulus: top.height, angle });
  });
  return maxima;
}

/** The value between pixels. Beyond the picture it is infinite, so that there is no peak at the border. */
function bilinear({ height, width, data }: Matrix, x: number, y: number): number {
  if (x < -0.5 || y < -0.5 || x > width - 0.5 || y > height - 0.5) return Number.POSITIVE_INFINITY;
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const [wx, wy] = [x - left, y - top];
  const [x0, x1] = [Math.max(left, 0), Math.min(left + 1, width - 1)];
  const y0 = Math.max(top, 0) * width;
  const y1 = Math.min(top + 1, height - 1) * width;
  const above = (1 - wx) * data[y0 + x0]! + wx * data[y0 + x1]!;
  const below = (1 - wx) * data[y1 + x0]! + wx * data[y1 + x1]!;
  return (1 - wy) * above + wy * below;
}
