import { describe, expect, test } from "vitest";
import { concat, constant, input, type Tensor } from "../../graph/index.ts";
import { compileSteps } from "./compileSteps.ts";
import type { Cell, StepGraph } from "./stepGraph.ts";

const x = input("x", [1]);
const numbers = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8];
const feeds = numbers.map((value) => ({ x: Float32Array.of(value) }));

/** Outputs at every position, one by one; and at the last, when those before it were fed together. */
function outputsOf(graph: StepGraph) {
  const program = compileSteps(graph);
  const each = feeds.map((one, position) => Array.from(program?.run(position, one).y ?? []));
  program?.restart();
  program?.feed(0, feeds.slice(0, -1));
  const last = Array.from(program?.run(feeds.length - 1, feeds.at(-1)!).y ?? []); // not empty
  return { each, last };
}

const sum = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0);

const before = input("before", [1]);
const other = input("other", [1]);
const carried = (before: Tensor, now: Tensor): Cell => ({ kind: "carried", before, now });

type Pair = readonly [number, number];

/** What each list of cells must give at a position, from the numbers up to it. */
const lists: readonly (readonly [
  string,
  StepGraph,
  (seen: readonly number[]) => readonly number[],
])[] = [
  [
    "a sum goes on",
    { outputs: { y: before.add(x) }, cells: [carried(before, before.add(x))] },
    (seen) => [sum(seen)],
  ],
  [
    "what was before can still be asked for after it went on",
    (() => {
      const now = before.add(x);
      return { outputs: { y: now.mul(10).add(before) }, cells: [carried(before, now)] };
    })(),
    (seen) => [10 * sum(seen) + sum(seen.slice(0, -1))],
  ],
  [
    "what was before can itself be an output",
    { outputs: { y: before }, cells: [carried(before, before.add(x))] },
    (seen) => [sum(seen.slice(0, -1))],
  ],
  [
    "two values change places",
    {
      outputs: { y: concat([before, other], 0) },
      cells: [carried(before, other), carried(other, before.add(x))],
    },
    (seen) => seen.slice(0, -1).reduce<Pair>(([a, b], value) => [b, a + value], [0, 0]),
  ],
  [
    "a product with a known matrix lies between what was and what is",
    (() => {
      const now = before
        .reshape([1, 1])
        .matmul(constant([1], [1, 1]))
        .reshape([1])
        .add(x);
      return { outputs: { y: now }, cells: [carried(before, now)] };
    })(),
    (seen) => [sum(seen)],
  ],
  [
    "features come from different numbers of positions ago",
    (() => {
      const pair = concat([x, x.mul(10), x.mul(100)], 0);
      const past = input("past", [3]);
      return {
        outputs: { y: past },
        cells: [{ kind: "delay", before: past, x: pair, lags: [1, 2, 5] }],
      };
    })(),
    (seen) => [1, 2, 5].map((lag, i) => 10 ** i * (seen.at(-1 - lag) ?? 0)),
  ],
  [
    "delays of one value share its past, also where products of all fed positions come between",
    (() => {
      const product = x
        .reshape([1, 1])
        .matmul(constant([2], [1, 1]))
        .reshape([1]);
      const [one, two, nine] = [input("one", [1]), input("two", [1]), input("nine", [1])];
      return {
        outputs: { y: concat([one, two, nine], 0) },
        cells: [
          { kind: "delay", before: one, x, lags: [1] },
          { kind: "delay", before: two, x: product, lags: [2] },
          { kind: "delay", before: nine, x, lags: [9] },
        ],
      };
    })(),
    (seen) => [seen.at(-2) ?? 0, 2 * (seen.at(-3) ?? 0), seen.at(-10) ?? 0],
  ],
  ...[1, 3, 8].map((width): (typeof lists)[number] => [
    `a chain of operations reads ${width} features where delays keep them`,
    (() => {
      const row = x.mul(constant([1], [1])).expand([width]);
      const [one, three] = [input("one", [width]), input("three", [width])];
      return {
        outputs: { y: row.mul(100).add(one.mul(10)).sub(three), one },
        cells: [
          { kind: "delay", before: one, x: row, lags: [1] },
          { kind: "delay", before: three, x: row, lags: [3] },
        ],
      };
    })(),
    (seen) =>
      Array(width).fill(100 * (seen.at(-1) ?? 0) + 10 * (seen.at(-2) ?? 0) - (seen.at(-4) ?? 0)),
  ]),
  ...[4, 16, 20].map((width): (typeof lists)[number] => [
    `${width} features come from one position ago and from three`,
    (() => {
      const row = x.mul(
        constant(
          Array.from({ length: width }, (_, i) => i + 1),
          [width],
        ),
      );
      const [one, three] = [input("one", [width]), input("three", [width])];
      return {
        outputs: { y: one.sub(three) },
        cells: [
          { kind: "delay", before: one, x: row, lags: [1] },
          { kind: "delay", before: three, x: row, lags: [3] },
        ],
      };
    })(),
    (seen) =>
      Array.from({ length: width }, (_, i) => (i + 1) * ((seen.at(-2) ?? 0) - (seen.at(-4) ?? 0))),
  ]),
];

describe.each(lists)("%s", (_, graph, expected) => {
  const all = numbers.map((_, i) => expected(numbers.slice(0, i + 1)));

  test("position by position", () => {
    expect(outputsOf(graph).each).toEqual(all);
  });

  test("after positions that were fed together", () => {
    expect(outputsOf(graph).last).toEqual(all.at(-1));
  });
});
