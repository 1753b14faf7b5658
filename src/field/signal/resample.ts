import { pointsOf, type Signal } from "./signal.ts";

/** How samples of another grid are made, by the name of the filter. */
export const resamplings = {
  /**
   * Bicubic along every axis: Keys' cubic with a = -½ (Catmull-Rom), stretched over the samples that it stands for
   * where it reduces. At the border the weights that remain are made to sum to 1. As Pillow's BICUBIC.
   */
  cubic: cubicTaps,
  /** The mean over the cell of the new sample, each old sample as far as it lies in it: by 2 in each axis, of 4. */
  box: boxTaps,
} as const satisfies Record<string, (from: number, to: number) => readonly Taps[]>;

/** Name of a filter. */
export type Resampling = keyof typeof resamplings;

/** What one new sample is made of: old samples in a row, the first at `start`, times weights. */
export interface Taps {
  readonly start: number;
  readonly weights: readonly number[] | Float64Array;
}

/**
 * A signal with other numbers of samples along its axes, over the same extent. Throws RangeError unless `size` has as
 * many axes and a sample in each. Cubic values may go a little beyond those of the signal; nothing is clipped.
 */
export function resample(
  signal: Signal,
  size: readonly number[],
  resampling: Resampling = "cubic",
): Signal {
  const positive = size.every((length) => Number.isSafeInteger(length) && length > 0);
  if (size.length !== signal.size.length || !positive) {
    throw new RangeError(`resample: [${signal.size}] cannot become [${size}]`);
  }
  let values = Float64Array.from(signal.values);
  const reached = [...signal.size];
  for (const [axis, to] of size.entries()) {
    const from = reached[axis]!;
    const inner = pointsOf(reached.slice(axis + 1)) * signal.channels;
    if (from !== to) values = alongAxis(values, from, inner, resamplings[resampling](from, to));
    reached[axis] = to;
  }
  const { rate, ...rest } = signal;
  const [from = 1] = signal.size;
  const [to = 1] = size;
  return {
    ...rest,
    size,
    values: Float32Array.from(values),
    ...(rate !== undefined && { rate: (rate * to) / from }),
  };
}

/** Applies taps, one for each new sample, to an axis of `length` samples that are `stride` numbers apart. */
export function alongAxis(
  values: Float64Array,
  length: number,
  stride: number,
  taps: readonly Taps[],
): Float64Array<ArrayBuffer> {
  const outer = values.length / (length * stride);
  const result = new Float64Array(outer * taps.length * stride);
  for (let block = 0; block < outer; block++) {
    for (let i = 0; i < taps.length; i++) {
      const { start, weights } = taps[i]!;
      const to = (block * taps.length + i) * stride;
      for (let k = 0; k < weights.length; k++) {
        const weight = weights[k]!;
        const from = (block * length + start + k) * stride;
        for (let j = 0; j < stride; j++) result[to + j]! += weight * values[from + j]!;
      }
    }
  }
  return result;
}

/** Keys' cubic, a = -½: 1 at 0, 0 at all other integers and beyond 2. */
function cubic(distance: number): number {
  const x = Math.abs(distance);
  if (x < 1) return (1.5 * x - 2.5) * x * x + 1;
  return x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0;
}

function cubicTaps(from: number, to: number): readonly Taps[] {
  const step = from / to;
  const stretch = Math.max(1, step);
  return Array.from({ length: to }, (_, i) => {
    // Sample j lies at j + ½.
    const center = (i + 0.5) * step;
    const start = Math.max(0, Math.floor(center - 2 * stretch + 0.5));
    const end = Math.min(from, Math.floor(center + 2 * stretch + 0.5));
    return normalized(start, end, (j) => cubic((j + 0.5 - center) / stretch));
  });
}

function boxTaps(from: number, to: number): readonly Taps[] {
  return Array.from({ length: to }, (_, i) => {
    // Products before quotients: ends that are whole numbers come out whole.
    const [low, high] = [(i * from) / to, ((i + 1) * from) / to];
    const covered = (j: number) => Math.min(j + 1, high) - Math.max(j, low);
    return normalized(Math.floor(low), Math.ceil(high), covered);
  });
}

function normalized(start: number, end: number, weightOf: (sample: number) => number): Taps {
  const weights = Array.from({ length: end - start }, (_, k) => weightOf(start + k));
  const sum = weights.reduce((a, b) => a + b, 0);
  return { start, weights: weights.map((weight) => weight / sum) };
}
