import { checkOptions, optionNames } from "../../arguments/options.ts";
import { checkResult } from "../../arguments/result.ts";
import { checkArrayIs } from "../../arrays/axes.ts";
import { type Block, cut, paste } from "../../arrays/block.ts";
import { type FloatArray, zerosLike } from "../../arrays/floatArray.ts";
import { arrayFor, checkApart, type Into } from "../../arrays/into.ts";
import { type NdArray, rowMajor, sizeOf } from "../../arrays/ndArray.ts";
import type { Wavedec } from "../wavedec.ts";
import type { Wavedec2 } from "../wavedec2.ts";
import type { Wavedecn } from "../wavedecn.ts";
import { type BandForm, bandFormOf, type Decomposition, withBands } from "./bandForm.ts";

/** Options of {@link coeffsToArray}. */
export interface CoeffsToArrayOptions {
  /**
   * The value of the elements that no band covers; 0 by default. With `null` there may be none: the bands must tile the array,
   * as in mode `periodization` with sizes that are multiples of 2^levels.
   */
  readonly padding?: number | null;
}

/** Where the bands of one level lie, by key: a block of the array for each. */
export type BandBlocks = Readonly<Record<string, Block>>;

/** All bands of a decomposition in one array. */
export interface CoefficientArray<A extends FloatArray = FloatArray> {
  readonly array: NdArray<A>;
  /** The blocks of the approximation (by the key with only `a`), then of each level's details, coarsest first. */
  readonly blocks: readonly BandBlocks[];
}

const arrayOptions = optionNames<CoeffsToArrayOptions & Into<unknown>>({
  padding: true,
  out: true,
});

/**
 * All bands of a decomposition in one array, in any mode and number of axes: the approximation in the first corner, then along
 * each transformed axis the details of each level after what is coarser. The array is a little larger than the data where the
 * bands are, and the elements between bands hold `padding`. The arrangement and the blocks are those of PyWavelets'
 * `coeffs_to_array`.
 *
 * Throws RangeError if `padding` is null and the bands do not tile the array, and for an `out` of another size or type, or one that
 * shares memory with a band.
 *
 * @example
 * ```ts
 * const transform = wavedec2({ height: 5, width: 6, data: new Float64Array(30) }, "db2", { levels: 2 });
 * const { array, blocks } = coeffsToArray(transform);
 * console.log(array.shape, blocks[1].da); // rows 3 to 5, columns 0 to 2
 * // → [ 10, 10 ] [ [ 3, 6 ], [ 0, 3 ] ]
 * ```
 */
export function coeffsToArray<A extends FloatArray>(
  decomposition: Decomposition<A>,
  options: CoeffsToArrayOptions & Into<CoefficientArray<A>> = {},
): CoefficientArray<A> {
  checkOptions(options, arrayOptions);
  const { padding = 0, out } = options;
  if (padding !== null && typeof padding !== "number")
    throw new TypeError(`padding must be a number or null, not ${padding}`);
  const form = bandFormOf(decomposition);
  const { shape, blocks } = arrangement(form);
  const levels = bandsByLevel(form);
  if (out !== undefined) checkResult(out, "array", "coeffsToArray");
  const data = arrayFor(out?.array.data, form.approximation.data, sizeOf(shape));
  const covered = levels.reduce((sum, bands) => sum + sizeOfBands(bands), 0);
  if (padding === null && covered !== data.length)
    throw new RangeError(
      `${covered} coefficients do not tile an array of ${shape.join("×")}; give a number as padding, or use mode ` +
        "periodization and sizes that are multiples of 2^levels",
    );
  if (out) for (const bands of levels) for (const key in bands) checkApart(data, bands[key]!.data);
  if (covered !== data.length && (out || padding)) data.fill(padding ?? 0);
  levels.forEach((bands, i) => {
    for (const [key, band] of Object.entries(bands))
      paste(data, shape, blocks[i]![key]!, band.data);
  });
  return { array: { shape, data }, blocks };
}

/**
 * The inverse of {@link coeffsToArray}: a decomposition of the form of `like`, whose coefficients are not read, with the
 * coefficients of the array. Throws RangeError unless the array has the shape that coeffsToArray gives `like`.
 *
 * @example
 * ```ts
 * const transform = wavedec(Float64Array.of(1, 2, 3, 4, 5), "haar", { levels: 2 });
 * const { array, blocks } = coeffsToArray(transform);
 * const [start, end] = blocks[2].d[0];
 * array.data.fill(0, start, end); // without the finest details
 * console.log(waverec(arrayToCoeffs(array, transform)).map((x) => Math.round(10 * x) / 10));
 * // → Float64Array(5) [ 1.5, 1.5, 3.5, 3.5, 5 ]
 * ```
 */
export function arrayToCoeffs<A extends FloatArray>(array: NdArray<A>, like: Wavedec): Wavedec<A>;
export function arrayToCoeffs<A extends FloatArray>(array: NdArray<A>, like: Wavedec2): Wavedec2<A>;
export function arrayToCoeffs<A extends FloatArray>(array: NdArray<A>, like: Wavedecn): Wavedecn<A>;
export function arrayToCoeffs<A extends FloatArray>(
  array: NdArray<A>,
  like: Wavedec | Wavedec2 | Wavedecn,
): Decomposition<A> {
  const data = rowMajor(array);
  const { shape, blocks } = arrangement(bandFormOf(like));
  checkArrayIs(array, shape, "the array");
  const bandAt = (block: Block): NdArray<A> => {
    const own = block.map(([start, end]) => end - start);
    const values = zerosLike(data, sizeOf(own));
    cut(data, shape, block, values);
    return { shape: own, data: values };
  };
  const [[approximation] = [], ...details] = blocks.map((level) =>
    Object.entries(level).map(([key, block]) => [key, bandAt(block)] as const),
  );
  return withBands(like, {
    approximation: approximation![1],
    details: details.map((bands) => Object.fromEntries(bands)),
  });
}

/** The shape of the array of all bands, and the block of each band. */
function arrangement({ approximation, details, axes }: BandForm) {
  const corner = [...approximation.shape];
  const whole = (shape: readonly number[]) => shape.map((size): [number, number] => [0, size]);
  const blocks: BandBlocks[] = [{ ["a".repeat(axes.length)]: whole(corner) }];
  for (const bands of details) {
    const level: Record<string, Block> = {};
    for (const [key, { shape }] of Object.entries(bands)) {
      const block = whole(shape);
      axes.forEach((axis, i) => {
        if (key[i] === "d") block[axis] = [corner[axis]!, corner[axis]! + shape[axis]!];
      });
      level[key] = block;
    }
    blocks.push(level);
    const { shape } = bands["d".repeat(axes.length)]!;
    for (const axis of axes) corner[axis] = corner[axis]! + shape[axis]!;
  }
  return { shape: corner, blocks };
}

/** The approximation under the key with only `a`, then the bands of each level. */
function bandsByLevel<A extends FloatArray>({ approximation, details, axes }: BandForm<A>) {
  return [{ ["a".repeat(axes.length)]: approximation }, ...details];
}

const sizeOfBands = (bands: Readonly<Record<string, NdArray>>): number =>
  Object.values(bands).reduce((sum, { data }) => sum + data.length, 0);
