import { describe, expect, test } from "vitest";
import { constant, input } from "../../graph/index.ts";
import { compileSteps } from "./compileSteps.ts";
import { findIndexed } from "./tables.ts";

const [token, x] = [input("token", [1], "int32"), input("x", [1, 2])];
const embedding = constant([1, 2, 3, 4, 5, 6], [3, 2]);
const weight = constant([1, -1, 10, 2], [2, 2]);
const row = embedding.gather(token);
const product = row.matmul(weight);
/** Of each token: `row · weight`. */
const products = [
  [21, 3],
  [43, 5],
  [65, 7],
];
const done = new Set([embedding.source, weight.source]);
const indexedOf = (graph: Parameters<typeof findIndexed>[0]) => findIndexed(graph, done);

describe("what depends on a token alone", () => {
  const outputs = { y: product.add(x), row: row.add(x) };

  test("is found where it contains a product", () => {
    expect(indexedOf({ outputs, cells: [] })).toEqual({ index: token, rows: 3, values: [product] });
    expect(indexedOf({ outputs: { row: outputs.row }, cells: [] })).toBeUndefined();
  });

  test("is looked up with the same result", () => {
    const program = compileSteps({ outputs, cells: [] });
    for (const [i, [a, b]] of products.entries()) {
      const feeds = { token: Int32Array.of(i), x: Float32Array.of(0.5, 0.25) };
      expect(program?.run(0, feeds)).toEqual({
        y: Float32Array.of(a! + 0.5, b! + 0.25), // two
        row: Float32Array.of(2 * i + 1.5, 2 * i + 2.25),
      });
    }
    const last = { token: Int32Array.of(-1), x: new Float32Array(2) };
    expect(program?.run(0, last).y).toEqual(Float32Array.from(products[2]!)); // of three
  });

  test("a token outside the table is refused", () => {
    const program = compileSteps({ outputs: { y: product }, cells: [] });
    expect(() => program?.run(0, { token: Int32Array.of(3) })).toThrow(RangeError);
  });

  test("is what a cell needs, too, position by position and together", () => {
    const before = input("before", [1, 2]);
    const program = compileSteps({
      outputs: { y: before.add(0) },
      cells: [{ kind: "delay", before, x: product, lags: [2] }],
    });
    const feeds = [2, 0, 1, 1].map((i) => ({ token: Int32Array.of(i) }));
    program?.feed(0, feeds);
    expect(program?.run(4, feeds[0]!).y).toEqual(Float32Array.from(products[1]!)); // there are such
  });
});

test("what depends on the position is not looked up, nor what depends on anything else", () => {
  const place = input("place", [1], "int32");
  const outputs = { y: embedding.gather(place).matmul(weight) };
  expect(indexedOf({ outputs, cells: [], position: place })).toBeUndefined();
  expect(indexedOf({ outputs: { y: row.add(x).matmul(weight) }, cells: [] })).toBeUndefined();
});
