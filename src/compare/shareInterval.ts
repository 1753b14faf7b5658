import type { Interval } from "./bootstrap.ts";

/** Of a normal distribution, between minus and plus so many deviations lie 95 %. */
const deviations = 1.96;

/**
 * Where a share lies with a confidence of 95 % when it was counted on `count` examples drawn at random (Wilson 1927). It
 * tells what other examples would change, and nothing of other trainings: beside an interval over few seeds it is the
 * other half of the doubt. NaN of no examples.
 */
export function shareInterval(share: number, count: number): Interval {
  const z2 = deviations ** 2 / count;
  const middle = (share + z2 / 2) / (1 + z2);
  const half =
    (deviations * Math.sqrt((share * (1 - share)) / count + z2 / (4 * count))) / (1 + z2);
  return [middle - half, middle + half];
}
