import { checkLevels } from "../arguments/levels.ts";
import { checkOptions, optionNames } from "../arguments/options.ts";
import { checkResult } from "../arguments/result.ts";
import type { Bands, PerAxis } from "../arrays/axes.ts";
import type { FloatArray } from "../arrays/floatArray.ts";
import { type NdArray, rowMajor } from "../arrays/ndArray.ts";
import type { WaveletLike } from "../families/wavelet.ts";
import { levelsWithin } from "./maxLevel.ts";
import type { PyramidAxis } from "./pyramid.ts";
import {
  axesOf,
  type DwtnOptions,
  type Wavedecn,
  wavedecn,
  wavedecnAdjoint,
  waverecn,
  waverecnAdjoint,
} from "./wavedecn.ts";

/** Options of a fully separable analysis. */
export interface FswavedecnOptions extends DwtnOptions {
  /** Number of levels, for all axes or for each; each axis's `dwtMaxLevel` by default. */
  readonly levels?: PerAxis<number>;
}

/** An array's fully separable transform, with everything that reconstruction needs. */
export interface Fswavedecn<A extends FloatArray = FloatArray> {
  /**
   * Bands by their index along each transformed axis, in ascending order of axes and joined by commas. As in PyWavelets, 0
   * is the approximation and 1 the coarsest detail; `0,0` is low-pass along both axes of a matrix.
   */
  readonly bands: Bands<A>;
  /** Shape of the array that was transformed. */
  readonly shape: readonly number[];
  /** The transformed axes in ascending order, each with its wavelet, mode and levels. */
  readonly axes: readonly SeparableAxis[];
}

/** An axis that is transformed on its own. */
export interface SeparableAxis extends PyramidAxis {
  readonly levels: number;
}

const optionsOfFswavedecn = optionNames<FswavedecnOptions>({
  mode: true,
  axes: true,
  levels: true,
});

/** The most bands of a transform, or the number of elements if that is larger. */
const mostBands = 2 ** 16;

/**
 * Fully separable (tensor product, hyperbolic) multi-level transform: all levels along one axis, then all along the next.
 * Bands can be fine along one axis and coarse along another. Throws as `wavedecn` does, and RangeError where the levels
 * would make more bands than the array has elements and than 65,536.
 *
 * @example
 * ```ts
 * const image = { shape: [4, 4], data: new Float64Array(16).fill(1) };
 * const { bands } = fswavedecn(image, "haar", { levels: [1, 2] });
 * console.log(Object.keys(bands).join(" "));
 * // → 0,0 0,1 0,2 1,0 1,1 1,2
 * ```
 */
export function fswavedecn<A extends FloatArray>(
  array: NdArray<A>,
  wavelet: PerAxis<WaveletLike>,
  options: FswavedecnOptions = {},
): Fswavedecn<A> {
  return down(array, wavelet, options, wavedecn);
}

/** The inverse of {@link fswavedecn}: the array, with exactly its shape. Throws RangeError if a band is missing. */
export function fswaverecn<A extends FloatArray>(decomposition: Fswavedecn<A>): NdArray<A> {
  return up(decomposition, waverecn);
}

/** The transpose of {@link fswavedecn}. */
export function fswavedecnAdjoint<A extends FloatArray>(decomposition: Fswavedecn<A>): NdArray<A> {
  return up(decomposition, wavedecnAdjoint);
}

/** The transpose of {@link fswaverecn}. */
export function fswaverecnAdjoint<A extends FloatArray>(
  array: NdArray<A>,
  wavelet: PerAxis<WaveletLike>,
  options: FswavedecnOptions = {},
): Fswavedecn<A> {
  return down(array, wavelet, options, waverecnAdjoint);
}

function down<A extends FloatArray>(
  array: NdArray<A>,
  wavelet: PerAxis<WaveletLike>,
  options: FswavedecnOptions,
  transform: typeof wavedecn | typeof waverecnAdjoint,
): Fswavedecn<A> {
  const { length } = rowMajor(array); // checks the array
  checkOptions(options, optionsOfFswavedecn);
  const axes = separableAxes(array.shape, wavelet, options);
  const count = axes.reduce((product, { levels }) => product * (levels + 1), 1);
  if (count > Math.max(mostBands, length))
    throw new RangeError(
      `${axes.map(({ levels }) => levels).join(", ")} levels make ${count} bands of ${length} elements`,
    );
  const split = (part: NdArray<A>, places: readonly number[]): [string, NdArray<A>][] => {
    const own = axes[places.length];
    if (!own) return [[places.join(), part]];
    const { axis, wavelet, mode, levels } = own;
    const { approximation, details } = transform(part, wavelet, { axes: [axis], mode, levels });
    const bands = [approximation, ...details.map(({ d }) => d!)]; // one axis has the one key d
    return bands.flatMap((band, i) => split(band, [...places, i]));
  };
  return { bands: Object.fromEntries(split(array, [])), shape: array.shape, axes };
}

function up<A extends FloatArray>(
  decomposition: Fswavedecn<A>,
  inverse: (decomposition: Wavedecn<A>) => NdArray<A>,
): NdArray<A> {
  checkResult(decomposition, "bands", "fswavedecn");
  const { bands, shape, axes } = decomposition;
  const join = (places: readonly number[]): NdArray<A> => {
    const own = axes[places.length];
    if (!own) {
      const band = bands[places.join()];
      if (!band) throw new RangeError(`the band ${places.join()} is missing`);
      return band;
    }
    const [approximation, ...details] = Array.from({ length: own.levels + 1 }, (_, i) =>
      join([...places, i]),
    );
    return inverse({
      approximation: approximation!,
      details: details.map((d) => ({ d })),
      shape: approximation!.shape.with(own.axis, shape[own.axis]!),
      axes: [own],
    });
  };
  return join([]);
}

/** The transformed axes in ascending order, with their levels. */
function separableAxes(
  shape: readonly number[],
  wavelet: PerAxis<WaveletLike>,
  { levels, ...options }: FswavedecnOptions,
): SeparableAxis[] {
  const resolved = axesOf(shape, wavelet, options);
  const given = options.axes ?? shape.map((_, axis) => axis);
  if (Array.isArray(levels) && levels.length !== given.length)
    throw new RangeError(`${levels.length} levels do not match ${given.length} transformed axes`);
  const levelsOf = ({ axis, wavelet }: PyramidAxis): number => {
    if (levels === undefined) return levelsWithin(shape[axis]!, wavelet.decLo.length);
    if (!Array.isArray(levels)) return checkLevels(levels as number);
    return checkLevels(
      levels[given.findIndex((one) => (one < 0 ? one + shape.length : one) === axis)]!,
    );
  };
  return resolved.map((own) => ({ ...own, levels: levelsOf(own) }));
}
