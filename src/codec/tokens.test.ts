import { expect, test } from "vitest";
import { blockTokens, namesOf, tokenCount, tokenNames, tokenSet, treeTokens } from "./tokens.ts";

test("ids count up in the order of the names", () => {
  for (const tokens of [blockTokens, treeTokens])
    expect(Object.values(tokens)).toEqual(Object.keys(tokens).map((_, id) => id));
});

test("the block vocabulary has the ids of the paper's table", () => {
  expect(tokenNames.blocks).toEqual([
    "Group4x4",
    "Group2x2",
    "NowSignificantNeg",
    "NowSignificantPos",
    "Insignificant",
    "NextAccuracy0",
    "NextAccuracy1",
  ]);
});

test("a token set knows its members", () => {
  const set = tokenSet(blockTokens.NextAccuracy1, blockTokens.NextAccuracy0);
  expect(tokenCount(set)).toBe(2);
  expect(namesOf(set, "blocks")).toEqual(["NextAccuracy0", "NextAccuracy1"]);
  expect(tokenCount(0)).toBe(0);
});
