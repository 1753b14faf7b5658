import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createRandom } from "../../data/random/random.ts";
import { UserError } from "../../errors/userError.ts";
import {
  drawExpression,
  expressionValue,
  type ListOpsOptions,
  listOpsTokens,
  longRangeArena,
} from "./listops.ts";

const tokensOf = (text: string) => text.split(" ").map((name) => listOpsTokens.indexOf(name));
const textOf = (tokens: Iterable<number>) => Array.from(tokens, (t) => listOpsTokens[t]).join(" ");

/** A list within lists: an operator's name and what it is of. */
type Tree = number | { readonly operator: string; readonly of: readonly Tree[] };

/** Reads an expression as the grammar says it, from the front. */
function treeOf(words: string[]): Tree {
  const word = words.shift() ?? "";
  if (!word.startsWith("[")) return Number(word);
  const of: Tree[] = [];
  while (words[0] !== "]") of.push(treeOf(words));
  words.shift();
  return { operator: word, of };
}

function meaningOf(tree: Tree): number {
  if (typeof tree === "number") return tree;
  const values = tree.of.map(meaningOf).sort((a, b) => a - b);
  const half = values.length / 2;
  switch (tree.operator) {
    case "[MIN":
      return values[0]!; // an operator has arguments
    case "[MAX":
      return values.at(-1)!;
    case "[MED":
      return values.length % 2
        ? values[Math.floor(half)]!
        : Math.trunc((values[half - 1]! + values[half]!) / 2);
    case "[SM":
      return values.reduce((sum, v) => sum + v, 0) % 10;
    default:
      throw new Error(tree.operator);
  }
}

const depthOf = (tree: Tree): number =>
  typeof tree === "number" ? 1 : 1 + Math.max(...tree.of.map(depthOf));
const argumentsOf = (tree: Tree): number[] =>
  typeof tree === "number" ? [] : [tree.of.length, ...tree.of.flatMap(argumentsOf)];

const someOptions: fc.Arbitrary<ListOpsOptions> = fc
  .record({
    minLength: fc.integer({ min: 1, max: 40 }),
    more: fc.integer({ min: 10, max: 100 }),
    maxDepth: fc.integer({ min: 4, max: 10 }),
    maxArguments: fc.integer({ min: 5, max: 10 }),
  })
  .map(({ more, ...options }) => ({ ...options, maxLength: options.minLength + more }));
const somePart = fc.constantFrom("train" as const, "valid" as const);
const draws = fc.tuple(someOptions, somePart, fc.integer());
const quick = { numRuns: 50 };

describe("the value of an expression", () => {
  test.each([
    ["7", 7],
    ["[MAX 4 3 [MIN 2 3 ] 1 0 [MED 1 5 8 9 2 ] ]", 5], // the example of Long Range Arena's authors
    ["[MED 3 8 ]", 5],
    ["[MED 9 1 4 ]", 4],
    ["[SM 7 8 9 ]", 4],
    ["[MIN [SM 5 5 ] 3 ]", 0],
  ])("%s is %d", (text, value) => {
    expect(expressionValue(tokensOf(text))).toBe(value);
  });

  test("equals that of the tree it stands for, a digit", () => {
    fc.assert(
      fc.property(draws, ([options, part, seed]) => {
        const tokens = drawExpression(options, part, createRandom(seed));
        const value = expressionValue(tokens);
        expect(value).toBe(meaningOf(treeOf(textOf(tokens).split(" "))));
        expect(value % 1).toBe(0);
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(9);
      }),
      quick,
    );
  });

  test.each(["]", "[MAX ]", "[MIN 1 2", "1 2", "[SM 1 ] ]", "[SM 1 what ]"])(
    "%s has none",
    (text) => {
      expect(() => expressionValue(tokensOf(text))).toThrow(RangeError);
    },
  );
});

describe("an expression that is drawn", () => {
  test("keeps the bounds of length, depth and arguments", () => {
    fc.assert(
      fc.property(draws, ([options, part, seed]) => {
        const tokens = drawExpression(options, part, createRandom(seed));
        expect(tokens.length).toBeGreaterThanOrEqual(options.minLength);
        expect(tokens.length).toBeLessThanOrEqual(options.maxLength);
        const tree = treeOf(textOf(tokens).split(" "));
        expect(depthOf(tree)).toBeLessThanOrEqual(options.maxDepth);
        for (const count of argumentsOf(tree)) {
          expect(count).toBeGreaterThanOrEqual(2);
          expect(count).toBeLessThanOrEqual(options.maxArguments);
        }
      }),
      quick,
    );
  });

  test("is decided by the random stream", () => {
    const draw = (seed: number) => drawExpression(longRangeArena, "train", createRandom(seed));
    expect(draw(5)).toEqual(draw(5));
    expect(draw(5)).not.toEqual(draw(6));
    expect(draw(5).length).toBeGreaterThan(500);
  });

  test("is in one part alone, which one its tokens decide", () => {
    const few = { ...longRangeArena, minLength: 4, maxLength: 4 }; // 400 there are
    const all = (part: "train" | "valid", draws: number) => {
      const random = createRandom(part);
      return new Set(
        Array.from({ length: draws }, () => textOf(drawExpression(few, part, random))),
      );
    };
    const [train, valid] = [all("train", 4000), all("valid", 700)];
    expect(train.size + valid.size).toBe(400);
    expect(new Set([...train, ...valid]).size).toBe(400);
    expect(valid.size).toBeGreaterThan(30);
    expect(valid.size).toBeLessThan(70);
  });

  test("has operators and numbers of arguments as often as the rule says", () => {
    // Two levels of operators, and no length that would be refused; the whole is never a digit.
    const options = { minLength: 4, maxLength: 122, maxDepth: 3, maxArguments: 10 };
    const random = createRandom(2);
    const draws = 3000;
    const operators = new Map<string, number>();
    const counts = new Map<number, number>();
    const add = <K>(map: Map<K, number>, key: K) => map.set(key, (map.get(key) ?? 0) + 1);
    const within: Tree[] = [];
    for (let i = 0; i < draws; i++) {
      const tree = treeOf(textOf(drawExpression(options, "train", random)).split(" "));
      if (typeof tree === "number") throw new Error("a digit has one token");
      add(operators, tree.operator);
      add(counts, tree.of.length);
      within.push(...tree.of);
    }
    const nested = within.filter((argument) => typeof argument !== "number").length;
    expect(Math.abs(nested / within.length - 1 / 4)).toBeLessThan(0.015);
    expect(operators.size).toBe(4);
    for (const n of operators.values()) expect(Math.abs(n / draws - 1 / 4)).toBeLessThan(0.03);
    expect([...counts.keys()].sort((a, b) => a - b)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10]);
    for (const n of counts.values()) expect(Math.abs(n / draws - 1 / 9)).toBeLessThan(0.02);
  });

  test("must have a length that there is", () => {
    const draw = () =>
      drawExpression({ ...longRangeArena, minLength: 2, maxLength: 3 }, "train", createRandom(1));
    expect(draw).toThrow(
      new UserError(
        "no expression of 2 to 3 tokens turned up in 200000 trials; allow more lengths",
      ),
    );
  });
});
