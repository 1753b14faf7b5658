import { expect, test } from "vitest";
import { evaluate, relativeError, someNumbers } from "../../../test/evaluate.ts";
import { gradient, input } from "../../graph/index.ts";
import { bind, layoutOf } from "../parameters.ts";
import { groupNorm } from "./groupNorm.ts";

const [batch, channels, places] = [2, 6, 4];
const shape = [batch, channels, 2, 2];
const layout = layoutOf((p) => groupNorm(p, input("x", shape), 3));
const x = input("x", shape, "float64");
const arena = input("arena", [layout.size], "float64");
const y = groupNorm(bind(layout, arena).scope, x, 3, 1e-3);
const feeds = {
  x: someNumbers(batch * channels * places, -2, 3, 1),
  arena: someNumbers(layout.size, 0.5, 1.5, 2),
};

/** By the definition, in plain numbers. */
function reference(x: readonly number[], arena: readonly number[]): number[] {
  const size = 2 * places; // two channels a group
  return x.map((value, i) => {
    const first = Math.floor(i / size) * size;
    const group = x.slice(first, first + size);
    const mean = group.reduce((a, b) => a + b) / size;
    const variance = group.reduce((sum, v) => sum + (v - mean) ** 2, 0) / size;
    const channel = Math.floor(i / places) % channels;
    const unit = (value - mean) / Math.sqrt(variance + 1e-3);
    return unit * arena[channel]! + arena[channels + channel]!;
  });
}

test("group norm is what its definition says", async () => {
  const found = await evaluate({ y }, feeds);
  expect(relativeError(found.y, reference(feeds.x, feeds.arena))).toBeLessThan(1e-12);
});

test("its gradients are those of finite differences", async () => {
  const weights = someNumbers(feeds.x.length, 0.5, 1.5, 5);
  const loss = (x: readonly number[], arena: readonly number[]) =>
    reference(x, arena).reduce((sum, v, i) => sum + weights[i]! * v * v, 0);
  const w = input("w", x.shape, "float64");
  const [dx, da] = gradient(y.square().mul(w).sum(), [x, arena]);
  const found = await evaluate({ dx: dx!, da: da! }, { ...feeds, w: weights }); // two gradients
  const step = 1e-5;
  const slope = (at: readonly number[], f: (moved: number[]) => number) =>
    at.map((value, i) => (f(at.with(i, value + step)) - f(at.with(i, value - step))) / (2 * step));
  expect(
    relativeError(
      found.dx,
      slope(feeds.x, (moved) => loss(moved, feeds.arena)),
    ),
  ).toBeLessThan(1e-8);
  expect(
    relativeError(
      found.da,
      slope(feeds.arena, (moved) => loss(feeds.x, moved)),
    ),
  ).toBeLessThan(1e-8);
});

test("groups that do not divide the channels are refused", () => {
  expect(() => layoutOf((p) => groupNorm(p, input("x", shape), 4))).toThrow(
    "groupNorm: 4 groups do not divide [batch, channels, …] = [2, 6, 2, 2]",
  );
});
