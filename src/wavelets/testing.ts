import type { Matrix } from "./arrays/matrix.ts";

/** The signal behind every frozen fixture; scripts/fixtures/digest.py holds the same formula. */
export function fixtureSignal(length: number): Float64Array {
  return Float64Array.from({ length }, (_, i) => fixtureSample(i));
}

const fixtureSample = (i: number): number => (((37 * i * i + 11 * i) % 101) - 50) / 16;

// These are called hundreds of thousands of times, so they are loops.

/** The largest absolute difference between two arrays; Infinity if the lengths differ. */
export function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  let most = 0;
  for (let i = 0; i < a.length; i++) most = Math.max(most, Math.abs(a[i]! - b[i]!));
  return most;
}

/** The largest modulus. */
export function largest(values: ArrayLike<number>): number {
  let most = 0;
  for (let i = 0; i < values.length; i++) most = Math.max(most, Math.abs(values[i]!));
  return most;
}

/** The scalar product of two arrays, or of two lists of arrays in order; NaN if their lengths differ. */
export function dot(a: Numbers, b: Numbers): number {
  const [x, y] = [listed(a), listed(b)];
  let sum = x.length === y.length ? 0 : Number.NaN;
  for (const [k, one] of x.entries()) {
    const other = y[k]!;
    if (one.length !== other.length) return Number.NaN;
    for (let i = 0; i < one.length; i++) sum += one[i]! * other[i]!;
  }
  return sum;
}

/** One array, or several. */
export type Numbers = ArrayLike<number> | readonly ArrayLike<number>[];

const listed = (numbers: Numbers): readonly ArrayLike<number>[] =>
  typeof numbers[0] === "object"
    ? (numbers as readonly ArrayLike<number>[])
    : [numbers as ArrayLike<number>];

/** |a − b| / |b|, in mean square. */
export function relative(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const error = Float64Array.from(a, (value, i) => value - b[i]!); // NaN if b is shorter
  return Math.sqrt(dot(error, error) / dot(b, b));
}

/** Uniform white noise from −1 to 1, by seed: a hash of the index (the finalizer of murmur3). */
export function noise(length: number, seed: number): Float64Array {
  return Float64Array.from({ length }, (_, i) => {
    let hash = Math.imul(i + 1 + 0x10001 * seed, 0x9e3779b9);
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    return (hash ^ (hash >>> 16)) / 2 ** 31;
  });
}

/** A matrix of the {@link fixtureSignal}. */
export const fixtureMatrix = (height: number, width: number): Matrix<Float64Array> => {
  return { height, width, data: fixtureSignal(height * width) };
};

/** A matrix of {@link noise}. */
export const noiseMatrix = (height: number, width: number): Matrix<Float64Array> => {
  return { height, width, data: noise(height * width, 0) };
};

/** The matrix turned by 90° clockwise: its left column is the new top row. */
export function turned({ height, width, data }: Matrix): Matrix<Float64Array> {
  const source = (i: number) => (height - 1 - (i % height)) * width + Math.floor(i / height);
  const values = Float64Array.from(
    { length: data.length },
    (_, i) => data[source(i)] ?? Number.NaN,
  );
  return { height: width, width: height, data: values };
}

/** The one number that fixtures store of a band: its scalar product with the fixture signal of its length. */
export function summary(band: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < band.length; i++) sum += band[i]! * fixtureSample(i);
  return sum;
}

/** The scale of rounding errors of {@link summary}: the same sum with absolute values. */
export function summaryScale(band: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < band.length; i++) sum += Math.abs(band[i]! * fixtureSample(i));
  return sum;
}

/**
 * The accuracy of PyWavelets' filters: 1e-12 relative, except for tables that are less exact (wavelet.test.ts has the figure of
 * each).
 */
export function frozenAccuracy(wavelet: string): number {
  return /^sym([2-8]|1[6-9]|20)$|^(bior|rbio)5\.5$/.test(wavelet) ? 5e-11 : 1e-12;
}

/** The reconstruction error of a filter bank; `dmey` does not reconstruct exactly. */
export const reconstructionBound = (wavelet: string, bound: number): number =>
  wavelet === "dmey" ? 0.02 : bound;
