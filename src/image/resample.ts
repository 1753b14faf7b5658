/** Weights whose logs are given, of sum 1. */
export function normalized(logWeights: readonly number[]): number[] {
  const most = Math.max(...logWeights);
  const weights = logWeights.map((log) => Math.exp(log - most));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

/** How many particles of equal weight would be worth as much as those of these weights, whose sum is 1. */
export const effectiveCount = (weights: readonly number[]): number =>
  1 / weights.reduce((sum, weight) => sum + weight ** 2, 0);

/**
 * How often each particle goes on, in expectation in proportion to its weight (of sum 1): systematic resampling (Kitagawa 1996),
 * read at the quantile `uniform` in [0, 1). The counts have the sum of the particles there are.
 */
export function resample(weights: readonly number[], uniform: number): number[] {
  const count = weights.length;
  const copies = weights.map(() => 0);
  let [reached, taken] = [0, 0];
  for (const [k, weight] of weights.entries()) {
    reached += weight * count;
    for (; taken < count && taken + uniform < reached; taken++) copies[k]!++;
  }
  if (taken < count) copies[copies.length - 1]! += count - taken; // rounding may leave a crumb
  return copies;
}

/** Draws an index in proportion to weights of sum 1, read at the quantile `uniform` in [0, 1). */
export function pickOne(weights: readonly number[], uniform: number): number {
  let reached = 0;
  const found = weights.findIndex((weight) => {
    reached += weight;
    return uniform < reached;
  });
  return found < 0 ? weights.length - 1 : found; // rounding may leave a crumb
}
