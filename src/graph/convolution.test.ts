import { describe, expect, test } from "vitest";
import { input, ShapeError } from "./index.ts";

const x = input("x", [2, 4, 6, 6]);
const kernel = (...shape: number[]) => input("w", shape);

describe("a convolution that cannot be is refused where it is built:", () => {
  test.each([
    [
      "a tensor without planes",
      () => input("v", [2, 4]).conv2d(kernel(3, 4, 3, 3)),
      /conv2d: needs .* four axes/,
    ],
    [
      "two element types",
      () => x.conv2d(input("w", [3, 4, 3, 3], "float64")),
      /conv2d: needs .* of one type/,
    ],
    [
      "channels that do not fit",
      () => x.conv2d(kernel(3, 5, 3, 3)),
      /with 1 groups does not fit 4 channels/,
    ],
    [
      "groups that do not divide",
      () => x.conv2d(kernel(3, 2, 3, 3), { groups: 2 }),
      /with 2 groups does not fit/,
    ],
    [
      "a kernel larger than the plane",
      () => x.conv2d(kernel(3, 4, 9, 9)),
      /does not fit into float32\[2, 4, 6, 6\]/,
    ],
    [
      "a stride of nothing",
      () => x.conv2d(kernel(3, 4, 3, 3), { stride: 0 }),
      /must be whole and at least 1/,
    ],
    [
      "a size that a stride cannot make",
      () => x.convTranspose2d(kernel(4, 3, 3, 3), { size: [9, 8] }),
      /does not make 9×8 of/,
    ],
    ["a window larger than the plane", () => x.maxPool2d(7), /maxPool2d: a window of 7×7/],
    [
      "padding as large as the window",
      () => x.maxPool2d(2, { padding: 2 }),
      /maxPool2d: a window of 2×2 with padding 2/,
    ],
  ])("%s", (_, build, message) => {
    expect(build).toThrow(ShapeError);
    expect(build).toThrow(message);
  });
});

test("an adjoint makes the smallest plane that leads to its input, or a larger one", () => {
  const small = input("g", [1, 4, 3, 3]);
  const options = { stride: 2, padding: 1 };
  expect(small.convTranspose2d(kernel(4, 5, 3, 3), options).shape).toEqual([1, 5, 5, 5]);
  const larger = { ...options, size: [6, 5] } as const;
  expect(small.convTranspose2d(kernel(4, 5, 3, 3), larger).shape).toEqual([1, 5, 6, 5]);
});
