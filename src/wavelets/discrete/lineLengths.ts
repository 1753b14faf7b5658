import type { FloatArray } from "../arrays/floatArray.ts";
import { coefficientCount } from "../extension/mode.ts";
import type { Along } from "./along.ts";
import { checkBand } from "./checkBand.ts";

/** The length of a line and of its low-pass band after 1, 2, … `levels` steps: `levels` + 1 lengths. */
export function lineLengths(length: number, { wavelet, mode }: Along, levels: number): number[] {
  const lengths = [length];
  for (let level = 0; level < levels; level++)
    lengths.push(coefficientCount(lengths[level]!, wavelet.decLo.length, mode));
  return lengths;
}

/** Throws RangeError unless the bands of a line, coarsest first, have these lengths and the type of the data. */
export function checkLineBands(
  bands: readonly FloatArray[],
  data: FloatArray,
  lengths: readonly number[],
): void {
  const levels = lengths.length - 1;
  checkBand(bands[0]!, data, "the approximation", lengths[levels]!);
  for (let i = 1; i <= levels; i++) {
    const level = levels + 1 - i;
    if (bands[i]?.length !== lengths[level] || bands[i]!.constructor !== data.constructor)
      checkBand(bands[i]!, data, `a detail band of level ${level}`, lengths[level]!);
  }
}
