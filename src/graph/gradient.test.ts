import { describe, expect, test } from "vitest";
import { evaluate } from "../../test/evaluate.ts";
import { gradient, input, ShapeError, topological } from "./index.ts";

describe("gradient", () => {
  test("adds up over all the ways a tensor reaches the loss", async () => {
    const x = input("x", []);
    const loss = x.mul(x).add(x.mul(3)).add(x.sin().mul(0)); // x² + 3x
    const [g] = gradient(loss, [x]);
    expect(await evaluate({ g: g! }, { x: [5] })).toEqual({ g: [13] }); // one tensor, one gradient
  });

  test("of an intermediate tensor, such as a piece of an arena", async () => {
    const arena = input("arena", [5]);
    const [a, b] = [arena.slice(0, 0, 2), arena.slice(0, 2, 5)];
    const loss = a.square().sum().add(b.sum().mul(a.sum()));
    const [ga, gb, gArena] = gradient(loss, [a, b, arena]);
    const result = await evaluate(
      { ga: ga!, gb: gb!, gArena: gArena! }, // three tensors, three gradients
      { arena: [1, 2, 3, 4, 5] },
    );
    expect(result.ga).toEqual([14, 16]);
    expect(result.gb).toEqual([3, 3, 3]);
    expect(result.gArena).toEqual([14, 16, 3, 3, 3]);
  });

  test("is zero, of the right shape, for what the loss does not depend on", async () => {
    const [x, y] = [input("x", [2]), input("y", [2, 3])];
    const [g] = gradient(x.sum(), [y]);
    expect(g?.shape).toEqual([2, 3]);
    expect(await evaluate({ g: g! })).toEqual({ g: [0, 0, 0, 0, 0, 0] });
  });

  test("does not flow through stopGradient, sign or comparisons", async () => {
    const x = input("x", [2]);
    const loss = x.stopGradient().mul(x).add(x.sign()).add(x.greater(0).cast("float32")).sum();
    const [g] = gradient(loss, [x]);
    expect(await evaluate({ g: g! }, { x: [2, -3] })).toEqual({ g: [2, -3] });
  });

  test("of the loss itself is one", async () => {
    const loss = input("x", [3]).sum();
    const [g] = gradient(loss, [loss]);
    expect(await evaluate({ g: g! })).toEqual({ g: [1] });
  });

  test.each([
    ["a vector", input("x", [2]), /the loss must be one number, is float32\[2\]/],
    ["an integer", input("i", [], "int32"), /the loss must be one number, is int32\[\]/],
  ])("refuses %s as a loss", (_, loss, message) => {
    expect(() => gradient(loss, [])).toThrow(ShapeError);
    expect(() => gradient(loss, [])).toThrow(message);
  });

  test("survives a graph far deeper than the call stack", () => {
    let x = input("x", []);
    const first = x;
    for (let i = 0; i < 20_000; i++) x = x.add(1);
    expect(topological([x]).length).toBeGreaterThan(20_000);
    expect(gradient(x, [first])[0]?.shape).toEqual([]);
  });
});
