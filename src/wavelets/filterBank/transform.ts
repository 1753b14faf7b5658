import type { FloatArray } from "../floatArray.ts";
import type { DownStep, UpStep } from "./axisStep.ts";
import type { Kernel } from "./kernel.ts";
import { copy, fill, type Pass, passAlong, settle } from "./pass.ts";

/** What is done along an axis. */
export interface OnAxis<Step> {
  readonly axis: number;
  readonly step: Step;
}

/** Passes one after another, and where their results stand in the heap. */
export interface TransformPlan<Step> {
  readonly passes: readonly (Pass & { readonly step: Step })[];
  /** Where result 0 of each pass stands; the others follow. */
  readonly starts: readonly number[];
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
    return { ...pass, step };
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
    return { ...pass, step };
  });
  return inHeap(passes, 2, (i) => 2 ** (passes.length - 1 - i));
}

/**
 * From an array to the 2^axes bands of one level, in the order of binary numbers, the first axis being the highest digit
 * and 1 its high band.
 */
export function analyse(
  kernel: Kernel,
  data: FloatArray,
  { passes, starts, end, longest }: TransformPlan<DownStep>,
  bands: readonly FloatArray[],
): void {
  const heap = kernel.heap(end, longest);
  let [source, from, size] = [data, 0, data.length];
  for (const [i, pass] of passes.entries()) {
    const { outer, inner, whole, lines, step } = pass;
    for (let band = 0; band < 2 ** i; band++) {
      fill(heap, 0, pass, source, from + band * size);
      const lo = starts[i]! + 2 * band * pass.size; // a start for each pass
      const hi = lo + pass.size;
      const all = { filters: step.filters, source: 0, lo, hi, count: whole };
      if (inner === 1) {
        kernel.downAlong(all, { lines: outer, sourceHop: lines.hop, targetHop: whole });
      } else {
        const across = { inner, sourceStep: lines.step, targetStep: inner };
        for (let o = 0; o < outer; o++) {
          const to = o * whole * inner;
          kernel.downAcross({ ...all, source: o * lines.hop, lo: lo + to, hi: hi + to }, across);
        }
      }
      settle(heap, lo, pass);
      settle(heap, hi, pass);
    }
    [source, from, size] = [heap, starts[i]!, pass.size]; // as above
  }
  bands.forEach((band, k) => {
    copy(source, from + k * size, band, 0, band.length);
  });
}

/** From bands, ordered as in {@link analyse}, to an array. */
export function synthesise(
  kernel: Kernel,
  bands: readonly FloatArray[],
  { passes, starts, end, longest }: TransformPlan<UpStep>,
  data: FloatArray,
): void {
  const heap = kernel.heap(end, longest);
  for (const [i, pass] of passes.entries()) {
    const { outer, inner, whole, lines, work, step } = pass;
    for (let result = 0; result < 2 ** (passes.length - 1 - i); result++) {
      for (let high = 0; high < 2; high++) {
        const source = 2 * result + high;
        if (i === 0)
          fill(heap, high * work, pass, bands[source]!, 0); // two for each result
        else fill(heap, high * work, pass, heap, starts[i - 1]! + source * passes[i - 1]!.size); // i > 0
      }
      const target = starts[i]! + result * pass.size; // a start for each pass
      const all = { phases: step.phases, lo: 0, hi: work, target, length: whole };
      if (inner === 1) {
        kernel.upAlong(all, { lines: outer, sourceHop: lines.hop, targetHop: whole });
      } else {
        const across = { inner, sourceStep: lines.step, targetStep: inner };
        for (let o = 0; o < outer; o++) {
          const [lo, to] = [o * lines.hop, target + o * whole * inner];
          kernel.upAcross({ ...all, lo, hi: work + lo, target: to }, across);
        }
      }
      settle(heap, target, pass);
    }
  }
  copy(heap, starts[passes.length - 1]!, data, 0, data.length); // there is a pass
}

/** Lays the results of all passes behind the work space. */
function inHeap<Step>(
  passes: readonly (Pass & { readonly step: Step })[],
  works: number,
  results: (pass: number) => number,
): TransformPlan<Step> {
  const starts: number[] = [];
  let end = works * Math.max(...passes.map(({ work }) => work));
  for (const [i, { size }] of passes.entries()) {
    starts.push(end);
    end += results(i) * size;
  }
  const longest = Math.max(...passes.map(({ lines }) => lines.hop / lines.step));
  return { passes, starts, end, longest };
}
