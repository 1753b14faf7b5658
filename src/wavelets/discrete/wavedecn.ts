import { checkLevels } from "../arguments/levels.ts";
import { checkOptions, optionNames } from "../arguments/options.ts";
import { checkResult } from "../arguments/result.ts";
import {
  type AxesOption,
  type Bands,
  bandKey,
  eachAxis,
  type PerAxis,
  resolveAxes,
} from "../arrays/axes.ts";
import type { FloatArray } from "../arrays/floatArray.ts";
import { type Into, intoNames } from "../arrays/into.ts";
import {
  checkArrayShape,
  checkIsRowMajor,
  elementsFor,
  type NdArray,
  rowMajor,
} from "../arrays/ndArray.ts";
import { checkMode, type Mode } from "../extension/mode.ts";
import { type WaveletLike, waveletOf } from "../families/wavelet.ts";
import type { DownStep, UpStep } from "../filterBank/axisStep.ts";
import { levelsWithin } from "./maxLevel.ts";
import {
  analysis,
  analysisAdjoint,
  decompose,
  type LevelMap,
  type Pyramid,
  type PyramidAxis,
  recompose,
  synthesis,
  synthesisAdjoint,
} from "./pyramid.ts";

/** Options of one analysis step along some axes. */
export interface DwtnOptions extends AxesOption {
  /** How lines are extended beyond their ends; `symmetric` by default. */
  readonly mode?: PerAxis<Mode>;
}

/** Options of a multi-level analysis along some axes. */
export interface WavedecnOptions extends DwtnOptions {
  /** Number of levels; the smallest `dwtMaxLevel` of the axes by default. */
  readonly levels?: number;
}

/** An array's multi-level transform, with everything that reconstruction needs. */
export interface Wavedecn<A extends FloatArray = FloatArray> {
  readonly approximation: NdArray<A>;
  /** Coarsest level first; every key except the one with only `a`. */
  readonly details: readonly Bands<A>[];
  /** Shape of the array that was transformed. */
  readonly shape: readonly number[];
  /** The transformed axes in ascending order, each with its wavelet and mode. */
  readonly axes: readonly PyramidAxis[];
}

/** Names of the options of {@link wavedecn}. */
export const wavedecnOptionNames = optionNames<WavedecnOptions & Into<unknown>>({
  mode: true,
  axes: true,
  levels: true,
  out: true,
});

/**
 * Multi-level separable transform of an array along some of its axes. Each axis can have its own wavelet and mode.
 *
 * Throws RangeError for an array without elements, for axes that do not exist or occur twice, and for `levels` that are
 * not an integer from 0 to 53; TypeError for arguments of the wrong type.
 *
 * @example
 * ```ts
 * const volume = { shape: [8, 8, 8], data: new Float64Array(512).fill(1) };
 * const { approximation, details } = wavedecn(volume, "haar", { levels: 2 });
 * console.log(approximation.shape, Object.keys(details[0]).join(" "));
 * // → [ 2, 2, 2 ] aad ada add daa dad dda ddd
 * ```
 */
export function wavedecn<A extends FloatArray>(
  array: NdArray<A>,
  wavelet: PerAxis<WaveletLike>,
  options: WavedecnOptions & Into<Wavedecn<A>> = {},
): Wavedecn<A> {
  return down(array, wavelet, options, analysis);
}

/**
 * The inverse of {@link wavedecn}: the array, with exactly its shape. Throws RangeError if a band is missing or has the
 * wrong shape.
 *
 * @example
 * ```ts
 * const array = { shape: [2, 3], data: Float64Array.of(1, 2, 3, 4, 5, 6) };
 * const back = waverecn(wavedecn(array, ["haar", "db2"], { levels: 1 }));
 * console.log(back.shape, back.data.map(Math.round).join(" "));
 * // → [ 2, 3 ] 1 2 3 4 5 6
 * ```
 */
export function waverecn<A extends FloatArray>(
  decomposition: Wavedecn<A>,
  options: Into<NdArray<A>> = {},
): NdArray<A> {
  return up(decomposition, synthesis, options);
}

/** The transpose of {@link wavedecn}. */
export function wavedecnAdjoint<A extends FloatArray>(
  decomposition: Wavedecn<A>,
  options: Into<NdArray<A>> = {},
): NdArray<A> {
  return up(decomposition, analysisAdjoint, options);
}

