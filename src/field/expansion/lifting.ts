import { type DyadicGrid, lengthAt, levelOf } from "./dyadicGrid.ts";

/**
 * The wavelets of Cohen, Daubechies and Feauveau with 9 and 7 taps, factored into lifting steps (Daubechies & Sweldens,
 * Factoring wavelet transforms into lifting steps, 1998). A step adds to all odd, or to all even places the sum of both
 * neighbours times a number; in the end even places are multiplied and odd ones divided by `scale`. Atoms then have
 * about norm 1.
 */
export const cdf97 = {
  /** Of a splitting in their order; the first adds to odd places, the second to even ones, and so on. */
  steps: [-1.586134342059924, -0.052980118572961, 0.882911075530934, 0.443506852043971],
  scale: 1.149604398860241,
} as const;

/**
 * Splits samples on the whole of a grid, `[…size, channels]`, into what its atoms are to be multiplied with, in place: an
 * atom's number stands at its own place.
 */
export function analyse(values: Float64Array, grid: DyadicGrid, channels: number): void {
  for (let level = 0; level < grid.depth; level++) {
    for (const lines of linesAt(grid, channels, level)) {
      forEachLine(lines, (line) => {
        for (const [k, step] of cdf97.steps.entries()) lift(values, line, 1 - (k % 2), step);
        rescale(values, line, cdf97.scale);
      });
    }
  }
}

/** The inverse of `analyse`, in place. */
export function synthesise(values: Float64Array, grid: DyadicGrid, channels: number): void {
  for (let level = grid.depth - 1; level >= 0; level--) {
    for (const lines of linesAt(grid, channels, level).reverse()) {
      forEachLine(lines, (line) => {
        rescale(values, line, 1 / cdf97.scale);
        for (let k = cdf97.steps.length - 1; k >= 0; k--) {
          lift(values, line, 1 - (k % 2), -cdf97.steps[k]!); // k counts steps
        }
      });
    }
  }
}

/** The adjoint of `synthesise`, in place: ⟨synthesise x, y⟩ = ⟨x, synthesiseAdjoint y⟩. */
export function synthesiseAdjoint(values: Float64Array, grid: DyadicGrid, channels: number): void {
  for (let level = 0; level < grid.depth; level++) {
    for (const lines of linesAt(grid, channels, level)) {
      forEachLine(lines, (line) => {
        for (const [k, step] of cdf97.steps.entries()) liftAdjoint(values, line, k % 2, -step);
        rescale(values, line, 1 / cdf97.scale);
      });
    }
  }
}

/** Lines side by side: `count` places `stride` numbers apart, from each of `starts`. */
interface Line {
  readonly count: number;
  readonly stride: number;
  readonly starts: Int32Array;
}

/** All lines of one level along one axis: starts are all sums of an outer and an inner offset. */
interface Lines {
  readonly count: number;
  readonly stride: number;
  readonly outer: Int32Array;
  readonly inner: Int32Array;
}

/** The lines that are split at a level, axis by axis. */
function linesAt({ size, levels }: DyadicGrid, channels: number, level: number): Lines[] {
  const strides = size.map((_, axis) => size.slice(axis + 1).reduce((a, b) => a * b, channels));
  const offsets = (axes: readonly number[], start: readonly number[]): Int32Array => {
    let all = [...start];
    for (const axis of axes) {
      const step = 2 ** levelOf(levels[axis]!, level); // an entry an axis, below too
      const along = Array.from(
        { length: lengthAt(size[axis]!, levelOf(levels[axis]!, level)) },
        (_, i) => i * step * strides[axis]!,
      );
      all = all.flatMap((from) => along.map((offset) => from + offset));
    }
    return Int32Array.from(all);
  };
  const axes = [...size.keys()];
  return axes
    .filter((axis) => level < levels[axis]!)
    .map((axis) => ({
      count: lengthAt(size[axis]!, level),
      stride: strides[axis]! * 2 ** level,
      outer: offsets(axes.slice(0, axis), [0]),
      inner: offsets(axes.slice(axis + 1), [...Array(channels).keys()]),
    }));
}

/** Lines that are worked on together: enough for whole cache lines, few enough to stay in the cache through all steps. */
const together = 48;

function forEachLine({ outer, inner, ...line }: Lines, work: (line: Line) => void): void {
  for (const from of outer) {
    for (let k = 0; k < inner.length; k += together) {
      work({ ...line, starts: inner.subarray(k, k + together).map((offset) => from + offset) });
    }
  }
}

/** `x_i += factor (x_{i-1} + x_{i+1})` at the places i of one parity; at the ends, which are even, x is mirrored. */
function lift(x: Float64Array, line: Line, parity: number, factor: number): void {
  addNeighbours(x, line, parity, factor);
  if (parity === 0) addAtEnds(x, line, [0, 1], 2 * factor);
}

/** The adjoint of `lift` at the other parity: the ends count twice for their neighbours. */
function liftAdjoint(x: Float64Array, line: Line, parity: number, factor: number): void {
  addNeighbours(x, line, parity, factor);
  if (parity === 0) addAtEnds(x, line, [0, 1], factor);
  else addAtEnds(x, line, [1, 0], factor);
}

/** `x_i += factor (x_{i-1} + x_{i+1})` at the places of one parity but the ends. */
function addNeighbours(
  x: Float64Array,
  { count, stride, starts }: Line,
  parity: number,
  factor: number,
): void {
  for (let i = parity === 0 ? 2 : 1; i < count - 1; i += 2) {
    for (let k = 0; k < starts.length; k++) {
      const at = starts[k]! + i * stride; // k < length; places are inside
      x[at]! += factor * (x[at - stride]! + x[at + stride]!);
    }
  }
}

/** `x_to += factor x_from`, places counted inwards from both ends. */
function addAtEnds(
  x: Float64Array,
  { count, stride, starts }: Line,
  [to, from]: readonly [number, number],
  factor: number,
): void {
  const end = (count - 1) * stride;
  for (const start of starts) {
    x[start + to * stride]! += factor * x[start + from * stride]!;
    x[start + end - to * stride]! += factor * x[start + end - from * stride]!;
  }
}

/** Multiplies even places and divides odd ones. */
function rescale(x: Float64Array, { count, stride, starts }: Line, scale: number): void {
  for (let i = 0; i < count; i++) {
    const factor = i % 2 === 0 ? scale : 1 / scale;
    for (let k = 0; k < starts.length; k++) x[starts[k]! + i * stride]! *= factor; // k < length
  }
}
