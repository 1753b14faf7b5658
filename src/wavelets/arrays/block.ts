import type { FloatArray } from "./floatArray.ts";
import { sizeOf } from "./ndArray.ts";

/** The part of an array from `start` up to, not including, `end` along each axis. */
export type Block = readonly (readonly [start: number, end: number])[];

/** Calls `row` for each row of a block along the last axis: its place in the block, and in an array of `shape`. */
export function eachRow(
  shape: readonly number[],
  block: Block,
  row: (inBlock: number, inArray: number, length: number) => void,
): void {
  const sizes = block.map(([start, end]) => end - start);
  const length = sizes.at(-1) ?? 1;
  const rows = length === 0 ? 0 : sizeOf(sizes) / length;
  const index = block.map(() => 0);
  for (let k = 0; k < rows; k++) {
    let place = 0;
    for (let axis = 0; axis < shape.length; axis++)
      place = place * shape[axis]! + block[axis]![0] + index[axis]!;
    row(k * length, place, length);
    for (let axis = shape.length - 2; axis >= 0; axis--) {
      index[axis]!++;
      if (index[axis]! < sizes[axis]!) break;
      index[axis] = 0;
    }
  }
}

/** Copies `values`, row-major, into a block of a row-major array. */
export function paste(
  target: FloatArray,
  shape: readonly number[],
  block: Block,
  values: FloatArray,
): void {
  eachRow(shape, block, (from, to, length) => {
    target.set(values.subarray(from, from + length), to);
  });
}

/** Copies a block of a row-major array into `values`, row-major. */
export function cut(
  source: FloatArray,
  shape: readonly number[],
  block: Block,
  values: FloatArray,
): void {
  eachRow(shape, block, (to, from, length) => {
    values.set(source.subarray(from, from + length), to);
  });
}
