import { checkOneOf } from "../arguments/checkOneOf.ts";
import { checkLevels } from "../arguments/levels.ts";
import { checkOptions, optionNames } from "../arguments/options.ts";
import { checkResult } from "../arguments/result.ts";
import { type AxesOption, bandKeys, type PerAxis, resolveAxes } from "../arrays/axes.ts";
import type { FloatArray } from "../arrays/floatArray.ts";
import { type NdArray, rowMajor } from "../arrays/ndArray.ts";
import type { PyramidAxis } from "../discrete/pyramid.ts";
import {
  asArguments,
  axesOf,
  type Wavedecn,
  wavedecn,
  wavedecnAdjoint,
  waverecn,
  waverecnAdjoint,
} from "../discrete/wavedecn.ts";
import type { Mode } from "../extension/mode.ts";
import type { WaveletLike } from "../families/wavelet.ts";
import { iswtn, iswtnAdjoint, type Swtn, swtn, swtnAdjoint } from "../undecimated/swtn.ts";
import { asParts } from "./mra.ts";
import { ownBands, type Parts, partsOf, sumOfParts } from "./parts.ts";

/** Options of a multiresolution analysis along some axes. */
export interface MranOptions extends AxesOption {
  /** `swt` (default) or `dwt`, as in `mra`. */
  readonly transform?: "swt" | "dwt";
  /** Number of levels; the same default as `swtn` or `wavedecn`. */
  readonly levels?: number;
  /** Boundary mode of `dwt`; `periodization` by default, as in PyWavelets. `swt` takes no other. */
  readonly mode?: PerAxis<Mode>;
}

/** An array as a sum of parts, one per band and scale, each of the array's shape. */
export interface Mran<A extends FloatArray = FloatArray> extends Parts<A> {
  readonly transform: "swt" | "dwt";
  /** The transformed axes in ascending order, each with its wavelet and mode. */
  readonly axes: readonly PyramidAxis[];
}

const mranOptions = optionNames<MranOptions>({
  transform: true,
  levels: true,
  mode: true,
  axes: true,
});

/**
 * Multiresolution analysis of an array along some of its axes: the part that each band of its transform makes on its own, by
 * the keys of `wavedecn`. Each axis can have its own wavelet; the axes that are not transformed are a batch, so `axes: [1]`
 * is `mra` of every row of a matrix. The values are PyWavelets', but any shape is allowed. Throws as `swtn` and `wavedecn` do,
 * and RangeError for `swt` in another mode than periodization.
 *
 * @example
 * ```ts
 * const rows = { shape: [2, 4], data: Float64Array.of(1, 2, 3, 4, 5, 5, 5, 5) };
 * const parts = mran(rows, "haar", { axes: [1], levels: 1 });
 * console.log(parts.details[0].d.data.slice(4).map(Math.abs), imran(parts).data.map(Math.round).join(" "));
 * // → Float64Array(4) [ 0, 0, 0, 0 ] 1 2 3 4 5 5 5 5
 * ```
 */
export function mran<A extends FloatArray>(
  array: NdArray<A>,
  wavelet: PerAxis<WaveletLike>,
  options: MranOptions = {},
): Mran<A> {
  rowMajor(array); // checks the array before its shape is read
  checkOptions(options, mranOptions);
  const { transform = "swt", mode = "periodization", levels } = options;
  checkOneOf("transform", transform, ["swt", "dwt"]);
  if (transform === "swt" && [mode].flat().some((one) => one !== "periodization"))
    throw new RangeError(
      `transform "swt" extends arrays periodically; mode ${mode} needs transform "dwt"`,
    );
  const own = options.axes ? { axes: options.axes } : {};
  const axes = axesOf(array.shape, wavelet, { ...own, mode });
  const all = { ...asArguments(axes), ...(levels === undefined ? {} : { levels }) };
  const { wavelets, mode: modes, ...rest } = all;
  const parts =
    transform === "dwt"
      ? partsOf<A, Wavedecn<A>>(wavedecn(array, wavelets, { ...rest, mode: modes }), waverecn)
      : partsOf<A, Swtn<A>>(swtn(array, wavelets, { ...rest, ...asParts }), iswtn);
  return { ...parts, transform, axes };
}

/** The inverse of {@link mran}: the sum of the parts. Throws RangeError if their shapes differ. */
export function imran<A extends FloatArray>(analysis: Parts<A>): NdArray<A> {
  checkResult(analysis, "details", "mran");
  return sumOfParts(analysis);
}

/** The adjoint of {@link mran}. Throws RangeError as {@link imran} does. */
export function mranAdjoint<A extends FloatArray>(analysis: Mran<A>): NdArray<A> {
  const { shape } = imran(analysis); // checks the shapes
  const { transform, axes, details } = analysis;
  const { wavelets, mode, axes: named } = asArguments(axes);
  const rest = { axes: named, levels: details.length };
  if (transform === "dwt") {
    const bandsOf = (part: NdArray<A>) => waverecnAdjoint(part, wavelets, { ...rest, mode });
    return wavedecnAdjoint({ ...ownBands(analysis, bandsOf), shape, axes });
  }
  const bandsOf = (part: NdArray<A>) => iswtnAdjoint(part, wavelets, { ...rest, ...asParts });
  const own = ownBands(analysis, bandsOf);
  const whole = bandsOf(analysis.approximation);
  return swtnAdjoint({ ...whole, approximations: [own.approximation], details: own.details });
}

/** The adjoint of {@link imran}: a copy of the array as each part of `levels` levels along these axes, all by default. */
export function imranAdjoint<A extends FloatArray>(
  array: NdArray<A>,
  levels: number,
  axes?: readonly number[],
): Parts<A> {
  const data = rowMajor(array);
  const { shape } = array;
  const part = (): NdArray<A> => ({ shape, data: data.slice() as A });
  const [, ...keys] = bandKeys(resolveAxes(shape, axes).length);
  return {
    approximation: part(),
    details: Array.from({ length: checkLevels(levels) }, () =>
      Object.fromEntries(keys.map((key) => [key, part()])),
    ),
  };
}
