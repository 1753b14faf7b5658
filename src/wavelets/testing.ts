/** The signal behind every frozen fixture; scripts/fixtures/pywavelets.py holds the same formula. */
export function fixtureSignal(length: number): Float64Array {
  return Float64Array.from({ length }, (_, i) => (((37 * i * i + 11 * i) % 101) - 50) / 16);
}

/** The largest absolute difference between two arrays of one length; Infinity if the lengths differ. */
export function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  return Array.from(a).reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);
}
