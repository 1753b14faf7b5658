import type { Matrix } from "./dwt2.ts";

/** The signal behind every frozen fixture; scripts/fixtures/pywavelets.py holds the same formula. */
export function fixtureSignal(length: number): Float64Array {
  return Float64Array.from({ length }, (_, i) => (((37 * i * i + 11 * i) % 101) - 50) / 16);
}

/** The largest absolute difference between two arrays of one length; Infinity if the lengths differ. */
export function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  return Array.from(a).reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);
}

/** White noise of −1 … 1, another one for each seed: a hash of the place (the finaliser of murmur3). */
export function noise(length: number, seed: number): Float64Array {
  return Float64Array.from({ length }, (_, i) => {
    let hash = Math.imul(i + 1 + 0x10001 * seed, 0x9e3779b9);
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    return (hash ^ (hash >>> 16)) / 2 ** 31;
  });
}

/** The matrix turned by 90° clockwise: its left column is the new top row. */
export function turned({ height, width, data }: Matrix): Matrix<Float64Array> {
  const source = (i: number) => (height - 1 - (i % height)) * width + Math.floor(i / height);
  const values = Float64Array.from(
    { length: data.length },
    (_, i) => data[source(i)] ?? Number.NaN,
  );
  return { height: width, width: height, data: values };
}

/** A band as the one number that fixtures keep of it: its product with the fixture signal of its length. */
export function summary(band: ArrayLike<number>): number {
  const weights = fixtureSignal(band.length);
  return Array.from(band).reduce((sum, value, i) => sum + value * weights[i]!, 0); // as long
}

/** What rounding errors of {@link summary} are measured by: the same with absolute values. */
export function summaryScale(band: ArrayLike<number>): number {
  const weights = fixtureSignal(band.length);
  return Array.from(band).reduce((sum, value, i) => sum + Math.abs(value * weights[i]!), 0); // as long
}

/**
 * How near PyWavelets' own filters come to the exact ones: 1e-12 relative, but for those of its tables that are less exact
 * (each with its figure in wavelet.test.ts).
 */
export function frozenAccuracy(wavelet: string): number {
  return /^sym([2-8]|1[6-9]|20)$|^(bior|rbio)5\.5$/.test(wavelet) ? 5e-11 : 1e-12;
}

/** How exactly a wavelet's filter bank reconstructs: `dmey` is no exact one. */
export const reconstructionBound = (wavelet: string, bound: number): number =>
  wavelet === "dmey" ? 0.02 : bound;
