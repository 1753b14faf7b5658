import { expect, test } from "vitest";
import { gradient, input, matmulFlops } from "./index.ts";
import { type ConvolutionSizes, shapesOf, visitProducts } from "./testing.ts";

test("a matrix product takes two operations for each product of two numbers", () => {
  expect(matmulFlops([input("a", [5, 2, 3]).matmul(input("b", [3, 4]))])).toBe(2 * 5 * 2 * 3 * 4);
  const turned = input("a", [3, 2]).matmul(input("b", [3, 4]), { transA: true });
  expect(matmulFlops([turned])).toBe(2 * 2 * 3 * 4);
});

test("a convolution without padding takes two for each visit of a tap, and each of its gradients as many", () => {
  const sizes: ConvolutionSizes = {
    ...{ batch: 2, channels: 4, results: 6, side: 7, taps: 3 },
    ...{ stride: 2, padding: [0, 0, 0, 0], dilation: 1, groups: 2 },
  };
  let products = 0;
  visitProducts(sizes, () => products++);
  const { x, w } = shapesOf(sizes);
  const [image, kernel] = [input("x", x), input("w", w)];
  const y = image.conv2d(kernel, sizes);
  expect(matmulFlops([y])).toBe(2 * products);
  expect(matmulFlops([y, ...gradient(y.sum(), [image, kernel])])).toBe(6 * products);
});
