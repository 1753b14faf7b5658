import { expect, test } from "vitest";
import { evaluate, relativeError, someNumbers } from "../../../test/evaluate.ts";
import { input, ShapeError } from "../../graph/index.ts";
import { bind, layoutOf, type Scope } from "../parameters.ts";
import { conv2d, convTranspose2d } from "./convolution2d.ts";

const x = input("x", [2, 4, 6, 6]);

test("a convolution keeps the plane at stride 1 and halves it at stride 2; its adjoint doubles it", () => {
  const shapeOf = (build: (p: Scope) => { shape: readonly number[] }) => {
    let shape: readonly number[] = [];
    const layout = layoutOf((p) => {
      shape = build(p).shape;
    });
    return { shape, parameters: layout.parameters.map(({ name, shape }) => [name, shape]) };
  };
  expect(shapeOf((p) => conv2d(p, x, 8))).toEqual({
    shape: [2, 8, 6, 6],
    parameters: [
      ["kernel", [8, 36]],
      ["bias", [8]],
    ],
  });
  expect(shapeOf((p) => conv2d(p, x, 8, { stride: 2, groups: 2, bias: false }))).toEqual({
    shape: [2, 8, 3, 3],
    parameters: [["kernel", [8, 18]]],
  });
  for (const taps of [2, 3, 4, 5]) {
    expect(shapeOf((p) => conv2d(p, x, 3, { taps, stride: 2 })).shape).toEqual([2, 3, 3, 3]);
    const doubled = shapeOf((p) => convTranspose2d(p, x, 3, { taps, stride: 2 }));
    expect(doubled.shape).toEqual([2, 3, 12, 12]);
  }
  expect(shapeOf((p) => conv2d(p, x, 5, { taps: [1, 5], padding: 0 })).shape).toEqual([2, 5, 6, 2]);
  expect(shapeOf((p) => convTranspose2d(p, x, 3, { stride: 2 }))).toEqual({
    shape: [2, 3, 12, 12],
    parameters: [
      ["kernel", [4, 27]],
      ["bias", [3]],
    ],
  });
});

test("a kernel of one tap is a matrix product over channels", async () => {
  const layout = layoutOf((p) => conv2d(p, x, 3, { taps: 1 }));
  const arena = someNumbers(layout.size, -1, 1, 2);
  const numbers = someNumbers(288, -1, 1, 3);
  const y = conv2d(bind(layout, input("arena", [layout.size])).scope, x, 3, { taps: 1 });
  const found = await evaluate({ y }, { arena, x: numbers });
  const expected = [0, 1].flatMap((n) =>
    [0, 1, 2].flatMap((o) =>
      Array.from({ length: 36 }, (_, place) =>
        [0, 1, 2, 3].reduce(
          (sum, i) => sum + arena[o * 4 + i]! * numbers[(n * 4 + i) * 36 + place]!,
          arena[12 + o]!,
        ),
      ),
    ),
  );
  expect(relativeError(found.y, expected)).toBeLessThan(1e-6);
});

test("a tensor without planes, and groups that do not divide the channels, are refused", () => {
  const flat = () => layoutOf((p) => conv2d(p, input("flat", [2, 4]), 3));
  expect(flat).toThrow(
    "a convolution needs [batch, channels, height, width], was given float32[2, 4]",
  );
  expect(() => layoutOf((p) => conv2d(p, x, 5, { groups: 2 }))).toThrow(ShapeError);
});
