import { expect, test } from "vitest";
import { evaluate } from "../../test/evaluate.ts";
import { customGradient, describeGraph, gradient, input, ShapeError } from "./index.ts";

const x = input("x", [3]);
const feeds = { x: [1, 2, 3] };

test("a gradient is that of the rule, and not of what was computed", async () => {
  const [y] = customGradient([x], {
    forward: (x) => [x.square()],
    backward: ([g]) => [g?.mul(10)],
  });
  const [g] = gradient(y!.sum(), [x]); // one result, one gradient
  expect(await evaluate({ y: y!, g: g! }, feeds)).toEqual({ y: [1, 4, 9], g: [10, 10, 10] });
});

test("other ways to the loss keep their own gradients", async () => {
  const doubled = x.mul(2);
  const [y] = customGradient([doubled], {
    forward: (z) => [z.square()],
    backward: ([g]) => [g?.mul(10)],
  });
  const [g] = gradient(y!.sum().add(x.mul(x).sum()), [x]); // one result, one gradient
  expect(await evaluate({ g: g! }, feeds)).toEqual({ g: [22, 24, 26] });
});

test("a rule is told which results reach the loss, and may leave operands out", async () => {
  const [a, b] = [input("a", []), input("b", [])];
  const told: boolean[] = [];
  const [, product] = customGradient([a, b], {
    forward: (a, b) => [a.add(b), a.mul(b)],
    backward: (incoming, { inputs: [, b] }) => {
      told.push(...incoming.map((g) => g !== undefined));
      return [incoming[1]?.mul(b!)]; // two operands
    },
  });
  const [ga, gb] = gradient(product!, [a, b]); // two results
  expect(told).toEqual([false, true]);
  expect(await evaluate({ ga: ga!, gb: gb! }, { a: [3], b: [5] })).toEqual({ ga: [5], gb: [0] });
});

test("the gradient can be differentiated again", async () => {
  const [y] = customGradient([x], {
    forward: (x) => [x.mul(x).mul(x)],
    backward: ([g], { inputs: [x] }) => [g?.mul(x!.square()).mul(3)], // one operand
  });
  const [first] = gradient(y!.sum(), [x]);
  const [second] = gradient(first!.sum(), [x]);
  expect(await evaluate({ second: second! }, feeds)).toEqual({ second: [6, 12, 18] });
});

test("a gradient of another shape is refused", () => {
  const [y] = customGradient([x], { forward: (x) => [x], backward: ([g]) => [g?.sum()] });
  expect(() => gradient(y!.sum(), [x])).toThrow(ShapeError); // one result
  expect(() => gradient(y!.sum(), [x])).toThrow(
    /customGradient: the gradient of operand 0, float32\[3\], came as float32\[\]/,
  );
});

test("a graph is described without the rule", () => {
  const [y] = customGradient([x], { forward: (x) => [x.square()], backward: ([g]) => [g] });
  expect(describeGraph({ y: y! })).toMatch(/custom %1, x results=1 {2}float32\[3\]/); // one result
});
