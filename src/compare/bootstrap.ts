import { createRandom } from "../data/random/random.ts";

/** Where a number lies with a confidence of 95 %. */
export type Interval = readonly [low: number, high: number];

/** Up to so many resamples are all taken; beyond, so many are drawn. */
const most = 4000;

/**
 * The percentile interval of the bootstrap (Efron 1979): a statistic of `count` things, such as seeds, is computed for resamples
 * of their indices with replacement, and the interval holds the middle 95 % of its values. Few things have few resamples (27 of
 * three), all of which are taken: such an interval is a description of the seeds, and too narrow as a promise about others.
 * Infinite values are allowed; of NaN the interval is NaN.
 */
export function bootstrap(
  count: number,
  statistic: (indices: readonly number[]) => number,
): Interval {
  const values = resamples(count).map(statistic);
  if (count === 0 || values.some(Number.isNaN)) return [Number.NaN, Number.NaN];
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))]!; // within the list
  return [at(0.025), at(0.975)];
}

function resamples(count: number): number[][] {
  if (count ** count <= most) {
    return Array.from({ length: count ** count }, (_, n) =>
      Array.from({ length: count }, (_, place) => Math.floor(n / count ** place) % count),
    );
  }
  const random = createRandom(1);
  return Array.from({ length: most }, () =>
    Array.from({ length: count }, () => random.integer(count)),
  );
}
