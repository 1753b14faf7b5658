import { checkLevels } from "../arguments/levels.ts";
import { checkOptions } from "../arguments/options.ts";
import { checkResult } from "../arguments/result.ts";
import type { FloatArray } from "../arrays/floatArray.ts";
import { checkExtent, checkShape, checkSize } from "../arrays/matrix.ts";
import { checkLiftingMode, type LiftingMode, liftingExtensions } from "./extension.ts";
import {
  asKindOf,
  checkLiftingArray,
  type Direction,
  emptyWork,
  type LiftingArray,
  liftLines,
  type WorkArray,
  workOf,
} from "./liftingArray.ts";
import { type LiftingLike, type LiftingScheme, schemeOf } from "./liftingScheme.ts";
import { type LwtOptions, levelLengths, lwtOptionNames } from "./lwt.ts";

/** A `Matrix` of real numbers or of integers, in row-major order. Axis 0 runs down, axis 1 along the rows. */
export interface LiftingMatrix<A extends LiftingArray = FloatArray> {
  readonly height: number;
  readonly width: number;
  readonly data: A;
}

/** The three detail bands of one level, named as `DetailBands` are. */
export interface LiftingDetails<A extends LiftingArray = FloatArray> {
  readonly hl: LiftingMatrix<A>;
  readonly lh: LiftingMatrix<A>;
  readonly hh: LiftingMatrix<A>;
}

/** A matrix's transform by lifting, with everything that reconstruction needs. */
export interface Lwt2<A extends LiftingArray = FloatArray> {
  readonly approximation: LiftingMatrix<A>;
  /** Detail bands, coarsest level first. */
  readonly details: readonly LiftingDetails<A>[];
  /** Size of the matrix that was transformed. */
  readonly height: number;
  readonly width: number;
  readonly mode: LiftingMode;
  readonly scheme: LiftingScheme;
}

/**
 * Multi-level transform of a matrix by lifting. Each level lifts along axis 0, then along axis 1, as JPEG 2000 does. An
 * Int32Array is transformed to integers, from which {@link ilwt2} restores exactly the same matrix. Throws as `lwt` does.
 *
 * @example
 * ```ts
 * const pixels = { height: 2, width: 2, data: Int32Array.of(7, 9, 8, 200) };
 * console.log(ilwt2(lwt2(pixels, "cdf5/3")).data);
 * // → Int32Array(4) [ 7, 9, 8, 200 ]
 * ```
 */
export function lwt2<A extends LiftingArray>(
  matrix: LiftingMatrix<A>,
  scheme: LiftingLike,
  options: LwtOptions = {},
): Lwt2<A> {
  return analysis(matrix, scheme, options, "forward");
}

/** The inverse of {@link lwt2}: the matrix, with exactly its size. Throws RangeError if a band has the wrong size. */
export function ilwt2<A extends LiftingArray>(transform: Lwt2<A>): LiftingMatrix<A> {
  return synthesis(transform, "inverse");
}

/** The adjoint of {@link lwt2}: ⟨lwt2 x, y⟩ = ⟨x, lwt2Adjoint y⟩ for every x and y. */
export function lwt2Adjoint<A extends FloatArray>(transform: Lwt2<A>): LiftingMatrix<A> {
  return synthesis(transform, "forwardAdjoint");
}

/** The adjoint of {@link ilwt2}: ⟨ilwt2 x, y⟩ = ⟨x, ilwt2Adjoint y⟩ for every x and y. */
export function ilwt2Adjoint<A extends FloatArray>(
  matrix: LiftingMatrix<A>,
  scheme: LiftingLike,
  options: LwtOptions = {},
): Lwt2<A> {
  return analysis(matrix, scheme, options, "inverseAdjoint");
}

/** A matrix to work on. */
interface Plane {
  readonly height: number;
  readonly width: number;
  readonly data: WorkArray;
}

function analysis<A extends LiftingArray>(
  matrix: LiftingMatrix<A>,
  like: LiftingLike,
  options: LwtOptions,
  direction: "forward" | "inverseAdjoint",
): Lwt2<A> {
  checkShape(matrix);
  checkLiftingArray(matrix.data, "matrix.data");
  checkOptions(options, lwtOptionNames);
  const { height, width, data } = matrix;
  const { mode: name = "reflect", levels = 1 } = options;
  checkLevels(levels);
  const [scheme, mode] = [schemeOf(like), checkLiftingMode(name)];
  const { places } = liftingExtensions[mode];
  const asBand = (plane: Plane) => ({ ...plane, data: asKindOf(data, plane.data) });
  let low: Plane = { height, width, data: workOf(data) };
  const details: LiftingDetails<A>[] = [];
  for (let level = 0; level < levels; level++) {
    const plane = enlarged(low, places(low.height), places(low.width), direction === "forward");
    liftColumns(plane, direction, scheme, mode);
    liftRows(plane, direction, scheme, mode);
    details.unshift({
      hl: asBand(everySecond(plane, 1, 0)),
      lh: asBand(everySecond(plane, 0, 1)),
      hh: asBand(everySecond(plane, 1, 1)),
    });
    low = everySecond(plane, 0, 0);
  }
  return { approximation: asBand(low), details, height, width, mode, scheme };
}

