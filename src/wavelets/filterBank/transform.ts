import type { FloatArray } from "../arrays/floatArray.ts";
import { extend } from "../extension/lines.ts";
import type { DownStep, UpStep } from "./axisStep.ts";
import type { Across, Kernel, UpPass } from "./kernel.ts";
import { copy, fill, type Pass, passAlong, settle } from "./pass.ts";

/** What is done along an axis. */
export interface OnAxis<Step> {
  readonly axis: number;
  readonly step: Step;
}

/** A pass of a plan. */
export interface PlannedPass<Step> extends Pass {
  readonly step: Step;
  /** Whether its results stand at once as lines of the next pass, with room around them; else that pass copies them. */
  readonly direct: boolean;
  /** Where result 0 stands in the heap, and elements from one result to the next. */
  readonly start: number;
  readonly size: number;
}

/** Passes one after another, on a heap. */
export interface TransformPlan<Step> {
  readonly passes: readonly PlannedPass<Step>[];
  /** Elements of heap, and the longest line. */
  readonly end: number;
  readonly longest: number;
}

/** One level along some axes of an array in row-major order, one axis after another. */
export function planAnalysis(
  shape: readonly number[],
  axes: readonly OnAxis<DownStep>[],
): TransformPlan<DownStep> {
  const sizes = [...shape];
  const passes = axes.map(({ axis, step }) => {
    const pass = passAlong(sizes, axis, step.extension, step.count, step.folded);
    sizes[axis] = step.count;
    return { ...pass, step, axis };
  });
  return inHeap(passes, 1, (i) => 2 ** (i + 1));
}

/** The other way: from bands to an array of `shape`, the last axis first. */
export function planSynthesis(
  shape: readonly number[],
  axes: readonly OnAxis<UpStep>[],
): TransformPlan<UpStep> {
  const sizes = [...shape];
  for (const { axis, step } of axes) sizes[axis] = step.count;
  const passes = axes.toReversed().map(({ axis, step }) => {
    const pass = passAlong(sizes, axis, step.extension, step.length, step.folded);
    sizes[axis] = step.length;
    return { ...pass, step, axis };
  });
  return inHeap(passes, 2, (i) => 2 ** (passes.length - 1 - i));
}

/**
 * From an array to the 2^axes bands of one level, in the order of binary numbers, the first axis being the highest digit
 * and 1 its high band.
 */
export function analyze(
  kernel: Kernel,
  data: FloatArray,
  { passes, end, longest }: TransformPlan<DownStep>,
  bands: readonly FloatArray[],
): void {
  const heap = kernel.heap(end, longest);
  for (const [i, pass] of passes.entries()) {
    const { outer, inner, whole, lines, step, start, size, direct } = pass;
    const [before, next] = [passes[i - 1], passes[i + 1]];
    // A row of results is a line of the next pass, or follows the row before.
    const [offset, targetStep] = direct && next ? [next.lines.offset, next.lines.hop] : [0, inner];
    for (let band = 0; band < 2 ** i; band++) {
      const source = linesOf(heap, pass, before, band, 0, data);
      const lo = start + 2 * band * size;
      const hi = lo + size;
      const all = { filters: step.filters, source, lo, hi, count: whole };
      if (inner === 1) {
        kernel.downAlong(all, { lines: outer, sourceHop: lines.hop, targetHop: whole });
      } else {
        const across = { inner, sourceStep: lines.step, targetStep };
        for (let o = 0; o < outer; o++) {
          const to = offset + o * whole * targetStep;
          const from = source + o * lines.hop;
          kernel.downAcross({ ...all, source: from, lo: lo + to, hi: hi + to }, across);
        }
      }
      settle(heap, lo, pass);
      settle(heap, hi, pass);
    }
  }
  const { start, size } = passes[passes.length - 1]!; // there is a pass
  bands.forEach((band, k) => {
    copy(heap, start + k * size, band, 0, band.length);
  });
}

