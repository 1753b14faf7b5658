import { type FloatArray, zerosLike } from "../arrays/floatArray.ts";
import { downLines } from "../filterBank/alongLines.ts";
import { analysisStep, type DownStep } from "../filterBank/axisStep.ts";
import { downLineKernelFor } from "../filterBank/kernels.ts";
import type { Along } from "./along.ts";
import { checkLineBands, lineLengths } from "./lineLengths.ts";
import { type KeptPlans, lineStep } from "./plans.ts";

const steps: KeptPlans<DownStep> = new WeakMap();

/**
 * The bands of a signal, coarsest first: the analysis without what arrays with more axes need, so that programs of signals are
 * short. Written into `out` if it is given, which has `levels` + 1 bands. Throws RangeError if one of them has another length or
 * type.
 */
export function lineBands<A extends FloatArray>(
  data: A,
  along: Along,
  levels: number,
  out?: readonly A[],
): readonly A[] {
  const lengths = lineLengths(data.length, along, levels);
  if (out) checkLineBands(out, data, lengths);
  const bands = out ? [...out] : [zerosLike(data, lengths[levels]!)];
  if (!out)
    for (let level = levels; level > 0; level--) bands.push(zerosLike(data, lengths[level]!));
  if (levels === 0) bands[0]!.set(data);
  const kernel = downLineKernelFor(data);
  let source: FloatArray = data;
  for (let level = 1; level <= levels; level++) {
    const low = level === levels ? bands[0]! : kernel.spare(level & 1, lengths[level]!);
    const step = lineStep(steps, analysisStep, along, source.length);
    downLines(kernel, source, 1, step, [low, bands[levels + 1 - level]]);
    source = low;
  }
  return bands;
}
