import type { FloatArray } from "../arrays/floatArray.ts";
import { type Extension, extend, fold, type Lines } from "../extension/lines.ts";

/**
 * One filter pass over an array seen as `[outer, samples, inner]`: every line along the middle axis is copied with room
 * around it, continued, filtered, and what the result carries beyond its ends is folded into it.
 */
export interface Pass {
  readonly outer: number;
  readonly inner: number;
  /** The lines with their continuation, from the beginning of the work space. */
  readonly lines: Lines;
  readonly extension: Extension;
  /** Elements of work space. */
  readonly work: number;
  /** Samples of a line of the result, and with what it carries beyond its ends. */
  readonly result: number;
  readonly whole: number;
  readonly folded: Extension;
  /** Elements of a result, `[outer, whole, inner]`. */
  readonly size: number;
}

/** A pass along an axis from lines that `extension` continues to lines of `result` samples. */
export function passAlong(
  shape: readonly number[],
  axis: number,
  extension: Extension,
  result: number,
  folded: Extension,
): Pass {
  const outer = product(shape, 0, axis);
  const inner = product(shape, axis + 1, shape.length);
  const length = shape[axis]!; // an axis of the shape
  const step = rowStep(inner);
  const padded = extension.before + length + extension.after;
  const whole = folded.before + result + folded.after;
  return {
    ...{ outer, inner, extension, result, whole, folded },
    lines: {
      ...{ offset: extension.before * step, count: outer, hop: padded * step },
      ...{ length, step, inner },
    },
    work: outer * padded * step,
    size: outer * whole * inner,
  };
}

/** Copies `[outer, samples, inner]` from an array into the work space at `at`, and continues it there. */
export function fill(
  heap: FloatArray,
  at: number,
  { lines, extension }: Pass,
  source: FloatArray,
  from: number,
): void {
  const own = { ...lines, offset: at + lines.offset };
  const { count, hop, length, step, inner, offset } = own;
  const together = step === inner;
  const [pieces, size] = together ? [1, length * inner] : [length, inner];
  for (let line = 0, next = from; line < count; line++) {
    for (let piece = 0; piece < pieces; piece++, next += size) {
      const to = offset + line * hop + piece * step;
      copy(source, next, heap, to, size);
    }
  }
  extend(heap, own, extension);
}

/** Folds a result at `at` and closes the gaps that this leaves: `[outer, whole, inner]` becomes `[outer, result, inner]`. */
export function settle(heap: FloatArray, at: number, pass: Pass): void {
  const { outer, inner, result, whole, folded } = pass;
  if (result === whole) return;
  const offset = at + folded.before * inner;
  const hop = whole * inner;
  fold(heap, { offset, count: outer, hop, length: result, step: inner, inner }, folded);
  const size = result * inner;
  for (let o = 0; o < outer; o++)
    heap.copyWithin(at + o * size, offset + o * hop, offset + o * hop + size);
}

/** Copies elements between arrays of one kind, or within one. */
export function copy(
  source: FloatArray,
  from: number,
  target: FloatArray,
  to: number,
  size: number,
): void {
  if (source === target) target.copyWithin(to, from, from + size);
  else if (size < short)
    for (let i = 0; i < size; i++) target[to + i] = source[from + i]!; // inside
  else if (size === source.length) target.set(source, to);
  else target.set(source.subarray(from, from + size), to);
}

// Below so many elements a loop is quicker than a view of an array.
const short = 64;

/** Elements from one row to the next: more than its own where rows of a power of two would meet in the cache. */
function rowStep(inner: number): number {
  return inner % 256 === 0 ? inner + 16 : inner;
}

/** The product of the sizes from one axis up to another. */
function product(sizes: readonly number[], from: number, to: number): number {
  let all = 1;
  for (let axis = from; axis < to; axis++) all *= sizes[axis]!; // axes of it
  return all;
}
