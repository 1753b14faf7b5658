import { expect, test } from "vitest";
import { distance, noise } from "../../testing.ts";
import { createFft } from "../fourier/fft.ts";
import { createFft2 } from "./fft2.ts";

test.each([
  [1, 1],
  [6, 35],
  [22, 12],
  [162, 160], // too large for all lines at once
])("the transform of %i×%i values is that of its rows, then of its columns", (height, width) => {
  const matrix = { re: noise(height * width, 1), im: noise(height * width, 2) };
  const expected = { re: matrix.re.slice(), im: matrix.im.slice() };
  const [rows, columns] = [createFft(width), createFft(height)];
  for (let y = 0; y < height; y++) {
    const [from, to] = [y * width, (y + 1) * width];
    rows.forward(expected.re.subarray(from, to), expected.im.subarray(from, to));
  }
  for (let x = 0; x < width; x++) {
    const of = (all: Float64Array) =>
      Float64Array.from({ length: height }, (_, y) => all[y * width + x]!);
    const [re, im] = [of(expected.re), of(expected.im)];
    columns.forward(re, im);
    for (let y = 0; y < height; y++) {
      expected.re[y * width + x] = re[y]!;
      expected.im[y * width + x] = im[y]!;
    }
  }
  const before = { re: matrix.re.slice(), im: matrix.im.slice() };
  const fft = createFft2(height, width);
  fft.forward(matrix);
  expect([distance(matrix.re, expected.re), distance(matrix.im, expected.im)]).toEqual([0, 0]);
  fft.inverse(matrix);
  expect(distance(matrix.re, before.re)).toBeLessThan(1e-13);
  expect(distance(matrix.im, before.im)).toBeLessThan(1e-13);
});
