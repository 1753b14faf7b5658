import { expect, test } from "vitest";
import { evaluate, relativeError, someNumbers } from "../../../test/evaluate.ts";
import { input, ShapeError } from "../../graph/index.ts";
import { layoutOf } from "../parameters.ts";
import { attention, twoWay } from "./attention.ts";

const shape = [2, 2, 7, 3];
const [q, k, v] = [input("q", shape), input("k", shape), input("v", shape)];
const feeds = {
  q: someNumbers(84, -2, 2, 1),
  k: someNumbers(84, -2, 2, 2),
  v: someNumbers(84, -2, 2, 3),
};

test("two-way attention is softmax(Q Kᵀ / √d) V over all positions that exist", async () => {
  const valid = input("valid", [2, 7], "bool");
  const exists = [1, 1, 0, 1, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0];
  for (const mask of [Array<number>(14).fill(1), exists]) {
    const { y, plain } = await evaluate(
      { y: twoWay(valid)(q, k, v), plain: twoWay()(q, k, v) },
      { ...feeds, valid: mask },
    );
    const expected: number[] = [];
    for (let head = 0; head < 4; head++) {
      const row = (x: number[], j: number) => x.slice((head * 7 + j) * 3, (head * 7 + j) * 3 + 3);
      const seen = [...Array(7).keys()].filter((j) => mask[Math.floor(head / 2) * 7 + j]);
      for (let i = 0; i < 7; i++) {
        const weights = seen.map((j) =>
          Math.exp(
            row(feeds.q, i).reduce((s, x, d) => s + x * row(feeds.k, j)[d]!, 0) / Math.sqrt(3),
          ),
        );
        const total = weights.reduce((a, b) => a + b);
        for (let d = 0; d < 3; d++)
          expected.push(
            seen.reduce((s, j, n) => s + (weights[n]! / total) * row(feeds.v, j)[d]!, 0),
          );
      }
    }
    expect(relativeError(y, expected)).toBeLessThan(1e-6);
    if (mask !== exists) expect(relativeError(plain, expected)).toBeLessThan(1e-6);
  }
});

test("refuses heads that do not divide the width", () => {
  const model = () => layoutOf((p) => attention(p, input("x", [1, 4, 10]), { heads: 3 }));
  expect(model).toThrow(ShapeError);
  expect(model).toThrow(/attention: 3 heads do not divide .*\[1, 4, 10\]/);
});
