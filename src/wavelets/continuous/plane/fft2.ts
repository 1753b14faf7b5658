import { createFft } from "../fourier/fft.ts";
import type { Planes } from "../fourier/planes.ts";

/** The discrete Fourier transform of a matrix, in place on two row-major arrays. */
export interface Fft2 {
  forward(matrix: Planes): void;
  inverse(matrix: Planes): void;
}

/** Prepares the transform of `height` × `width` values: rows, then columns. */
export function createFft2(height: number, width: number): Fft2 {
  const [rows, columns] = [createFft(width), createFft(height)];
  const re = new Float64Array(height);
  const im = new Float64Array(height);
  const run = (matrix: Planes, way: "forward" | "inverse") => {
    for (let y = 0; y < height; y++) {
      const [from, to] = [y * width, (y + 1) * width];
      rows[way](matrix.re.subarray(from, to), matrix.im.subarray(from, to));
    }
    for (let x = 0; x < width; x++) {
      for (let y = 0; y < height; y++) {
        re[y] = matrix.re[y * width + x]!;
        im[y] = matrix.im[y * width + x]!;
      }
      columns[way](re, im);
      for (let y = 0; y < height; y++) {
        matrix.re[y * width + x] = re[y]!;
        matrix.im[y * width + x] = im[y]!;
      }
    }
  };
  return {
    forward: (matrix) => run(matrix, "forward"),
    inverse: (matrix) => run(matrix, "inverse"),
  };
}
