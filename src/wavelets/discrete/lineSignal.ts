import { checkFloats, type FloatArray } from "../arrays/floatArray.ts";
import { checkArrayShape } from "../arrays/ndArray.ts";
import { upLines } from "../filterBank/alongLines.ts";
import { synthesisStep, type UpStep } from "../filterBank/axisStep.ts";
import { upLineKernelFor } from "../filterBank/kernels.ts";
import type { Along } from "./along.ts";
import { checkLineBands, lineLengths } from "./lineLengths.ts";
import { type KeptPlans, lineStep } from "./plans.ts";

const steps: KeptPlans<UpStep> = new WeakMap();

/**
 * The signal of `length` samples with these bands, coarsest first, written into `data`: the inverse of `lineBands`. Throws
 * RangeError if a band or `data` has another length or type.
 */
export function lineSignal<A extends FloatArray>(
  bands: readonly A[],
  along: Along,
  length: number,
  data: A,
): void {
  const levels = bands.length - 1;
  const lengths = lineLengths(length, along, levels);
  checkArrayShape([length]);
  checkFloats(data, "out");
  if (data.length !== length)
    throw new RangeError(`${data.length} values do not fill a shape of ${length}`);
  checkLineBands(bands, data, lengths);
  if (levels === 0) data.set(bands[0]!);
  const kernel = upLineKernelFor(data);
  let low: FloatArray = bands[0]!;
  for (let level = levels - 1; level >= 0; level--) {
    const own = lengths[level]!;
    const target = level === 0 ? data : kernel.spare(level & 1, own);
    const step = lineStep(steps, synthesisStep, along, own);
    upLines(kernel, [low, bands[levels - level]!], 1, step, target);
    low = target;
  }
}
