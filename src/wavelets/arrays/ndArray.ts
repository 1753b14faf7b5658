import { describe } from "../arguments/describe.ts";
import { type FloatArray, isFloatArray, notFloats, zerosLike } from "./floatArray.ts";
import { arrayFor } from "./into.ts";

/** An array of any number of axes. */
export interface NdArray<A extends FloatArray = FloatArray> {
  readonly shape: readonly number[];
  readonly data: A;
  /** Elements from one index to the next along each axis; row-major order by default. Results have none. */
  readonly strides?: readonly number[];
  /** Index of the first element in `data`; 0 by default. */
  readonly offset?: number;
}

/** The number of elements of an array with some shape. */
export function sizeOf(shape: readonly number[]): number {
  let all = 1;
  for (const size of shape) all *= size;
  return all;
}

/** The elements in row-major order: `data` itself if it is all of them in this order, a copy otherwise. */
export function rowMajor<A extends FloatArray>(array: NdArray<A>): A {
  checkArray(array);
  const { shape, data, strides, offset = 0 } = array;
  const size = sizeOf(shape);
  if (!strides) return size === data.length ? data : (data.subarray(offset, offset + size) as A);
  let places = [offset];
  shape.forEach((count, axis) => {
    const stride = strides[axis]!;
    places = places.flatMap((place) => Array.from({ length: count }, (_, i) => place + i * stride));
  });
  const target = zerosLike(data, size);
  places.forEach((place, i) => {
    target[i] = data[place]!;
  });
  return target;
}

/**
 * The elements of an array of this shape and the type of `like` for a result: those of `out` if it is given, otherwise new ones of
 * zeros. Throws TypeError unless `out` is an {@link NdArray}, RangeError if it has another shape or type, strides or an offset.
 */
export function elementsFor<A extends FloatArray>(
  out: NdArray<A> | undefined,
  like: A,
  shape: readonly number[],
  name = "out",
): A {
  if (out === undefined) return zerosLike(like, sizeOf(shape));
  const data = rowMajor(out);
  checkIsRowMajor(out);
  if (!(out.shape.length === shape.length && out.shape.every((n, i) => n === shape[i])))
    throw new RangeError(`${name} is ${out.shape.join("×")} instead of ${shape.join("×")}`);
  return arrayFor(data, like, sizeOf(shape), `${name}.data`);
}

/** Throws RangeError for an array of `out` that has strides or an offset. */
export function checkIsRowMajor({ strides, offset }: NdArray): void {
  if (strides || offset)
    throw new RangeError("the arrays of out must not have strides or an offset");
}

/** Throws RangeError unless a shape is a list of integers from 1 up, TypeError unless it is a list. */
export function checkArrayShape(shape: readonly number[]): void {
  if (!Array.isArray(shape))
    throw new TypeError(`a shape must be an array such as [4, 8], not ${describe(shape)}`);
  for (const size of shape)
    if (!(Number.isInteger(size) && size > 0))
      throw new RangeError(
        `an array of shape ${shape.join("×")} cannot be transformed: sizes must be integers from 1 up`,
      );
}

/** Throws TypeError unless `array` is an {@link NdArray}, RangeError if it is empty or reaches beyond its data. */
function checkArray(array: NdArray): void {
  if (typeof array !== "object" || array === null || !("shape" in array && "data" in array))
    throw new TypeError(
      `the array must be { shape, data } with row-major data, not ${describe(array)}; ` +
        "for an array of rows: { shape: [rows.length, rows[0].length], data: Float64Array.from(rows.flat()) }",
    );
  const { shape, data, strides, offset = 0 } = array;
  checkArrayShape(shape);
  if (!isFloatArray(data)) throw notFloats(data, "array.data");
  const name = `an array of shape ${shape.join("×") || "()"}`;
  if (strides && strides.length !== shape.length)
    throw new RangeError(`${name} needs ${shape.length} strides, not ${strides.length}`);
  if (strides && !strides.every(Number.isInteger))
    throw new RangeError(`strides must be integers, not ${strides.join(", ")}`);
  if (!Number.isInteger(offset)) throw new RangeError(`offset must be an integer, not ${offset}`);
  if (!strides && offset === 0) {
    if (sizeOf(shape) !== data.length)
      throw new RangeError(`${name} has ${sizeOf(shape)} values, not ${data.length}`);
    return;
  }
  const steps = strides ?? rowMajorStrides(shape);
  const spans = shape.map((size, axis) => (size - 1) * steps[axis]!);
  const least = spans.reduce((sum, span) => sum + Math.min(0, span), offset);
  const most = spans.reduce((sum, span) => sum + Math.max(0, span), offset);
  if (!(least >= 0 && most < data.length))
    throw new RangeError(`${name} reaches beyond its ${data.length} values`);
}

/** How far apart neighbors along each axis lie in row-major order. */
export const rowMajorStrides = (shape: readonly number[]): number[] =>
  shape.map((_, axis) => sizeOf(shape.slice(axis + 1)));
