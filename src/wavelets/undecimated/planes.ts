import type { FloatArray } from "../arrays/floatArray.ts";
import { arrayFor, checkApart } from "../arrays/into.ts";
import { copy } from "../filterBank/pass.ts";
import type { Bank } from "./banks.ts";
import { circularStep, mergingTaps, splitLines, wrap } from "./circular.ts";
import { shiftKernelFor } from "./kernel/kernels.ts";

/** Height and width of all bands. */
export type PlaneSize = readonly [height: number, width: number];

/** The bands of one level of a matrix, row-major, by their filters along axis 0 and axis 1. */
export interface PlaneBands<A extends FloatArray> {
  readonly lh: A;
  readonly hl: A;
  readonly hh: A;
}

/** The bands of an undecimated cascade of a matrix, coarsest level first. */
export interface Planes<A extends FloatArray> {
  readonly approximations: readonly A[];
  readonly details: readonly PlaneBands<A>[];
}

/** About how many coefficients of a band are computed together, in whole rows, so that they stay in the second-level cache. */
const chunk = 4096;

/**
 * Splits a matrix by the filter bank of each level (at least one), finest first, along axis 0, then along axis 1, some rows at a
 * time. `trimApprox` keeps only the last approximation. The bands are written into those of `out`, if it is given; the matrix is
 * read before.
 */
export function cascadePlanes<A extends FloatArray>(
  data: A,
  size: PlaneSize,
  banks: readonly Bank[],
  trimApprox: boolean,
  out?: Planes<A>,
): Planes<A> {
  const [height, width] = size;
  const { steps, top, plane, left, hop, rows } = layoutOf(banks, size);
  const kernel = shiftKernelFor(data);
  const lines = [2 * plane, 2 * plane + rows * hop] as const;
  const bands = 2 * plane + 2 * rows * hop;
  const heap = kernel.heap(bands + 3 * rows * width);
  const approximations: A[] = [];
  const details: PlaneBands<A>[] = [];
  let [from, to] = [top, plane + top];
  heap.set(data, from);
  for (const [level, { down, along }] of steps.entries()) {
    wrap(heap, down, { source: from, lines: 1, sourceHop: 0 }, height * width);
    const isKept = !trimApprox || level === steps.length - 1;
    const own = steps.length - 1 - level; // coarsest first
    const earlier = out?.details[own];
    const band = (given: A | undefined) => arrayFor(given, data, data.length, "a band of out");
    const ll = isKept ? band(out?.approximations[trimApprox ? 0 : own]) : undefined;
    const [lh, hl, hh] = [band(earlier?.lh), band(earlier?.hl), band(earlier?.hh)];
    for (let row = 0; row < height; row += rows) {
      const count = Math.min(rows, height - row);
      const at = row * width;
      splitLines(
        ...([kernel, down] as const),
        { source: from + at, count: width, lines: count, sourceHop: width, targetHop: hop },
        ...([lines[0] + left, lines[1] + left] as const),
      );
      const targets = [to + at, bands, bands + rows * width, bands + 2 * rows * width] as const;
      for (const [k, line] of lines.entries()) {
        const own = { source: line + left, lines: count, sourceHop: hop };
        wrap(heap, along, own, width);
        const pass = { ...own, count: width, targetHop: width };
        splitLines(kernel, along, pass, targets[2 * k]!, targets[2 * k + 1]!); // four targets
      }
      [ll, lh, hl, hh].forEach((result, k) => {
        if (result) copy(heap, targets[k]!, result, at, count * width); // four targets
      });
    }
    if (ll) approximations.unshift(ll);
    details.unshift({ lh, hl, hh });
    [from, to] = [to, from];
  }
  return { approximations, details };
}

/**
 * Merges bands by the filter bank of each level (finest first), along axis 1, then along axis 0, starting with the coarsest
 * approximation. A finer approximation, if there is one, is added to the merged band of its level. Written into `out` if it is given;
 * every other band is read before.
 */
export function rebuildPlanes<A extends FloatArray>(
  { approximations: [coarsest, ...finer], details }: Planes<A>,
  size: PlaneSize,
  banks: readonly Bank[],
  out?: A,
): A {
  const [height, width] = size;
  const result = arrayFor(out, coarsest!, height * width); // checked by the callers
  if (out) for (const band of finer) checkApart(out, band);
  if (details.length === 0) {
    result.set(coarsest!);
    return result;
  }
  const { steps, top, plane, left, hop, rows } = layoutOf(banks, size);
  const kernel = shiftKernelFor(result);
  // The approximation as lines with gaps, the two planes that are merged last, and some lines of the other bands.
  const [low, high] = [height * hop + top, height * hop + plane + top];
  const lines = height * hop + 2 * plane;
  const heap = kernel.heap(lines + 3 * rows * hop);
  const set = (band: A, row: number, line: number, count: number) => {
    for (let i = 0; i < count; i++)
      copy(band, (row + i) * width, heap, line + i * hop + left, width);
  };
  set(coarsest!, 0, 0, height);
  for (const [i, { lh, hl, hh }] of details.entries()) {
    const { down, along } = steps[details.length - 1 - i]!; // a bank for each level
    for (let row = 0; row < height; row += rows) {
      const count = Math.min(rows, height - row);
      [lh, hl, hh].forEach((band, k) => {
        set(band, row, lines + k * rows * hop, count);
      });
      const ofLow = { source: row * hop + left, lines: count, sourceHop: hop };
      const ofHigh = { ...ofLow, source: lines + rows * hop + left };
      wrap(heap, along, ofLow, width);
      wrap(heap, along, { ...ofHigh, source: lines + left, lines: 2 * rows + count }, width);
      const pass = { count: width, targetHop: width };
      const toLh = mergingTaps(along, lines + left - ofLow.source);
      kernel.filter(toLh, { ...pass, ...ofLow }, low + row * width);
      kernel.filter(mergingTaps(along, rows * hop), { ...pass, ...ofHigh }, high + row * width);
    }
    wrap(heap, down, { source: low, lines: 2, sourceHop: plane }, height * width);
    const taps = mergingTaps(down, plane);
    const [known, isLast] = [finer[i], i === details.length - 1];
    for (let row = 0; row < height; row += rows) {
      const count = Math.min(rows, height - row);
      const [target, targetHop] = isLast ? [lines, width] : [row * hop + left, hop];
      const pass = { source: low + row * width, count: width, lines: count };
      kernel.filter(taps, { ...pass, sourceHop: width, targetHop }, target);
      for (let n = 0; known && n < count; n++)
        for (let m = 0; m < width; m++) {
          const at = target + n * targetHop + m;
          heap[at] = heap[at]! + known[(row + n) * width + m]!;
        }
      if (isLast) copy(heap, lines, result, row * width, count * width);
    }
  }
  return result;
}

/** The steps of all levels along both axes, with space around a plane and around each line for what they read there. */
function layoutOf(banks: readonly Bank[], [height, width]: PlaneSize) {
  const steps = banks.map((bank) => ({
    down: circularStep(bank, { length: height, inner: width }),
    along: circularStep(bank, { length: width, inner: 1 }),
  }));
  const top = Math.max(...steps.map(({ down }) => down.before));
  const left = Math.max(...steps.map(({ along }) => along.before));
  return {
    ...{ steps, top, left },
    plane: top + height * width + Math.max(...steps.map(({ down }) => down.after)),
    hop: left + width + Math.max(...steps.map(({ along }) => along.after)),
    rows: Math.min(height, Math.ceil(chunk / width)),
  };
}
