import type { Random } from "../../../data/random/random.ts";

/**
 * A random number of the gamma distribution with this shape and rate 1 (Marsaglia & Tsang 2000): drawn for shape + 1, where few
 * draws are rejected, and reduced to `shape` by a power of a uniform number.
 */
export function gammaDeviate(random: Random, shape: number): number {
  const d = shape + 2 / 3;
  for (;;) {
    const x = random.normal();
    const cube = (1 + x / Math.sqrt(9 * d)) ** 3;
    const u = 1 - random.uniform();
    if (cube > 0 && Math.log(u) < (x * x) / 2 + d * (1 - cube + Math.log(cube))) {
      return d * cube * (1 - random.uniform()) ** (1 / shape);
    }
  }
}
