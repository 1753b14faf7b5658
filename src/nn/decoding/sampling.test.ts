import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createRandom } from "../../data/random/random.ts";
import { anyToken, chooseToken, tokenChance, tokenChooser } from "./sampling.ts";

/** Logits of the probabilities 0.5, 0.3, 0.15, 0.05. */
const logits = Float32Array.of(0.3, 0.05, 0.5, 0.15).map(Math.log);
const all = 0b1111;
/** Share of each token over evenly spaced quantiles. */
function shares(legal: number, options: Parameters<typeof chooseToken>[3] = {}): number[] {
  const counts = [0, 0, 0, 0];
  for (let i = 0; i < 1000; i++)
    counts[chooseToken(logits, legal, (i + 0.5) / 1000, options)]! += 1;
  return counts.map((n) => n / 1000);
}

test("the chance of a token is the share with which it is drawn", () => {
  for (const legal of [all, anyToken, 0b1011])
    for (const options of [
      ...[{}, { temperature: 0 }, { temperature: 0.5, topP: 0.9 }, { topK: 2 }, { minP: 0.2 }],
    ])
      for (const [token, share] of shares(legal, options).entries())
        expect(tokenChance(logits, legal, token, options)).toBeCloseTo(share, 2);
});

describe("a token is drawn", () => {
  test("with the probabilities of the softmax", () => {
    expect(shares(all)).toEqual([0.3, 0.05, 0.5, 0.15]);
    expect(shares(anyToken)).toEqual([0.3, 0.05, 0.5, 0.15]);
  });
  test("from legal tokens alone, renormalized", () => {
    expect(shares(0b0011)).toEqual([0.857, 0.143, 0, 0]);
  });
  test("greedily at temperature 0", () => {
    expect(shares(all, { temperature: 0 })).toEqual([0, 0, 1, 0]);
    expect(shares(0b1010, { temperature: 0 })).toEqual([0, 0, 0, 1]);
  });
  test("more evenly at a high temperature", () => {
    const [a, b, c, d] = shares(all, { temperature: 100 });
    for (const share of [a, b, c, d]) expect(share).toBeCloseTo(0.25, 1);
  });
  test("from the k likeliest", () => {
    expect(shares(all, { topK: 2 })).toEqual([0.375, 0, 0.625, 0]);
  });
  test("from the fewest whose probabilities reach p", () => {
    expect(shares(all, { topP: 0.5 })).toEqual([0, 0, 1, 0]);
    expect(shares(all, { topP: 0.6 })).toEqual([0.375, 0, 0.625, 0]);
    expect(shares(all, { topP: 0 })).toEqual([0, 0, 1, 0]);
  });
  test("from those with a share of the likeliest one's probability", () => {
    expect(shares(all, { minP: 0.5 })).toEqual([0.375, 0, 0.625, 0]);
    expect(shares(all, { minP: 0.7 })).toEqual([0, 0, 1, 0]);
    expect(shares(all, { minP: 1 })).toEqual([0, 0, 1, 0]);
  });
  test("by the strictest of several limits", () => {
    expect(shares(all, { topP: 0.6, topK: 3, minP: 0.2 })).toEqual([0.375, 0, 0.625, 0]);
    expect(shares(all, { topP: 0.99, topK: 2, minP: 0.05 })).toEqual([0.375, 0, 0.625, 0]);
    expect(shares(all, { topP: 0.99, topK: 3, minP: 0.5 })).toEqual([0.375, 0, 0.625, 0]);
  });
});

/** The same choice by its definition: all tokens in their order, and weights taken off until the quantile is reached. */
function chosenByDefinition(
  row: Float32Array,
  legal: number,
  uniform: number,
  {
    temperature = 1,
    topK = row.length,
    topP = 1,
    minP = 0,
  }: Parameters<typeof chooseToken>[3] = {},
): number {
  const ranked = [...row.keys()]
    .filter((token) => legal === anyToken || (legal >>> token) & 1)
    .sort((a, b) => row[b]! - row[a]!); // tokens; stable
  const weights = ranked.map((token) => Math.exp((row[token]! - row[ranked[0]!]!) / temperature)); // tokens
  const sum = (list: readonly number[]) => list.reduce((a, b) => a + b, 0);
  let kept = 1;
  while (kept < ranked.length && kept < topK && sum(weights.slice(0, kept)) < topP * sum(weights))
    kept += 1;
  while (kept > 1 && weights[kept - 1]! < minP) kept -= 1; // below the length
  let left = uniform * sum(weights.slice(0, kept));
  const at = weights.slice(0, kept).findIndex((weight) => {
    left -= weight;
    return left < 0;
  });
  return ranked[at < 0 ? kept - 1 : at]!; // one was kept
}

test.each([2, 27, 31, 388])("of %i tokens the one of the definition is drawn", (count) => {
  const random = createRandom(count);
  for (let round = 0; round < 150; round++) {
    // Every second row has many equal logits.
    const row = Float32Array.from({ length: count }, () =>
      round % 2 ? random.integer(4) : 3 * random.normal(),
    );
    const legal = count < 32 && round % 3 === 0 ? 1 + random.integer(2 ** count - 1) : anyToken;
    const uniform = random.uniform();
    const options = [
      ...[{}, { temperature: 0.5 }, { topK: 1 + random.integer(count) }],
      ...[{ topP: random.uniform() }, { topK: 5, topP: 0.9, temperature: 2 }],
      ...[{ minP: random.uniform() / 5 }, { topP: 0.8, topK: 9, minP: 0.1 }],
    ][round % 7];
    expect(chooseToken(row, legal, uniform, options)).toBe(
      chosenByDefinition(row, legal, uniform, options),
    );
  }
});

test("many draws with the same memory are those of one each", () => {
  const random = createRandom(1);
  const choose = tokenChooser();
  for (let round = 0; round < 100; round++) {
    const row = Float32Array.from({ length: 3 + random.integer(9) }, () => random.normal());
    const options = [{}, { topP: 0.7 }, { topK: 2 }, { minP: 0.3 }][round % 4]!; // one of four
    const uniform = random.uniform();
    const legal = round % 3 ? anyToken : 0b101;
    expect(choose(row, legal, uniform, options)).toBe(chooseToken(row, legal, uniform, options));
  }
});

test("where nothing is legal there is nothing to draw", () => {
  expect(() => chooseToken(logits, 0, 0.5)).toThrow(RangeError);
});

test("whatever the options, the token is legal", () => {
  const problem = fc.record({
    row: fc.array(fc.float({ min: -50, max: 50, noNaN: true }), { minLength: 7, maxLength: 7 }),
    legal: fc.integer({ min: 1, max: 127 }),
    uniform: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
    temperature: fc.constantFrom(0, 0.01, 1, 10),
    topK: fc.integer({ min: 0, max: 9 }),
    topP: fc.double({ min: 0, max: 1, noNaN: true }),
    minP: fc.double({ min: 0, max: 1, noNaN: true }),
  });
  fc.assert(
    fc.property(problem, ({ row, legal, uniform, ...options }) => {
      const token = chooseToken(Float32Array.from(row), legal, uniform, options);
      expect((legal >> token) & 1).toBe(1);
    }),
  );
});
