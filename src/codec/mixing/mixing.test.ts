import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { leastChance } from "./logistic.ts";
import {
  contextLimit,
  type Mixing,
  mapCount,
  measureLimit,
  measureMost,
  setCount,
  setSize,
} from "./mixing.ts";
import { openMixing } from "./openMixing.ts";
import { plainMixing } from "./plainMixing.ts";
import { simdMixing } from "./simdMixing.ts";
import { otherKind, startingWeights } from "./startingWeights.ts";

const plain = plainMixing();
const simd = simdMixing();
const implementations = { plain, ...(simd && { simd }) };

/** Numbers below a limit, from a seed. */
function numbersFrom(seed: number): (limit: number) => number {
  let state = seed | 1;
  return (limit) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % limit;
  };
}

/** Writes what is known into a mixing. */
function know(mixing: Mixing, below: (limit: number) => number, spread: number): void {
  for (let i = 0; i < contextLimit; i++) mixing.keys[i] = below(Math.min(spread, 65536));
  for (let s = 0; s < setCount; s++) mixing.sets[s] = below(Math.min(spread, setSize));
  for (let m = 0; m < mapCount; m++) mixing.maps[m] = below(Math.min(spread, 65536));
  mixing.last[0] = below(Math.min(spread, setSize));
  mixing.kind[0] = below(spread) % startingWeights.length;
  mixing.measured[0] = spread === 1 ? 0 : 4 * below(measureLimit / 4 + 1);
  for (let k = 0; k < mixing.measured[0]; k++)
    mixing.measures[k] = below(2 * measureMost + 1) - measureMost;
}

/** The chances of bits that follow known things more or less, each learned. */
function chancesOf(mixing: Mixing, seed: number, steps: number, spread: number): number[] {
  const below = numbersFrom(seed);
  return Array.from({ length: steps }, (_, step) => {
    know(mixing, below, spread);
    // All numbers of contexts, and bits from quite certain ones to none.
    const chance = mixing.predict(step % 50 === 0 ? below(contextLimit + 1) : contextLimit);
    const likely = ((mixing.keys[0]! ^ mixing.sets[0]!) & 1) as 0 | 1;
    mixing.update(below(1 + (seed & 15)) === 0 ? likely : (below(2) as 0 | 1));
    return chance;
  });
}

const drawn = fc.record({
  seed: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
  steps: fc.integer({ min: 0, max: 3000 }),
  spread: fc.constantFrom(1, 2, 5, 100, 4096, 65536),
});

describe.each(Object.entries(implementations))("a mixing, %s", (_, mixing) => {
  const bits = (chance: number, bit: 0 | 1) =>
    -Math.log2((bit === 1 ? chance : 65536 - chance) / 65536);

  test("takes both values of the first bit for about as likely", () => {
    mixing.reset();
    know(mixing, () => 0, 1);
    mixing.kind[0] = otherKind;
    expect(Math.abs(mixing.predict(contextLimit) - 32768)).toBeLessThan(256);
  });

  test("forgets what was written into it too", () => {
    mixing.reset();
    const chance = mixing.predict(contextLimit);
    mixing.update(1);
    know(mixing, numbersFrom(3), 4096);
    mixing.predict(contextLimit);
    mixing.update(0);
    mixing.reset();
    expect(mixing.predict(contextLimit)).toBe(chance);
    mixing.update(1);
  });

  test("makes a bit cheap that one context of many tells", () => {
    mixing.reset();
    const below = numbersFrom(5);
    let cost = 0;
    for (let step = 0; step < 4000; step++) {
      know(mixing, below, 65536);
      mixing.sets.fill(0);
      mixing.last[0] = 0;
      mixing.maps.fill(0);
      const bit = below(2) as 0 | 1;
      mixing.keys[3] = bit;
      const chance = mixing.predict(8);
      if (step >= 2000) cost += bits(chance, bit);
      mixing.update(bit);
    }
    expect(cost / 2000).toBeLessThan(0.02);
  });

  test("makes a bit cheap that the size of a measure tells", () => {
    mixing.reset();
    const below = numbersFrom(7);
    let cost = 0;
    for (let step = 0; step < 4000; step++) {
      know(mixing, below, 65536);
      mixing.measured[0] = 4;
      mixing.measures.fill(0);
      mixing.sets.fill(0);
      mixing.last[0] = 0;
      mixing.maps.fill(0);
      mixing.measures[2] = below(2001) - 1000;
      const bit = mixing.measures[2]! > 0 ? 1 : 0;
      const chance = mixing.predict(4);
      if (step >= 2000) cost += bits(chance, bit);
      mixing.update(bit);
    }
    expect(cost / 2000).toBeLessThan(0.1);
  });

  test("pays hardly more than a bit for one that nothing tells", () => {
    mixing.reset();
    const below = numbersFrom(6);
    let cost = 0;
    for (let step = 0; step < 4000; step++) {
      know(mixing, below, 16);
      const bit = below(2) as 0 | 1;
      cost += bits(mixing.predict(contextLimit), bit);
      mixing.update(bit);
    }
    expect(cost / 4000).toBeLessThan(1.2);
    expect(cost / 4000).toBeGreaterThan(0.98);
  });

  test("stays away from certainty, however long it sees the same", () => {
    mixing.reset();
    know(mixing, () => 7, 8);
    const chanceAfter = (bit: 0 | 1) => {
      for (let step = 0; step < 3000; step++) {
        mixing.predict(contextLimit);
        mixing.update(bit);
      }
      return mixing.predict(contextLimit);
    };
    const [high, low] = [chanceAfter(1), chanceAfter(0)];
    expect(high).toBeGreaterThan(65000);
    expect(high).toBeLessThanOrEqual(65536 - leastChance);
    expect(low).toBeLessThan(500);
    expect(low).toBeGreaterThanOrEqual(leastChance);
  });

  test("forgets everything when it is reset, few things and many", () => {
    for (const steps of [1, 50, 6000]) {
      mixing.reset();
      const first = chancesOf(mixing, 11, steps, 65536);
      chancesOf(mixing, 12, 300, 5);
      mixing.reset();
      expect(chancesOf(mixing, 11, steps, 65536)).toEqual(first);
    }
  });

  test("learns nothing from a question alone", () => {
    mixing.reset();
    const first = chancesOf(mixing, 13, 200, 5);
    mixing.reset();
    const below = numbersFrom(14);
    for (let step = 0; step < 200; step++) {
      know(mixing, below, 5);
      mixing.predict(contextLimit);
    }
    expect(chancesOf(mixing, 13, 200, 5)).toEqual(first);
  });
});

test.skipIf(simd === undefined)("vectors predict and learn as plain TypeScript does", () => {
  fc.assert(
    fc.property(drawn, ({ seed, steps, spread }) => {
      plain.reset();
      simd!.reset();
      const expected = chancesOf(plain, seed, steps, spread);
      expect(chancesOf(simd!, seed, steps, spread)).toEqual(expected);
      for (const chance of expected)
        if (!(chance >= leastChance && chance <= 65536 - leastChance)) expect(chance).toBeNaN();
    }),
    { numRuns: 25 },
  );
});

test("two mixings share nothing", () => {
  const [one, other] = [openMixing(), openMixing()];
  const fresh = chancesOf(one, 3, 100, 5);
  expect(chancesOf(other, 3, 100, 5)).toEqual(fresh);
  expect(chancesOf(one, 3, 100, 5)).not.toEqual(fresh);
});
