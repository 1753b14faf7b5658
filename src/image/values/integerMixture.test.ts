import fc from "fast-check";
import { expect, test } from "vitest";
import { createRandom } from "../../data/random/random.ts";
import { integerMixtures } from "./integerMixture.ts";
import { type MixtureSize, mixtureOf, mixtureWidth, startOfMixture } from "./mixture.ts";

const size: MixtureSize = { ends: 2, middle: 6 };
const width = mixtureWidth(size);
const mixtures = integerMixtures(size);

/** What a network may say, in units of 2^−12. */
const anySaid = fc.integer().map((seed) => {
  const random = createRandom(seed);
  const said = new Float32Array(width);
  startOfMixture(size)(said, [width], random);
  return Int32Array.from(said, (x) => Math.round(4096 * (x + 3 * random.normal())));
});
const anyRange = fc
  .tuple(fc.integer({ min: -510, max: 300 }), fc.integer({ min: 1, max: 200 }))
  .map(([low, more]) => [low, low + more] as const);

test("masses are those of real numbers: whole, never 0, and never more than 2^53", () => {
  fc.assert(
    fc.property(anySaid, anyRange, (said, [low, high]) => {
      const exact = mixtureOf(
        Float64Array.from(said, (x) => x / 4096),
        low,
        high,
        size,
      );
      const whole = mixtures(said, low, high);
      const [ours, theirs] = [whole.mass(low, high), exact.mass(low, high)];
      expect(ours).toBeLessThan(2 ** 53);
      let sum = 0;
      let lost = 0; // in bits a coefficient
      for (let n = low; n <= high; n++) {
        const mass = whole.mass(n, n);
        expect(Number.isInteger(mass) && mass > 0).toBe(true);
        sum += mass;
        const share = exact.mass(n, n) / theirs;
        lost += share * Math.log2(share / (mass / ours));
      }
      expect(sum).toBe(ours);
      expect(lost).toBeLessThan(1e-3);
    }),
  );
});

test("is exact where numbers are as large as they can be", () => {
  for (const far of [2 ** 19, -(2 ** 19)]) {
    const { mass } = mixtures(new Int32Array(width).fill(far), -1020, 1020);
    expect(mass(-1020, 1020)).toBeLessThan(2 ** 53);
    expect(mass(3, 3)).toBeGreaterThan(0);
    expect(mass(5, 4) + mass(1021, 2000)).toBe(0);
  }
});
