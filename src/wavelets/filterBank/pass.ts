import type { FloatArray } from "../arrays/floatArray.ts";
import { type Extension, extend, fold, type Lines } from "../extension/lines.ts";

/**
 * One filter pass over an array of shape `[outer, samples, inner]`: every line along the middle axis is copied with space around
 * it, extended and filtered, and the result beyond its ends is folded into it.
 */
export interface Pass {
  readonly outer: number;
  readonly inner: number;
  /** The extended lines, from the start of the working memory. */
  readonly lines: Lines;
  readonly extension: Extension;
  /** Number of elements of working memory. */
  readonly work: number;
  /** Number of samples of a line of the result, without and with those beyond its ends. */
  readonly result: number;
  readonly whole: number;
  readonly folded: Extension;
  /** Number of elements of a result, `[outer, whole, inner]`. */
  readonly size: number;
}

/** A pass along an axis from lines that are extended by `extension` to lines of `result` samples. */
export function passAlong(
  shape: readonly number[],
  axis: number,
  extension: Extension,
  result: number,
  folded: Extension,
): Pass {
  const outer = product(shape, 0, axis);
  const inner = product(shape, axis + 1, shape.length);
  const length = shape[axis]!;
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

/** Copies `[outer, samples, inner]` from an array into the working memory at `at`, and extends it there. */
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

/** Folds a result at `at` and closes the gaps: `[outer, whole, inner]` becomes `[outer, result, inner]`. */
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

/** Copies elements between arrays of one type, or within one array. */
export function copy(
  source: FloatArray,
  from: number,
  target: FloatArray,
  to: number,
  size: number,
): void {
  if (source === target) target.copyWithin(to, from, from + size);
  else if (size < short) for (let i = 0; i < size; i++) target[to + i] = source[from + i]!;
  else if (size === source.length) target.set(source, to);
  else target.set(source.subarray(from, from + size), to);
}

// For fewer elements a loop is faster than a view of an array.
const short = 64;

/** The distance between rows: larger than a row if power-of-two rows would compete for the same cache lines. */
function rowStep(inner: number): number {
  return inner % 256 === 0 ? inner + 16 : inner;
}

/** The product of the sizes from one axis up to another. */
function product(sizes: readonly number[], from: number, to: number): number {
  let all = 1;
  for (let axis = from; axis < to; axis++) all *= sizes[axis]!;
  return all;
}