/** The transpose of {@link waverecn}. */
export function waverecnAdjoint<A extends FloatArray>(
  array: NdArray<A>,
  wavelet: PerAxis<WaveletLike>,
  options: WavedecnOptions & Into<Wavedecn<A>> = {},
): Wavedecn<A> {
  return down(array, wavelet, options, synthesisAdjoint);
}

function down<A extends FloatArray>(
  array: NdArray<A>,
  wavelets: PerAxis<WaveletLike>,
  options: WavedecnOptions & Into<Wavedecn<A>>,
  map: LevelMap<DownStep>,
): Wavedecn<A> {
  const data = rowMajor(array);
  checkOptions(options, wavedecnOptionNames);
  const { shape } = array;
  const axes = axesOf(shape, wavelets, options);
  const levels = checkLevels(options.levels ?? leastMaxLevel(shape, axes));
  const { out } = options;
  if (out && out.details.length !== levels)
    throw new RangeError(`out has ${out.details.length} levels instead of ${levels}`);
  for (const band of out ? [out.approximation, ...out.details.flatMap(Object.values)] : [])
    checkIsRowMajor(band);
  const target = decompose(map, data, shape, axes, levels, out && pyramidOf(out));
  return {
    approximation: { shape: target.levels[0]?.shape ?? shape, data: target.approximation },
    details: target.levels.map(({ shape: own, bands }) =>
      Object.fromEntries(
        bands.map((band, k) => [bandKey(k + 1, axes.length), { shape: own, data: band }]),
      ),
    ),
    shape,
    axes,
  };
}

function up<A extends FloatArray>(
  decomposition: Wavedecn<A>,
  map: LevelMap<UpStep>,
  options: Into<NdArray<A>>,
): NdArray<A> {
  checkResult(decomposition, "axes", "wavedecn");
  checkOptions(options, intoNames);
  const { shape, axes } = decomposition;
  const { out } = options;
  const pyramid = pyramidOf(decomposition);
  const data = elementsFor(out, pyramid.approximation, shape);
  recompose(map, pyramid, shape, axes, data);
  return { shape, data };
}

/** The smallest `dwtMaxLevel` of the axes. */
export function leastMaxLevel(shape: readonly number[], axes: readonly PyramidAxis[]): number {
  return Math.min(
    ...axes.map(({ axis, wavelet }) => levelsWithin(shape[axis]!, wavelet.decLo.length)),
  );
}

function pyramidOf<A extends FloatArray>({
  approximation,
  details,
  axes,
}: Wavedecn<A>): Pyramid<A> {
  return {
    approximation: rowMajor(approximation),
    levels: details.map((bands) => {
      const own = Array.from({ length: 2 ** axes.length - 1 }, (_, k) => {
        const key = bandKey(k + 1, axes.length);
        const band = bands[key];
        if (!band) throw new RangeError(`the band ${key} is missing`);
        return band;
      });
      return { shape: own[0]!.shape, bands: own.map(rowMajor) };
    }),
  };
}

/** The transformed axes in ascending order, each with its wavelet and mode. Throws as {@link wavedecn} does. */
export function axesOf(
  shape: readonly number[],
  wavelets: PerAxis<WaveletLike>,
  { axes: given, mode = "symmetric" }: DwtnOptions,
): PyramidAxis[] {
  const axes = resolveAxes(shape, given);
  const own = eachAxis(wavelets, axes.length, "wavelets");
  const modes = eachAxis(mode, axes.length, "modes");
  return axes
    .map((axis, i) => ({ axis, wavelet: waveletOf(own[i]!), mode: checkMode(modes[i]!) }))
    .toSorted((a, b) => a.axis - b.axis);
}

/** {@link axesOf} for a shape that a caller gives. */
export function axesOfShape(
  shape: readonly number[],
  wavelets: PerAxis<WaveletLike>,
  options: DwtnOptions,
): PyramidAxis[] {
  checkArrayShape(shape);
  return axesOf(shape, wavelets, options);
}

/** Resolved axes as the arguments of a transform. */
export function asArguments(axes: readonly PyramidAxis[]) {
  return {
    axes: axes.map(({ axis }) => axis),
    wavelets: axes.map(({ wavelet }) => wavelet),
    mode: axes.map(({ mode }) => mode),
  };
}
