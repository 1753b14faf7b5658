import { checkLevels } from "../arguments/levels.ts";
import { type FloatArray, zerosLike } from "../arrays/floatArray.ts";
import { type NdArray, rowMajor, sizeOf } from "../arrays/ndArray.ts";
import { checkMode, type Mode } from "../extension/mode.ts";
import { type WaveletLike, waveletOf } from "../families/wavelet.ts";
import { dwtMaxLevel } from "./maxLevel.ts";
import { decompose, type Pyramid, type PyramidAxis, recompose } from "./pyramid.ts";

/** One value for all axes that are transformed, or one for each of them. */
export type PerAxis<T> = T | readonly T[];

/** Options of one step along some axes. */
export interface DwtnOptions {
  /** How lines go on beyond their ends; `symmetric` by default. */
  readonly mode?: PerAxis<Mode>;
  /** Axes to transform, negative ones counted from the last; all by default. The others are a batch. */
  readonly axes?: readonly number[];
}

/** Options of a multi-level analysis along some axes. */
export interface WavedecnOptions extends DwtnOptions {
  /** Number of levels; by default the least `dwtMaxLevel` of the axes. */
  readonly levels?: number;
}

/**
 * Bands by their keys: a letter for each transformed axis in ascending order, `a` for the low band and `d` for the high one, as
 * PyWavelets has them (`ad`: low along the first, high along the second).
 */
export type Bands<A extends FloatArray = FloatArray> = Readonly<Record<string, NdArray<A>>>;

/** An array's multi-level transform, with all that reconstruction needs. */
export interface Wavedecn<A extends FloatArray = FloatArray> {
  readonly approximation: NdArray<A>;
  /** Coarsest level first; all keys but the one of only `a`. */
  readonly details: readonly Bands<A>[];
  /** Shape of the array that was transformed. */
  readonly shape: readonly number[];
  /** The axes that were transformed, ascending, each with its wavelet and mode. */
  readonly axes: readonly PyramidAxis[];
}

/**
 * Multi-level separable transform of an array along some of its axes, each with a wavelet and mode of its own if wished.
 * Written into the arrays of `out` where it is given. Throws RangeError for an array without elements, and for axes that it
 * lacks or that come twice.
 */
export function wavedecn<A extends FloatArray>(
  array: NdArray<A>,
  wavelet: PerAxis<WaveletLike>,
  options: WavedecnOptions & { readonly out?: Wavedecn<A> } = {},
): Wavedecn<A> {
  return down(array, wavelet, options, "analysis");
}

/** The array that {@link wavedecn} came from, with exactly its shape; written into `out` where it is given. */
export function waverecn<A extends FloatArray>(decomposition: Wavedecn<A>, out?: A): NdArray<A> {
  return up(decomposition, "synthesis", out);
}

/** The transpose of {@link wavedecn}. */
export function wavedecnAdjoint<A extends FloatArray>(
  decomposition: Wavedecn<A>,
  out?: A,
): NdArray<A> {
  return up(decomposition, "analysisAdjoint", out);
}

/** The transpose of {@link waverecn}. */
export function waverecnAdjoint<A extends FloatArray>(
  array: NdArray<A>,
  wavelet: PerAxis<WaveletLike>,
  options: WavedecnOptions & { readonly out?: Wavedecn<A> } = {},
): Wavedecn<A> {
  return down(array, wavelet, options, "synthesisAdjoint");
}

function down<A extends FloatArray>(
  array: NdArray<A>,
  wavelets: PerAxis<WaveletLike>,
  options: WavedecnOptions & { readonly out?: Wavedecn<A> },
  map: "analysis" | "synthesisAdjoint",
): Wavedecn<A> {
  const { shape } = array;
  const data = rowMajor(array);
  const axes = axesOf(shape, wavelets, options);
  const most = axes.map(({ axis, wavelet }) => dwtMaxLevel(shape[axis]!, wavelet)); // axes of it
  const levels = checkLevels(options.levels ?? Math.min(...most));
  const { out } = options;
  if (out && out.details.length !== levels)
    throw new RangeError(`out has ${out.details.length} levels where ${levels} belong`);
  for (const band of out ? [out.approximation, ...out.details.flatMap(Object.values)] : [])
    if (band.strides || band.offset)
      throw new RangeError("the arrays of out must stand in row-major order, without strides");
  const target = decompose(map, data, shape, axes, levels, { ...(out && { out: pyramidOf(out) }) });
  return {
    approximation: { shape: target.levels[0]?.shape ?? shape, data: target.approximation },
    details: target.levels.map(({ shape: own, bands }) =>
      Object.fromEntries(
        bands.map((band, k) => [keyOf(k + 1, axes.length), { shape: own, data: band }]),
      ),
    ),
    shape,
    axes,
  };
}

function up<A extends FloatArray>(
  decomposition: Wavedecn<A>,
  map: "synthesis" | "analysisAdjoint",
  out?: A,
): NdArray<A> {
  const { shape, axes } = decomposition;
  const pyramid = pyramidOf(decomposition);
  const data = out ?? zerosLike(pyramid.approximation, sizeOf(shape));
  recompose(map, pyramid, shape, axes, data);
  return { shape, data };
}

/** The key of a band that has this number in the order of `analyze`. */
function keyOf(band: number, axes: number): string {
  const digits = band.toString(2).padStart(axes, "0");
  return digits.replaceAll("0", "a").replaceAll("1", "d");
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
        const key = keyOf(k + 1, axes.length);
        const band = bands[key];
        if (!band) throw new RangeError(`the band ${key} is missing`);
        return band;
      });
      return { shape: own[0]!.shape, bands: own.map(rowMajor) }; // one band at least
    }),
  };
}

/** The transformed axes, ascending, with what belongs to each. Throws RangeError as {@link wavedecn} does. */
export function axesOf(
  shape: readonly number[],
  wavelets: PerAxis<WaveletLike>,
  { axes = shape.map((_, axis) => axis), mode = "symmetric" }: DwtnOptions,
): PyramidAxis[] {
  if (axes.length === 0) throw new RangeError("there is no axis to transform");
  const each = <T>(given: PerAxis<T>, what: string): readonly T[] => {
    const list: readonly T[] = Array.isArray(given) ? given : axes.map(() => given as T); // not a list
    if (list.length !== axes.length)
      throw new RangeError(
        `${list.length} ${what} stand where ${axes.length} axes are transformed`,
      );
    return list;
  };
  const own = each(wavelets, "wavelets");
  const modes = each(mode, "modes");
  const resolved = axes.map((given, i) => {
    const axis = given < 0 ? given + shape.length : given;
    if (!Number.isInteger(axis) || axis < 0 || axis >= shape.length)
      throw new RangeError(`an array of ${shape.length} axes has no axis ${given}`);
    return { axis, wavelet: waveletOf(own[i]!), mode: checkMode(modes[i]!) }; // one an axis
  });
  if (new Set(resolved.map(({ axis }) => axis)).size < axes.length)
    throw new RangeError(`an axis comes twice in ${axes.join(", ")}`);
  return resolved.toSorted((a, b) => a.axis - b.axis);
}
