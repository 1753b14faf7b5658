/**
 * Indices of at most `limit` of `count` things, spread evenly over all of them: distinct, ascending, the first always 0.
 *
 * @example
 * spreadEvenly(10, 4); // [0, 2, 5, 7]
 */
export function spreadEvenly(count: number, limit = count): number[] {
  const taken = Math.min(count, limit);
  return Array.from({ length: taken }, (_, i) => Math.floor((i * count) / taken));
}
