import type { FloatArray } from "../arrays/floatArray.ts";
import type { NdArray } from "../arrays/ndArray.ts";
import type { WaveletLike } from "../families/wavelet.ts";
import { dwtMaxLevel } from "./maxLevel.ts";
import type { PyramidAxis } from "./pyramid.ts";
import {
  axesOf,
  type Bands,
  type DwtnOptions,
  type PerAxis,
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

/** An array's fully separable transform, with all that reconstruction needs. */
export interface Fswavedecn<A extends FloatArray = FloatArray> {
  /**
   * Bands by their place along each transformed axis, ascending and joined by commas. As in PyWavelets 0 is the
   * approximation, 1 the coarsest detail; `0,0` is low along both axes of a matrix.
   */
  readonly bands: Bands<A>;
  /** Shape of the array that was transformed. */
  readonly shape: readonly number[];
  /** The axes that were transformed, ascending, each with its wavelet, mode and levels. */
  readonly axes: readonly SeparableAxis[];
}

/** An axis that is transformed by itself. */
export interface SeparableAxis extends PyramidAxis {
  readonly levels: number;
}

/**
 * Fully separable (tensor product, hyperbolic) multi-level transform: all levels along one axis, then all along the next,
 * so that bands may be fine along one axis and coarse along another. Throws RangeError as `wavedecn` does.
 */
export function fswavedecn<A extends FloatArray>(
  array: NdArray<A>,
  wavelet: PerAxis<WaveletLike>,
  options: FswavedecnOptions = {},
): Fswavedecn<A> {
  return down(array, wavelet, options, wavedecn);
}

/** The array that {@link fswavedecn} came from, with exactly its shape. */
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
  const axes = separableAxes(array.shape, wavelet, options);
  const split = (part: NdArray<A>, places: readonly number[]): [string, NdArray<A>][] => {
    const own = axes[places.length];
    if (!own) return [[places.join(), part]];
    const { axis, wavelet, mode, levels } = own;
    const { approximation, details } = transform(part, wavelet, { axes: [axis], mode, levels });
    const bands = [approximation, ...details.map(({ d }) => d!)]; // the only key of one axis
    return bands.flatMap((band, i) => split(band, [...places, i]));
  };
  return { bands: Object.fromEntries(split(array, [])), shape: array.shape, axes };
}

function up<A extends FloatArray>(
  { bands, shape, axes }: Fswavedecn<A>,
  inverse: (decomposition: Wavedecn<A>) => NdArray<A>,
): NdArray<A> {
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
      approximation: approximation!, // one at least
      details: details.map((d) => ({ d })),
      shape: approximation!.shape.with(own.axis, shape[own.axis]!), // as above; an axis of it
      axes: [own],
    });
  };
  return join([]);
}

/** The axes, ascending, with their levels. */
function separableAxes(
  shape: readonly number[],
  wavelet: PerAxis<WaveletLike>,
  { levels, ...options }: FswavedecnOptions,
): SeparableAxis[] {
  const resolved = axesOf(shape, wavelet, options);
  const given = options.axes ?? shape.map((_, axis) => axis);
  if (Array.isArray(levels) && levels.length !== given.length)
    throw new RangeError(
      `${levels.length} levels stand where ${given.length} axes are transformed`,
    );
  const levelsOf = ({ axis, wavelet }: PyramidAxis): number => {
    if (levels === undefined) return dwtMaxLevel(shape[axis]!, wavelet); // an axis of it
    if (typeof levels === "number") return levels;
    return levels[given.findIndex((one) => (one < 0 ? one + shape.length : one) === axis)]!; // one an axis
  };
  return resolved.map((own) => ({ ...own, levels: levelsOf(own) }));
}
