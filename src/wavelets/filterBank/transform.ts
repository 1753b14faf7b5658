import type { FloatArray } from "../arrays/floatArray.ts";
import { extend } from "../extension/lines.ts";
import { downLines, upLines } from "./alongLines.ts";
import type { DownStep, UpStep } from "./axisStep.ts";
import type { Across, DownKernel, UpKernel, UpPass } from "./kernel.ts";
import { copy, fill, type Pass, passAlong, settle } from "./pass.ts";

/** A step along an axis. */
export interface OnAxis<Step> {
  readonly axis: number;
  readonly step: Step;
}

/** A pass of a plan. */
export interface PlannedPass<Step> extends Pass {
  readonly step: Step;
  /** Whether the results are written as lines of the next pass, with space around them. Otherwise that pass copies them. */
  readonly direct: boolean;
  /** The index of result 0 in the heap, and the distance between results. */
  readonly start: number;
  readonly size: number;
}

/** A sequence of passes on a heap. */
export interface TransformPlan<Step> {
  readonly passes: readonly PlannedPass<Step>[];
  /** Number of elements of the heap, and the longest line. */
  readonly end: number;
  readonly longest: number;
}

/** The plan of one level of analysis along some axes of a row-major array, one axis after another. */
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

/** The plan of one level of synthesis, from bands to an array of `shape`, the last axis first. */
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
 * From an array to the 2^axes bands of one level; those that are not given are left out. The index of a band is a binary number:
 * its highest digit belongs to the first axis, and a 1 means high-pass.
 */
export function analyze(
  kernel: DownKernel,
  data: FloatArray,
  { passes, end, longest }: TransformPlan<DownStep>,
  bands: readonly (FloatArray | undefined)[],
): void {
  const [only] = passes;
  if (passes.length === 1 && isAlongLines(only!)) {
    downLines(kernel, data, only!.outer, only!.step, [bands[0], bands[1]]);
    return;
  }
  const heap = kernel.heap(end, longest);
  for (const [i, pass] of passes.entries()) {
    const { outer, inner, whole, lines, step, start, size, direct } = pass;
    const [before, next] = [passes[i - 1], passes[i + 1]];
    // A row of results is a line of the next pass, or follows the previous row.
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
  const { start, size } = passes[passes.length - 1]!;
  bands.forEach((band, k) => {
    if (band) copy(heap, start + k * size, band, 0, band.length);
  });
}

/** From bands, ordered as in {@link analyze}, to an array. */
export function synthesize(
  kernel: UpKernel,
  bands: readonly FloatArray[],
  { passes, end, longest }: TransformPlan<UpStep>,
  data: FloatArray,
): void {
  const [only] = passes;
  if (passes.length === 1 && isAlongLines(only!)) {
    upLines(kernel, [bands[0]!, bands[1]!], only!.outer, only!.step, data); // two bands of one axis
    return;
  }
  const heap = kernel.heap(end, longest);
  for (const [i, pass] of passes.entries()) {
    const { outer, inner, whole, lines, work, step, start, size, direct } = pass;
    const [before, next] = [passes[i - 1], passes[i + 1]];
    // A line of results is a row of the next pass, whose lines have gaps, or follows the previous line.
    const rows =
      direct && next ? next.lines : { offset: 0, length: outer, hop: 0, step: whole * inner };
    // The last pass copies its results in pieces while they are in the cache.
    const piecewise = !next && inner > 1 && pass.whole === pass.result;
    for (let result = 0; result < 2 ** (passes.length - 1 - i); result++) {
      const lo = linesOf(heap, pass, before, 2 * result, 0, bands[2 * result]!);
      const hi = linesOf(heap, pass, before, 2 * result + 1, work, bands[2 * result + 1]!);
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

/** Whether the lines of a pass are contiguous and no result must be folded. */
const isAlongLines = ({ inner, whole, result }: Pass): boolean => inner === 1 && whole === result;

/** Computes the rows of a result in pieces of about this many numbers, and copies each piece before the next one. */
const piece = 8192;
function inPieces(
  kernel: UpKernel,
  pass: UpPass,
  across: Across,
  heap: FloatArray,
  data: FloatArray,
  place: number,
): void {
  const { inner, sourceStep } = across;
  const rows = 2 * Math.max(1, Math.floor(piece / inner / 2));
  for (let row = 0; row < pass.length; row += rows) {
    const behind = (row / 2) * sourceStep;
    const length = Math.min(rows, pass.length - row);
    kernel.upAcross({ ...pass, lo: pass.lo + behind, hi: pass.hi + behind, length }, across);
    copy(heap, pass.target, data, place + row * inner, length * inner);
  }
}

/** The index of the extended lines of a pass: written there by the previous pass, or copied to `at` (from `data` in the first pass). */
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

/** Places the results of all passes after the working memory. */
function inHeap<Step>(
  passes: readonly (Pass & OnAxis<Step>)[],
  works: number,
  results: (pass: number) => number,
): TransformPlan<Step> {
  let end = works * Math.max(...passes.map(({ work }) => work));
  const planned = passes.map((pass, i) => {
    const next = passes[i + 1];
    // Results are rearranged if there is another axis in between or if ends must be folded; in an analysis also for lines of
    // single samples and for lines with gaps.
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
