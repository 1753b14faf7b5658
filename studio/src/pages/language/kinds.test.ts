import { blockTokens, tokenNames, vocabularies } from "ondelette/codec";
import { expect, test } from "vitest";
import { kindNames, kindNumbers, sharesAlong, tally } from "./kinds.ts";

test("every token has a kind, and all kinds occur in both vocabularies", () => {
  for (const vocabulary of vocabularies) {
    const numbers = kindNumbers(vocabulary);
    expect(numbers).toHaveLength(tokenNames[vocabulary].length);
    expect(new Set(numbers).size).toBe(kindNames.length);
  }
});

const stream = {
  vocabulary: "blocks",
  tokens: Uint8Array.of(blockTokens.Group4x4, blockTokens.NowSignificantPos, blockTokens.Group2x2),
  bits: Float32Array.of(1, 3, 2),
  bytes: Uint32Array.of(0, 1, 4),
} as const;

test("the tally counts tokens and bits by kind", () => {
  const sums = tally(stream.tokens, stream.bits, "blocks");
  expect(sums[kindNames.indexOf("group")]).toEqual({ count: 2, bits: 3 });
  expect(sums[kindNames.indexOf("positive")]).toEqual({ count: 1, bits: 3 });
});

test("shares along the bytes add up to one in every column", () => {
  const shares = sharesAlong(stream, 4);
  const columns = Array.from({ length: 4 }, (_, c) => [...shares.subarray(6 * c, 6 * c + 6)]);
  for (const column of columns) expect(column.reduce((a, b) => a + b)).toBeCloseTo(1, 6);
  expect(columns[0]![kindNames.indexOf("group")]).toBe(1);
  expect(columns[1]![kindNames.indexOf("positive")]).toBe(1);
  expect(columns[2]).toEqual(columns[1]); // no token ends there
});
