/**
 * A two-channel filter bank with perfect reconstruction: all that a transform needs to know about a wavelet. The four
 * filters have the same even length and follow PyWavelets' order and padding with zeros.
 */
export interface Wavelet {
  readonly name: string;
  /** Low-pass analysis filter. */
  readonly decLo: readonly number[];
  /** High-pass analysis filter. */
  readonly decHi: readonly number[];
  /** Low-pass synthesis filter. */
  readonly recLo: readonly number[];
  /** High-pass synthesis filter. */
  readonly recHi: readonly number[];
}

/** Throws RangeError unless the four filters have the same even length. */
export function checkFilterLengths({ name, decLo, decHi, recLo, recHi }: Wavelet): void {
  const { length } = decLo;
  const isOneLength = decHi.length === length && recLo.length === length && recHi.length === length;
  if (isOneLength && length >= 2 && length % 2 === 0) return;
  const filters = Object.entries({ decLo, decHi, recLo, recHi });
  const lengths = filters.map(([filter, taps]) => `${filter} ${taps.length}`).join(", ");
  throw new RangeError(
    `the filters of "${name}" must have the same even length, not ${lengths}; pad shorter filters with zeros`,
  );
}
