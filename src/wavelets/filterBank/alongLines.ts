import type { FloatArray } from "../arrays/floatArray.ts";
import type { Extension } from "../extension/lines.ts";
import type { DownStep, UpStep } from "./axisStep.ts";
import type { DownLineKernel, UpLineKernel } from "./kernel.ts";
import { copy } from "./pass.ts";

/**
 * About how many numbers of lines are in the heap at a time: many short lines, or a piece of a long one. They stay in the
 * second-level cache between the array that they are copied from and the arrays that the results are copied to.
 */
const block = 8192;

/** How many lines of so many extended samples are in the heap at a time; 1 also where only a piece of a line is. */
const linesOfBlock = (lines: number, size: number): number =>
  Math.max(1, Math.min(lines, Math.floor(block / size)));

/** How many results make a piece of a line: an even number, and more new samples than the `reach` that two pieces share. */
const pieceOf = (reach: number, samplesOfResult: number): number =>
  2 * Math.ceil(Math.max(block, 2 * reach) / samplesOfResult / 2);

/** The bands of contiguous lines, those that are given. Nothing may have to be folded: `step.folded` is empty. */
export function downLines(
  kernel: DownLineKernel,
  data: FloatArray,
  lines: number,
  { filters, extension, length, count }: DownStep,
  [low, high]: readonly [FloatArray | undefined, FloatArray | undefined],
): void {
  const f = filters.lo.length;
  const size = extension.before + length + extension.after;
  const most = linesOfBlock(lines, size);
  const results = size <= block ? count : Math.min(count, pieceOf(f, 2));
  const hop = results === count ? size : 2 * results + f;
  const lo = most * hop;
  const hi = lo + most * results;
  const heap = kernel.heap(hi + most * results, hop);
  for (let line = 0; line < lines; line += most) {
    const some = Math.min(most, lines - line);
    for (let k = 0; k < count; k += results) {
      const own = Math.min(results, count - k);
      // The whole extended line where it fits: a mode can have samples behind the last result.
      const [from, to] = own === count ? [0, size] : [2 * k, Math.min(size, 2 * (k + own) + f - 2)];
      place(heap, 0, hop, data, line * length, some, length, extension, from, to);
      const pass = { filters, source: 0, lo, hi, count: own };
      kernel.downAlong(pass, { lines: some, sourceHop: hop, targetHop: own });
      if (low) copy(heap, lo, low, line * count + k, some * own);
      if (high) copy(heap, hi, high, line * count + k, some * own);
    }
  }
}

/**
 * Contiguous lines from their bands. A number instead of the second band means the first one, so many coefficients earlier.
 * Nothing may have to be folded: `step.folded` is empty.
 */
export function upLines(
  kernel: UpLineKernel,
  [low, high]: readonly [FloatArray, FloatArray | number],
  lines: number,
  { phases, extension, count, length }: UpStep,
  data: FloatArray,
): void {
  const reach = Math.max(phases[0].base, phases[1].base) + 1;
  const size = extension.before + count + extension.after;
  const most = linesOfBlock(lines, size);
  const results = size <= block ? length : Math.min(length, pieceOf(reach, 0.5));
  const hop = results === length ? size : results / 2 + reach;
  const work = most * hop;
  const hi = typeof high === "number" ? -high : work;
  const target = 2 * work;
  const heap = kernel.heap(target + most * (results + 1), hop);
  for (let line = 0; line < lines; line += most) {
    const some = Math.min(most, lines - line);
    for (let n = 0; n < length; n += results) {
      const own = Math.min(results, length - n);
      const from = n / 2; // pieces have even lengths
      const to = own === length ? size : Math.min(size, from + ((own + 1) >> 1) + reach);
      place(heap, 0, hop, low, line * count, some, count, extension, from, to);
      if (typeof high !== "number")
        place(heap, hi, hop, high, line * count, some, count, extension, from, to);
      const pass = { phases, lo: 0, hi, target, length: own };
      kernel.upAlong(pass, { lines: some, sourceHop: hop, targetHop: own });
      copy(heap, target, data, line * length + n, some * own);
    }
  }
}

/**
 * Copies the extended samples `from` up to `to` of some lines of `length` samples from an array into the heap, where lines are
 * `hop` elements apart.
 */
function place(
  heap: FloatArray,
  at: number,
  hop: number,
  source: FloatArray,
  first: number,
  lines: number,
  length: number,
  { before, after, starts, samples, weights }: Extension,
  from: number,
  to: number,
): void {
  if (before + after === 0 && to - from === length) {
    copy(source, first, heap, at, lines * length);
    return;
  }
  const begin = Math.max(from, before);
  const end = Math.min(to, before + length);
  for (let line = 0; line < lines; line++) {
    const own = first + line * length;
    const target = at + line * hop - from;
    if (end > begin) copy(source, own + begin - before, heap, target + begin, end - begin);
    for (let p = from; p < to; p++) {
      if (p === begin && end > begin) p = end;
      if (p >= to) break;
      const value = p < before ? p : p - length; // its number among those around the line
      let sum = 0;
      for (let t = starts[value]!; t < starts[value + 1]!; t++)
        sum += weights[t]! * source[own + samples[t]!]!;
      heap[target + p] = sum;
    }
  }
}
