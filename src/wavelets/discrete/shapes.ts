import { checkLevels } from "../arguments/levels.ts";
import { checkLength } from "../arguments/numbers.ts";
import { checkOptions, optionNames } from "../arguments/options.ts";
import type { PerAxis } from "../arrays/axes.ts";
import { checkMode, coefficientCount, type Mode } from "../extension/mode.ts";
import { type WaveletLike, waveletOf } from "../families/wavelet.ts";
import { pyramidShapes } from "./pyramid.ts";
import { axesOfShape, leastMaxLevel, type WavedecnOptions } from "./wavedecn.ts";

/**
 * The number of coefficients in each band of `dwt` of N samples: ⌈N/2⌉ in mode `periodization`, ⌊(N + f − 1)/2⌋ in every
 * other mode. f is the length of the filters, which can be given instead of the wavelet. Throws RangeError unless N and f
 * are integers from 1 up.
 *
 * @example
 * ```ts
 * console.log(dwtCoefficientCount(100, "db2"), dwtCoefficientCount(100, "db2", "periodization"));
 * // → 51 50
 * ```
 */
export function dwtCoefficientCount(
  length: number,
  wavelet: WaveletLike | number,
  mode: Mode = "symmetric",
): number {
  const f = typeof wavelet === "number" ? wavelet : waveletOf(wavelet).decLo.length;
  for (const count of [length, f])
    if (checkLength("a length", count) === 0)
      throw new RangeError("a length must be an integer from 1 up, not 0");
  return coefficientCount(length, f, checkMode(mode));
}

/**
 * The smallest `dwtMaxLevel` of the transformed axes: the default number of levels of `wavedecn`. Throws RangeError for a
 * shape that is not a list of integers from 1 up, and for axes that do not exist.
 */
export function dwtnMaxLevel(
  shape: readonly number[],
  wavelet: PerAxis<WaveletLike>,
  axes?: readonly number[],
): number {
  return leastMaxLevel(shape, axesOfShape(shape, wavelet, axes ? { axes } : {}));
}

/** The shapes of all bands of a decomposition. */
export interface WavedecnShapes {
  readonly approximation: readonly number[];
  /** The shape of every detail band of a level; coarsest level first. */
  readonly details: readonly (readonly number[])[];
}

const shapesOptions = optionNames<WavedecnOptions>({ mode: true, axes: true, levels: true });

/**
 * The shapes of the bands that `wavedecn` computes from an array of this shape. Throws as `wavedecn` does.
 *
 * @example
 * ```ts
 * console.log(wavedecnShapes([100, 60], "haar", { levels: 2 }));
 * // → { approximation: [ 25, 15 ], details: [ [ 25, 15 ], [ 50, 30 ] ] }
 * ```
 */
export function wavedecnShapes(
  shape: readonly number[],
  wavelet: PerAxis<WaveletLike>,
  options: WavedecnOptions = {},
): WavedecnShapes {
  checkOptions(options, shapesOptions);
  const axes = axesOfShape(shape, wavelet, options);
  const levels = checkLevels(options.levels ?? leastMaxLevel(shape, axes));
  const shapes = pyramidShapes(shape, axes, levels);
  return { approximation: shapes[levels]!, details: shapes.slice(1).toReversed() };
}
