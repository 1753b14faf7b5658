import { expect, test } from "vitest";
import { evaluate, relativeError, someNumbers } from "../../../test/evaluate.ts";
import { concat, input, type Tensor } from "../../graph/index.ts";
import { derivatives } from "./derivatives.ts";

const points = input("points", [5, 2], "float64");
const [x, y] = points.split(-1, [1, 1]) as [Tensor, Tensor];
/** Two channels: x² y and sin x + cos 2y. */
const values = concat([x.square().mul(y), x.sin().add(y.mul(2).cos())], -1);
const numbers = someNumbers(10);
const pairs = Array.from({ length: 5 }, (_, i) => [numbers[2 * i]!, numbers[2 * i + 1]!] as const);

test("the gradient is the length of each channel's own", async () => {
  const { g } = await evaluate({ g: derivatives.gradient(values, points) }, { points: numbers });
  const expected = pairs.flatMap(([x, y]) => [
    Math.hypot(2 * x * y, x * x),
    Math.hypot(Math.cos(x), 2 * Math.sin(2 * y)),
  ]);
  expect(relativeError(g, expected)).toBeLessThan(1e-12);
});

test("the Laplacian is the sum of each channel's second derivatives", async () => {
  const { l } = await evaluate({ l: derivatives.laplacian(values, points) }, { points: numbers });
  const expected = pairs.flatMap(([x, y]) => [2 * y, -Math.sin(x) - 4 * Math.cos(2 * y)]);
  expect(relativeError(l, expected)).toBeLessThan(1e-12);
});
