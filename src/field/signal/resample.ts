import { pointsOf, type Signal } from "./signal.ts";

/** Filters for resampling, by name. */
export const resamplings = {
  /**
   * Bicubic along every axis: Keys' cubic with a = -½ (Catmull-Rom), stretched when reducing so that it covers all samples.
   * At the border, weights outside are dropped and the others renormalized. Equal to Pillow's BICUBIC.
   */
  cubic: cubicTaps,
  /** The mean over the cell of the new sample, weighted by overlap: reducing by 2 along two axes averages 4 samples. */
  box: boxTaps,
} as const satisfies Record<string, (from: number, to: number) => readonly Taps[]>;

/** Name of a filter. */
export type Resampling = keyof typeof resamplings;

/** One new sample as a weighted sum of consecutive old samples, the first of them at `start`. */
export interface Taps {
  readonly start: number;
  readonly weights: readonly number[] | Float64Array;
}

/**
 * Resamples a signal to `size` over the same extent. Cubic interpolation can overshoot; nothing is clipped. Throws RangeError
 * unless `size` has as many axes as the signal, with at least one sample each.
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

/** Applies taps, one per new sample, along an axis of `length` samples that are `stride` numbers apart. */
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
