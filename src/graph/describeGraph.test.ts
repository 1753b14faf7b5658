import { expect, test } from "vitest";
import { constant, describeGraph, input } from "./index.ts";

test("a graph as text has a line for each value, in order of computation", () => {
  const x = input("x", [2, 3]);
  expect(describeGraph({ y: x.mul(2).sum(1) })).toBe(
    [
      "x  = input                           float32[2, 3]",
      "%1 = constant 2                      float32[]",
      "%2 = mul x, %1                       float32[2, 3]",
      "%3 = sum %2 axes=[1] keepDims=false  float32[2]",
      "y  = %3                              float32[2]",
    ].join("\n"),
  );
});

test("shared values stand once, and one of several outputs has its number", () => {
  const x = input("x", [4]);
  const [, last] = x.split(0, [1, 3]);
  const lines = describeGraph({ a: last!.exp().add(last!), b: x }).split("\n");
  expect(lines.filter((line) => line.includes("split"))).toEqual([
    expect.stringMatching(/^%1 = split x axis=0 lengths=\[1, 3\] +float32\[1\], float32\[3\]$/),
  ]);
  expect(lines).toContainEqual(expect.stringMatching(/= exp %1\.1 +float32\[3\]$/));
});

test("a constant shows its name, or its first values", () => {
  const named = constant([1, 2], [2], "float32", "head.bias");
  expect(describeGraph({ named })).toContain("constant head.bias");
  expect(describeGraph({ y: constant([1, 2, 3, 4], [4], "int32") })).toContain(
    "constant 1, 2, 3, …",
  );
});

test("a tensor as text is its type", () => {
  expect(`${input("x", [2, 3], "int32")}`).toBe("int32[2, 3]");
});
