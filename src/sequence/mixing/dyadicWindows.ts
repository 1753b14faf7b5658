/**
 * Windows of the mixed features (WaveletGPT, section 2): 2^F, the exponent rising evenly over the features from that of
 * `smallest` to the last power of two within `context`. Of 64 features and 512 positions: 2 for the first eight, 4 for
 * the next seven, …, 512. Throws a RangeError unless `smallest` is 1 or 2 and fits the context.
 */
export function dyadicWindows(features: number, context: number, smallest: 1 | 2 = 2): number[] {
  const lowest = Math.log2(smallest);
  const levels = Math.floor(Math.log2(context)) + 1 - lowest;
  if (!(levels >= 1)) {
    throw new RangeError(`windows from ${smallest} do not fit a context of ${context} positions`);
  }
  return Array.from(
    { length: features },
    (_, i) => 2 ** (lowest + Math.floor((levels * i) / features)),
  );
}
