import { createInterleavedFft } from "../fourier/fft.ts";
import { type Planes, planes } from "../fourier/planes.ts";

/** The discrete Fourier transform of a matrix, in place on two row-major arrays. */
export interface Fft2 {
  forward(matrix: Planes): void;
  inverse(matrix: Planes): void;
}

/** Prepares the transform of `height` × `width` values: rows, then columns. */
export function createFft2(height: number, width: number): Fft2 {
  const rows = createInterleavedFft(width, height);
  const columns = createInterleavedFft(height, width);
  const work = planes(height * width);
  const run = (matrix: Planes, way: "forward" | "inverse") => {
    transpose(matrix, work, height, width);
    rows[way](work.re, work.im);
    transpose(work, matrix, width, height);
    columns[way](matrix.re, matrix.im);
  };
  return {
    forward: (matrix) => run(matrix, "forward"),
    inverse: (matrix) => run(matrix, "inverse"),
  };
}

function transpose(from: Planes, to: Planes, height: number, width: number): void {
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      to.re[x * height + y] = from.re[at]!;
      to.im[x * height + y] = from.im[at]!;
    }
  }
}
