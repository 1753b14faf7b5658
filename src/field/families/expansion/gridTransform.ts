import { liftingScheme } from "../../../wavelets/lifting/liftingScheme.ts";
import { type LineLifting, lineLifting } from "../../../wavelets/lifting/lineLifting.ts";
import { type DyadicGrid, lengthAt, levelOf } from "./dyadicGrid.ts";

/** The lifting scheme of the atoms: CDF 9/7, scaled so that their norms are about 1. */
export const atomScheme = liftingScheme("cdf9/7");

/**
 * Transforms samples on the whole grid, `[…size, channels]`, to the coefficients of its atoms, in place: the coefficient of an
 * atom is stored at the position of the atom.
 */
export function analyze(values: Float64Array, grid: DyadicGrid, channels: number): void {
  for (let level = 0; level < grid.depth; level++) {
    for (const lines of linesAt(grid, channels, level)) lift(values, lines, "forward");
  }
}

/** The inverse of `analyze`, in place. */
export function synthesize(values: Float64Array, grid: DyadicGrid, channels: number): void {
  for (let level = grid.depth - 1; level >= 0; level--) {
    for (const lines of linesAt(grid, channels, level).reverse()) lift(values, lines, "inverse");
  }
}

/** The adjoint of `synthesize`, in place: ⟨synthesize x, y⟩ = ⟨x, synthesizeAdjoint y⟩. */
export function synthesizeAdjoint(values: Float64Array, grid: DyadicGrid, channels: number): void {
  for (let level = 0; level < grid.depth; level++) {
    for (const lines of linesAt(grid, channels, level)) lift(values, lines, "inverseAdjoint");
  }
}

/** All lines of one level along one axis: a line starts at the sum of an outer and an inner offset. */
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
      const step = 2 ** levelOf(levels[axis]!, level);
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

/** Lines processed together: enough to use whole cache lines, few enough to stay in the cache through all lifting steps. */
const together = 48;

function lift(
  values: Float64Array,
  { count, stride, outer, inner }: Lines,
  direction: keyof LineLifting,
): void {
  const run = lineLifting(atomScheme, "reflect", count)[direction];
  for (const from of outer) {
    for (let k = 0; k < inner.length; k += together) {
      run(
        values,
        stride,
        inner.subarray(k, k + together).map((offset) => from + offset),
      );
    }
  }
}
