import { checkLevels } from "../arguments/levels.ts";
import { checkMode, coefficientCount, type Mode } from "../extension/mode.ts";
import { type WaveletLike, waveletOf } from "../families/wavelet.ts";
import { dwtMaxLevel } from "./maxLevel.ts";
import { axesOf, type PerAxis, type WavedecnOptions } from "./wavedecn.ts";

/**
 * How many coefficients each band of `dwt` of N samples has: ⌈N/2⌉ (periodization) or ⌊(N + f − 1)/2⌋ with filters of
 * length f, which may be given in place of the wavelet. Throws RangeError unless N and f are whole numbers from 1 up.
 */
export function dwtCoefficientCount(
  length: number,
  wavelet: WaveletLike | number,
  mode: Mode = "symmetric",
): number {
  const f = typeof wavelet === "number" ? wavelet : waveletOf(wavelet).decLo.length;
  for (const count of [length, f])
    if (!Number.isInteger(count) || count < 1)
      throw new RangeError(`lengths must be whole numbers from 1 up, not ${count}`);
  return coefficientCount(length, f, checkMode(mode));
}

/** The least `dwtMaxLevel` of the axes that are transformed, which is the default of `wavedecn`. */
export function dwtnMaxLevel(
  shape: readonly number[],
  wavelet: PerAxis<WaveletLike>,
  axes?: readonly number[],
): number {
  const resolved = axesOf(shape, wavelet, axes ? { axes } : {});
  return Math.min(...resolved.map((own) => dwtMaxLevel(shape[own.axis]!, own.wavelet))); // axes of it
}

/** The shapes of all bands of a decomposition. */
export interface WavedecnShapes {
  readonly approximation: readonly number[];
  /** Of every detail band of a level; coarsest level first. */
  readonly details: readonly (readonly number[])[];
}

/** The shapes of the bands that `wavedecn` would make of an array of this shape, without making them. */
export function wavedecnShapes(
  shape: readonly number[],
  wavelet: PerAxis<WaveletLike>,
  options: WavedecnOptions = {},
): WavedecnShapes {
  const levels = checkLevels(options.levels ?? dwtnMaxLevel(shape, wavelet, options.axes));
  const axes = axesOf(shape, wavelet, options);
  const shapes = [shape];
  for (let level = 0; level < levels; level++) {
    const sizes = [...shapes[level]!]; // one more than levels so far
    for (const { axis, wavelet, mode } of axes)
      sizes[axis] = coefficientCount(sizes[axis]!, wavelet.decLo.length, mode); // an axis of it
    shapes.push(sizes);
  }
  return { approximation: shapes[levels]!, details: shapes.slice(1).toReversed() }; // one more than levels
}
