import type { FloatArray } from "../floatArray.ts";
import type { DownStep, UpStep } from "./axisStep.ts";
import type { Kernel } from "./kernel.ts";
import { fill, type Pass, passAlong, settle } from "./pass.ts";

/** What is done along an axis. */
export interface OnAxis<Step> {
  readonly axis: number;
  readonly step: Step;
}

/**
 * One level along some axes of an array in row-major order, one axis after another. The 2^axes `bands` are in the order of
 * binary numbers, the first axis being the highest digit and 1 its high band.
 */
export function analyse(
  kernel: Kernel,
  data: FloatArray,
  shape: readonly number[],
  axes: readonly OnAxis<DownStep>[],
  bands: readonly FloatArray[],
): void {
  const sizes = [...shape];
  const passes = axes.map(({ axis, step: { extension, count, folded } }) => {
    const pass = passAlong(sizes, axis, extension, count, folded);
    sizes[axis] = count;
    return pass;
  });
  const regions = regionsFor(passes, 1, (i) => 2 ** (i + 1));
  const heap = kernel.heap(regions.end, regions.longest);
  for (const [i, pass] of passes.entries()) {
    const { filters } = axes[i]!.step; // a pass for each axis
    const { outer, inner, whole, lines } = pass;
    for (let band = 0; band < 2 ** i; band++) {
      if (i === 0) fill(heap, 0, pass, data, 0);
      else fill(heap, 0, pass, heap, regions.at(i - 1, band));
      const [lo, hi] = [regions.at(i, 2 * band), regions.at(i, 2 * band + 1)];
      const all = { filters, source: 0, length: lines.hop / lines.step, lo, hi, count: whole };
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
  }
  bands.forEach((band, k) => {
    const from = regions.at(passes.length - 1, k);
    band.set(heap.subarray(from, from + band.length));
  });
}

/** The other way: from bands, ordered as in {@link analyse}, to an array of `shape`, the last axis first. */
export function synthesise(
  kernel: Kernel,
  bands: readonly FloatArray[],
  shape: readonly number[],
  axes: readonly OnAxis<UpStep>[],
  data: FloatArray,
): void {
  const sizes = [...shape];
  for (const { axis, step } of axes) sizes[axis] = step.count;
  const steps = axes.toReversed();
  const passes = steps.map(({ axis, step: { extension, length, folded } }) => {
    const pass = passAlong(sizes, axis, extension, length, folded);
    sizes[axis] = length;
    return pass;
  });
  const results = (i: number) => 2 ** (passes.length - 1 - i);
  const regions = regionsFor(passes, 2, results);
  const heap = kernel.heap(regions.end, regions.longest);
  for (const [i, pass] of passes.entries()) {
    const { phases } = steps[i]!.step; // a pass for each axis
    const { outer, inner, whole, lines, work } = pass;
    for (let result = 0; result < results(i); result++) {
      for (const high of [0, 1]) {
        const source = 2 * result + high;
        if (i === 0)
          fill(heap, high * work, pass, bands[source]!, 0); // two for each result
        else fill(heap, high * work, pass, heap, regions.at(i - 1, source));
      }
      const target = regions.at(i, result);
      const all = { phases, lo: 0, hi: work, count: lines.hop / lines.step, target, length: whole };
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
  const from = regions.at(passes.length - 1, 0);
  data.set(heap.subarray(from, from + data.length));
}

/** Where results stand in the heap, behind the work space: result k of pass i. */
function regionsFor(passes: readonly Pass[], works: number, results: (pass: number) => number) {
  const starts: number[] = [];
  let end = works * Math.max(...passes.map(({ work }) => work));
  for (const [i, { size }] of passes.entries()) {
    starts.push(end);
    end += results(i) * size;
  }
  return {
    at: (pass: number, k: number) => starts[pass]! + k * passes[pass]!.size, // passes of the list
    end,
    longest: Math.max(...passes.map(({ lines }) => lines.hop / lines.step)),
  };
}
