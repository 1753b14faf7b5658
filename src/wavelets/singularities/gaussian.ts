import { checkFinite, checkSignal, type FloatArray, zerosLike } from "../arrays/floatArray.ts";
import { checkMatrix, type Matrix } from "../arrays/matrix.ts";
import { mirrored } from "../extension/mode.ts";

/** The radius of the sampled Gaussian in standard deviations. 6·10⁻⁷ of its weight is cut off. */
const deviations = 5;

/** A gradient at every sample of a matrix. */
export interface Gradient<A extends FloatArray = FloatArray> {
  /** Along axis 1: positive where values increase to the right. */
  readonly x: Matrix<A>;
  /** Along axis 0: positive where values increase downwards. */
  readonly y: Matrix<A>;
}

/**
 * The wavelet transform of a signal at one scale a, in samples, with the derivative of a Gaussian:
 * `W f(a, b) = a · d/db (f ∗ G_a)(b)`, where G_a has standard deviation a and weight 1. With order 2 it is the second
 * derivative `a² · d²/db² (f ∗ G_a)(b)`, the Mexican hat, which does not respond to straight lines.
 *
 * G_a is sampled up to 5 a on both sides. Beyond its ends the signal is mirrored, `… b a | a b …`. A constant gives exactly
 * 0, a step of height 1 gives 1 / √(2π) ≈ 0.4 at every scale from about 1, and a straight line of slope 1 gives a, away from
 * the ends. For scales far below 1 sample the filter becomes a times the central difference.
 *
 * Throws RangeError for an empty signal, a value that is NaN or infinite, a scale that is not a positive number up to 2^20,
 * or another order; TypeError for arguments of the wrong type.
 *
 * @example
 * ```ts
 * const step = Float64Array.from({ length: 64 }, (_, i) => (i < 32 ? 0 : 1));
 * console.log(Math.max(...gaussianDerivative(step, 4)).toFixed(3));
 * // → 0.397
 * ```
 */
export function gaussianDerivative<A extends FloatArray>(
  signal: A,
  scale: number,
  order: 1 | 2 = 1,
): A {
  checkSignal(signal, "the signal");
  checkFinite(signal, "the signal");
  if (order !== 1 && order !== 2) throw new RangeError(`order must be 1 or 2, not ${order}`);
  const target = zerosLike(signal, signal.length);
  const lines = { count: 1, length: signal.length, step: 1, hop: 0 };
  const taps = { 1: differentiating, 2: differentiatingTwice }[order](checkScale(scale));
  filterLines(signal, target, taps, lines);
  return target;
}

/**
 * The wavelet transform of a matrix at one scale a, in pixels, with the two derivatives of a Gaussian: `a · ∇(f ∗ G_a)`
 * (Mallat and Zhong 1992). It is separable: smoothing across, then {@link gaussianDerivative} along the axis, with its
 * boundaries, limits and errors. The transform of a matrix turned by 90° is the turned transform, bit for bit.
 */
export function gaussianGradient<A extends FloatArray>(
  matrix: Matrix<A>,
  scale: number,
): Gradient<A> {
  checkMatrix(matrix);
  const { height, width, data } = matrix;
  const index = data.findIndex((value) => !Number.isFinite(value));
  if (index >= 0) {
    const place = `row ${Math.floor(index / width)}, column ${index % width}`;
    throw new RangeError(`the matrix holds ${data[index]} at ${place}; all values must be finite`);
  }
  const derivative = differentiating(checkScale(scale));
  const smooth = smoothing(scale);
  const rows = { count: height, length: width, step: 1, hop: width };
  const columns = { count: width, length: height, step: width, hop: 1 };
  const component = (across: Lines, along: Lines): Matrix<A> => {
    const between = new Float64Array(data.length);
    const target = zerosLike(data, data.length);
    filterLines(data, between, smooth, across);
    filterLines(between, target, derivative, along);
    return { height, width, data: target };
  };
  return { x: component(columns, rows), y: component(rows, columns) };
}

/** The largest scale: its filter has five million taps. */
const largestScale = 2 ** 20;

/** `scale` if it is a positive number up to 2^20; throws RangeError otherwise. */
export function checkScale(scale: number): number {
  if (!(scale > 0 && scale <= largestScale))
    throw new RangeError(
      `a scale must be a positive number of samples up to ${largestScale}, not ${scale}`,
    );
  return scale;
}

/** Half of a filter that is even (parity 1) or odd (parity -1): its taps at 0, 1, 2, … */
export interface Taps {
  readonly taps: Float64Array;
  readonly parity: 1 | -1;
}

/** A Gaussian of weight 1. */
export function smoothing(scale: number): Taps {
  const taps = Float64Array.from(places(scale), (j) => Math.exp(-0.5 * (j / scale) ** 2));
  const sum = taps.reduce((total, tap) => total + 2 * tap, -1);
  return { taps: taps.map((tap) => tap / sum), parity: 1 };
}

/** A Gaussian's derivative, scaled so that a line of slope 1 gives `scale`. Taps are relative to tap 1, so that not all underflow. */
export function differentiating(scale: number): Taps {
  const taps = Float64Array.from(places(scale), (j) =>
    j === 0 ? 0 : j * Math.exp((1 - j * j) / 2 / scale / scale),
  );
  const slope = taps.reduce((total, tap, j) => total + 2 * j * tap, 0);
  return { taps: taps.map((tap) => (tap / slope) * scale), parity: -1 };
}

/** A Gaussian's second derivative, scaled so that x² / 2 gives the square of `scale`. Its taps sum to 0. */
function differentiatingTwice(scale: number): Taps {
  const variance = smoothing(scale).taps.reduce((sum, tap, j) => sum + 2 * tap * j * j, 0);
  const hat = Float64Array.from(places(scale), (j) =>
    j === 0 ? 0 : (j * j - variance) * Math.exp((1 - j * j) / 2 / scale / scale),
  );
  hat[0] = -2 * hat.reduce((sum, tap) => sum + tap, 0);
  const bend = hat.reduce((total, tap, j) => total + tap * j * j, 0);
  return { taps: hat.map((tap) => (tap / bend) * scale * scale), parity: 1 };
}

function places(scale: number): number[] {
  return Array.from({ length: Math.ceil(deviations * scale) + 1 }, (_, j) => j);
}

/** Lines in an array: `count` lines, `hop` elements apart, of `length` samples that are `step` elements apart. */
export interface Lines {
  readonly count: number;
  readonly length: number;
  readonly step: number;
  readonly hop: number;
}

/**
 * `target[n] = taps[0] x[n] + Σ_j taps[j] (x[n + j] ± x[n − j])` along every line. Pairs are summed first, so that an
 * odd filter gives exactly 0 for constants, and a reversed line the reversed result.
 */
export function filterLines(
  source: FloatArray,
  target: FloatArray,
  { taps, parity }: Taps,
  { count, length, step, hop }: Lines,
): void {
  const radius = taps.length - 1;
  const center = taps[0] ?? 0;
  const samples = new Int32Array(length + 2 * radius);
  for (let i = 0; i < samples.length; i++) samples[i] = step * mirrored(i - radius, length);
  const line = new Float64Array(samples.length);
  for (let k = 0; k < count; k++) {
    const start = k * hop;
    for (let i = 0; i < line.length; i++) line[i] = source[start + samples[i]!]!;
    for (let n = 0; n < length; n++) {
      const at = n + radius;
      let sum = center * line[at]!;
      for (let j = 1; j <= radius; j++) {
        const pair = line[at + j]! + parity * line[at - j]!;
        sum += taps[j]! * pair;
      }
      target[start + step * n] = sum;
    }
  }
}