function synthesis<A extends LiftingArray>(
  transform: Lwt2<A>,
  direction: "inverse" | "forwardAdjoint",
): LiftingMatrix<A> {
  checkResult(transform, "details", "lwt2");
  const { approximation, details, height, width, mode, scheme } = transform;
  checkLiftingArray(approximation.data, "the approximation");
  checkExtent(height, width);
  const { places } = liftingExtensions[mode];
  const heights = levelLengths(height, details.length);
  const widths = levelLengths(width, details.length);
  let low: Plane = { ...approximation, data: workOf(approximation.data) };
  for (const [i, { hl, lh, hh }] of details.entries()) {
    const level = details.length - 1 - i;
    const [h, w] = [heights[level]!, widths[level]!];
    const data = emptyWork(approximation.data, places(h) * places(w));
    const plane = { height: places(h), width: places(w), data };
    for (const [band, top, left] of [
      [low, 0, 0],
      [hl, 1, 0],
      [lh, 0, 1],
      [hh, 1, 1],
    ] as const) {
      putEverySecond(plane, band, top, left);
    }
    // With rounding the order matters: the inverse undoes the passes in reverse order.
    liftRows(plane, direction, scheme, mode);
    liftColumns(plane, direction, scheme, mode);
    low = cropped(plane, h, w, direction === "forwardAdjoint");
  }
  checkSize(low, height, width);
  return { height, width, data: asKindOf(approximation.data, low.data) };
}

/** Columns that are lifted together: whole cache lines, few enough to stay in the cache through all steps. */
const together = 48;

function liftColumns(
  { height, width, data }: Plane,
  direction: Direction,
  scheme: LiftingScheme,
  mode: LiftingMode,
): void {
  const lift = liftLines(direction, scheme, mode, height);
  for (let from = 0; from < width; from += together) {
    const starts = Int32Array.from(
      { length: Math.min(together, width - from) },
      (_, k) => from + k,
    );
    lift(data, width, starts);
  }
}

function liftRows(
  { height, width, data }: Plane,
  direction: Direction,
  scheme: LiftingScheme,
  mode: LiftingMode,
): void {
  const lift = liftLines(direction, scheme, mode, width);
  for (let row = 0; row < height; row++) lift(data, 1, Int32Array.of(row * width));
}

/** A plane with at most one more row and one more column: zeros, or copies of the last ones. */
function enlarged(plane: Plane, height: number, width: number, isRepeated: boolean): Plane {
  if (height === plane.height && width === plane.width) return plane;
  const data = emptyWork(plane.data, height * width);
  for (let i = 0; i < height; i++) {
    const row = Math.min(i, plane.height - 1) * plane.width;
    for (let j = 0; j < width; j++) {
      const isNew = i >= plane.height || j >= plane.width;
      if (isRepeated || !isNew)
        data[i * width + j] = plane.data[row + Math.min(j, plane.width - 1)]!;
    }
  }
  return { height, width, data };
}

/** The adjoint of `enlarged`, which adds what it cuts off to the last row and column, or the inverse, which does not. */
function cropped(plane: Plane, height: number, width: number, isAdded: boolean): Plane {
  if (height === plane.height && width === plane.width) return plane;
  const data = emptyWork(plane.data, height * width);
  for (let i = 0; i < plane.height; i++) {
    for (let j = 0; j < plane.width; j++) {
      if (!isAdded && (i >= height || j >= width)) continue;
      const to = Math.min(i, height - 1) * width + Math.min(j, width - 1);
      data[to] = data[to]! + plane.data[i * plane.width + j]!;
    }
  }
  return { height, width, data };
}

/** Every second element along both axes. */
function everySecond(plane: Plane, top: 0 | 1, left: 0 | 1): Plane {
  const [height, width] = [(plane.height + 1 - top) >> 1, (plane.width + 1 - left) >> 1];
  const data = emptyWork(plane.data, height * width);
  for (let i = 0; i < height; i++) {
    const from = (2 * i + top) * plane.width + left;
    for (let j = 0; j < width; j++) data[i * width + j] = plane.data[from + 2 * j]!;
  }
  return { height, width, data };
}

/** The inverse of `everySecond`, for a band. */
function putEverySecond(
  plane: Plane,
  band: LiftingMatrix<LiftingArray>,
  top: 0 | 1,
  left: 0 | 1,
): void {
  checkLiftingArray(band.data, "a band");
  checkSize(band, (plane.height + 1 - top) >> 1, (plane.width + 1 - left) >> 1);
  for (let i = 0; i < band.height; i++) {
    const to = (2 * i + top) * plane.width + left;
    for (let j = 0; j < band.width; j++) plane.data[to + 2 * j] = band.data[i * band.width + j]!;
  }
}
