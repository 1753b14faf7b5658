import { type FloatArray, zerosLike } from "./floatArray.ts";

/** An array of any number of axes. */
export interface NdArray<A extends FloatArray = FloatArray> {
  readonly shape: readonly number[];
  readonly data: A;
  /** Elements from one place to the next along each axis; those of row-major order by default. Results have none. */
  readonly strides?: readonly number[];
  /** Where the first element stands; 0 by default. */
  readonly offset?: number;
}

/** The number of elements of an array of some shape. */
export function sizeOf(shape: readonly number[]): number {
  let all = 1;
  for (const size of shape) all *= size;
  return all;
}

/** The elements in row-major order: `data` itself where they stand so and are all of it, a copy elsewhere. */
export function rowMajor<A extends FloatArray>(array: NdArray<A>): A {
  const { shape, data, strides, offset = 0 } = array;
  checkArray(array);
  const size = sizeOf(shape);
  if (!strides) return size === data.length ? data : (data.subarray(offset, offset + size) as A);
  let places = [offset];
  shape.forEach((count, axis) => {
    const stride = strides[axis]!; // as many as axes
    places = places.flatMap((place) => Array.from({ length: count }, (_, i) => place + i * stride));
  });
  const target = zerosLike(data, size);
  places.forEach((place, i) => {
    target[i] = data[place]!; // inside, as checked
  });
  return target;
}

/** Throws RangeError for an array without elements, or one whose elements reach beyond its data. */
function checkArray({ shape, data, strides, offset = 0 }: NdArray): void {
  const told = `an array of shape ${shape.join("×") || "()"}`;
  if (!shape.every((size) => Number.isInteger(size) && size > 0))
    throw new RangeError(`${told} has no elements to transform`);
  if (strides && strides.length !== shape.length)
    throw new RangeError(`${told} needs ${shape.length} strides, not ${strides.length}`);
  const steps = strides ?? rowMajorStrides(shape);
  const spans = shape.map((size, axis) => (size - 1) * steps[axis]!); // as many as axes
  const least = spans.reduce((sum, span) => sum + Math.min(0, span), offset);
  const most = spans.reduce((sum, span) => sum + Math.max(0, span), offset);
  if (!(least >= 0 && most < data.length))
    throw new RangeError(`${told} does not lie within ${data.length} values`);
  if (!strides && offset === 0 && sizeOf(shape) !== data.length)
    throw new RangeError(`${told} cannot hold ${data.length} values`);
}

const rowMajorStrides = (shape: readonly number[]): number[] =>
  shape.map((_, axis) => sizeOf(shape.slice(axis + 1)));
