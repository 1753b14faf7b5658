import { checkSameType, type FloatArray } from "../arrays/floatArray.ts";
import { arrayFor, checkApart } from "../arrays/into.ts";
import { copy } from "../filterBank/pass.ts";
import type { Bank } from "./banks.ts";
import { type CircularStep, circularStep, mergingTaps, splitLines, wrap } from "./circular.ts";
import { shiftKernelFor } from "./kernel/kernels.ts";

/** The bands of an undecimated cascade, coarsest level first. */
export interface Bands<A extends FloatArray> {
  /** One per level; the signal itself if there are no levels. */
  readonly approximations: readonly A[];
  readonly details: readonly A[];
}

/** Coefficients that are computed and copied together, so that they stay in the second-level cache. */
const chunk = 4096;

/**
 * Splits a signal by the filter bank of each level, finest first, and continues with the low-pass band, which is written where
 * the next level reads it. `trimApprox` keeps only the last approximation. The bands are written into those of `out`, if it is
 * given; the signal is read before.
 */
export function cascade<A extends FloatArray>(
  data: A,
  banks: readonly Bank[],
  trimApprox = false,
  out?: Bands<A>,
): Bands<A> {
  const { length } = data;
  const band = (given: A | undefined) => arrayFor(given, data, length, "a band of out");
  if (banks.length === 0) {
    const copied = band(out?.approximations[0]);
    copied.set(data);
    return { approximations: [copied], details: [] };
  }
  const { steps, before, hop } = layoutOf(banks, length);
  const kernel = shiftKernelFor(data);
  const heap = kernel.heap(2 * hop + chunk);
  const approximations: A[] = [];
  const details: A[] = [];
  let [from, to] = [before, hop + before];
  heap.set(data, from);
  for (const [level, step] of steps.entries()) {
    wrap(heap, step, { source: from, lines: 1, sourceHop: 0 }, length);
    const isKept = !trimApprox || level === steps.length - 1;
    const own = steps.length - 1 - level; // coarsest first
    const low = isKept ? band(out?.approximations[trimApprox ? 0 : own]) : undefined;
    const high = band(out?.details[own]);
    for (let start = 0; start < length; start += chunk) {
      const count = Math.min(chunk, length - start);
      const pass = { source: from + start, count, lines: 1, sourceHop: 0, targetHop: 0 };
      splitLines(kernel, step, pass, to + start, 2 * hop);
      if (low) copy(heap, to + start, low, start, count);
      copy(heap, 2 * hop, high, start, count);
    }
    if (low) approximations.unshift(low);
    details.unshift(high);
    [from, to] = [to, from];
  }
  return { approximations, details };
}

/**
 * Merges bands by the filter bank of each level (finest first), starting with the coarsest approximation. A finer
 * approximation, if there is one, is added to the merged band of its level. Written into `out` if it is given; every other band is
 * read before. Throws RangeError if a band does not have `length` coefficients or another type than the coarsest approximation.
 */
export function rebuild<A extends FloatArray>(
  { approximations, details }: Bands<A>,
  banks: readonly Bank[],
  length: number,
  out?: A,
): A {
  const [coarsest, ...finer] = approximations;
  if (coarsest === undefined) throw new RangeError("a transform needs at least one approximation");
  for (const band of [...approximations, ...details]) {
    checkSameType(band, coarsest);
    if (band.length !== length)
      throw new RangeError(
        `a band has ${band.length} coefficients instead of ${length}, one for each sample`,
      );
  }
  const signal = arrayFor(out, coarsest, length);
  if (out) for (const band of finer) checkApart(out, band);
  if (details.length === 0) {
    signal.set(coarsest);
    return signal;
  }
  const { steps, before, hop } = layoutOf(banks, length);
  const kernel = shiftKernelFor(coarsest);
  const heap = kernel.heap(3 * hop);
  const detailAt = 2 * hop + before;
  let [from, to] = [before, hop + before];
  heap.set(coarsest, from);
  for (const [i, detail] of details.entries()) {
    const step = steps[details.length - 1 - i]!; // a bank for each level
    heap.set(detail, detailAt);
    wrap(heap, step, { source: from, lines: 2, sourceHop: detailAt - from }, length);
    const taps = mergingTaps(step, detailAt - from);
    const known = finer[i];
    for (let start = 0; start < length; start += chunk) {
      const count = Math.min(chunk, length - start);
      const pass = { source: from + start, count, lines: 1, sourceHop: 0, targetHop: 0 };
      kernel.filter(taps, pass, to + start);
      if (known)
        for (let n = start; n < start + count; n++) heap[to + n] = heap[to + n]! + known[n]!;
      if (i === details.length - 1) copy(heap, to + start, signal, start, count);
    }
    [from, to] = [to, from];
  }
  return signal;
}

/** The steps of all levels, and lines with space for what each of them reads around a signal. */
function layoutOf(banks: readonly Bank[], length: number) {
  const steps: readonly CircularStep[] = banks.map((bank) =>
    circularStep(bank, { length, inner: 1 }),
  );
  const before = Math.max(...steps.map((step) => step.before));
  const hop = before + length + Math.max(...steps.map((step) => step.after));
  return { steps, before, hop };
}
