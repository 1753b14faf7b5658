import type { Wavelet } from "./wavelet.ts";

/** Throws RangeError unless the four filters of a bank have one even length, which every transform reckons with. */
export function checkFilterLengths({ name, decLo, decHi, recLo, recHi }: Wavelet): void {
  const { length } = decLo;
  const isOneLength = decHi.length === length && recLo.length === length && recHi.length === length;
  if (isOneLength && length >= 2 && length % 2 === 0) return;
  const filters = Object.entries({ decLo, decHi, recLo, recHi });
  const lengths = filters.map(([filter, taps]) => `${filter} ${taps.length}`).join(", ");
  throw new RangeError(
    `the filters of "${name}" must have one even length, not ${lengths}; zeros around shorter ones make them so`,
  );
}
