import { createFft, createInterleavedFft } from "../fourier/fft.ts";
import { type Planes, planes } from "../fourier/planes.ts";

/** The discrete Fourier transform of a matrix, in place on two row-major arrays. */
export interface Fft2 {
  forward(matrix: Planes): void;
  inverse(matrix: Planes): void;
}

type Way = "forward" | "inverse";

/** Up to this many values, all lines at once are faster than one by one: beyond it they leave the processor's cache. */
const fewValues = 160 * 160;

/** Prepares the transform of `height` × `width` values: rows, then columns. Both ways of computing it give the same bits. */
export function createFft2(height: number, width: number): Fft2 {
  const run = height * width <= fewValues ? together(height, width) : oneByOne(height, width);
  return {
    forward: (matrix) => run(matrix, "forward"),
    inverse: (matrix) => run(matrix, "inverse"),
  };
}

function together(height: number, width: number) {
  const rows = createInterleavedFft(width, height);
  const columns = createInterleavedFft(height, width);
  const work = planes(height * width);
  return (matrix: Planes, way: Way) => {
    transpose(matrix, work, height, width);
    rows[way](work.re, work.im);
    transpose(work, matrix, width, height);
    columns[way](matrix.re, matrix.im);
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

function oneByOne(height: number, width: number) {
  const [rows, columns] = [createFft(width), createFft(height)];
  const re = new Float64Array(height);
  const im = new Float64Array(height);
  return (matrix: Planes, way: Way) => {
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
}