/** From bands, ordered as in {@link analyze}, to an array. */
export function synthesize(
  kernel: Kernel,
  bands: readonly FloatArray[],
  { passes, end, longest }: TransformPlan<UpStep>,
  data: FloatArray,
): void {
  const heap = kernel.heap(end, longest);
  for (const [i, pass] of passes.entries()) {
    const { outer, inner, whole, lines, work, step, start, size, direct } = pass;
    const [before, next] = [passes[i - 1], passes[i + 1]];
    // A line of results is a row of the next pass, whose lines have gaps between, or follows the line before.
    const rows =
      direct && next ? next.lines : { offset: 0, length: outer, hop: 0, step: whole * inner };
    // What needs no more is handed out while the cache has it.
    const piecewise = !next && inner > 1 && pass.whole === pass.result;
    for (let result = 0; result < 2 ** (passes.length - 1 - i); result++) {
      const lo = linesOf(heap, pass, before, 2 * result, 0, bands[2 * result]!); // two for each result
      const hi = linesOf(heap, pass, before, 2 * result + 1, work, bands[2 * result + 1]!); // as above
      const target = start + result * size + rows.offset;
      const all = { phases: step.phases, length: whole };
      for (let o = 0; o < outer; o += rows.length) {
        const [from, to] = [o * lines.hop, target + (o / rows.length) * rows.hop];
        if (inner === 1) {
          const along = { lines: rows.length, sourceHop: lines.hop, targetHop: rows.step };
          kernel.upAlong({ ...all, lo: lo + from, hi: hi + from, target: to }, along);
        } else {
          const across = { inner, sourceStep: lines.step, targetStep: inner };
          for (let row = 0; row < rows.length; row++) {
            const at = from + row * lines.hop;
            const slice = { ...all, lo: lo + at, hi: hi + at, target: to + row * rows.step };
            if (piecewise) inPieces(kernel, slice, across, heap, data, (o + row) * rows.step);
            else kernel.upAcross(slice, across);
          }
        }
      }
      settle(heap, target, pass);
      if (!next && !piecewise) copy(heap, target, data, 0, data.length);
    }
  }
}

/** Rows of a result in pieces of about this many numbers, each copied to its place in an array before the next one is made. */
const piece = 8192;
function inPieces(
  kernel: Kernel,
  pass: UpPass,
  across: Across,
  heap: FloatArray,
  data: FloatArray,
  place: number,
): void {
  const { inner, sourceStep } = across;
  const rows = 2 * Math.max(1, Math.floor(piece / inner / 2));
  for (let row = 0; row < pass.length; row += rows) {
    const behind = (row / 2) * sourceStep; // two rows for each row of a band
    const length = Math.min(rows, pass.length - row);
    kernel.upAcross({ ...pass, lo: pass.lo + behind, hi: pass.hi + behind, length }, across);
    copy(heap, pass.target, data, place + row * inner, length * inner);
  }
}

/** Where the lines of a pass stand, continued: made there by the pass before, or copied to `at`, the first pass's from an array. */
function linesOf<Step>(
  heap: FloatArray,
  pass: PlannedPass<Step>,
  before: PlannedPass<Step> | undefined,
  result: number,
  at: number,
  data: FloatArray,
): number {
  if (!before) fill(heap, at, pass, data, 0);
  else if (!before.direct) fill(heap, at, pass, heap, before.start + result * before.size);
  else {
    const start = before.start + result * before.size;
    extend(heap, { ...pass.lines, offset: start + pass.lines.offset }, pass.extension);
    return start;
  }
  return at;
}

/** Lays the results of all passes behind the work space. */
function inHeap<Step>(
  passes: readonly (Pass & OnAxis<Step>)[],
  works: number,
  results: (pass: number) => number,
): TransformPlan<Step> {
  let end = works * Math.max(...passes.map(({ work }) => work));
  const planned = passes.map((pass, i) => {
    const next = passes[i + 1];
    // With another axis between, or ends to be folded, results are rearranged; and in an analysis, lines of single samples and
    // lines with gaps within.
    const direct =
      next !== undefined &&
      pass.whole === pass.result &&
      Math.abs(next.axis - pass.axis) === 1 &&
      (next.axis < pass.axis || (pass.inner > 1 && next.lines.step === next.inner));
    const size = direct ? next.work : pass.size;
    const start = end;
    end += results(i) * size;
    return { ...pass, direct, start, size };
  });
  const longest = Math.max(...passes.map(({ lines }) => lines.hop / lines.step));
  return { passes: planned, end, longest };
}
