import { checkArrayIs, resolveAxes } from "./axes.ts";
import { type FloatArray, zerosLike } from "./floatArray.ts";
import { type NdArray, rowMajor, rowMajorStrides, sizeOf } from "./ndArray.ts";

/**
 * A function of signals, matrices or arrays along some axes of a larger array, whose other axes are a batch. `transform` gets each
 * part, with the named axes in ascending order, and returns one of as many axes; all parts must become one shape. Any function of
 * this library that returns an array, such as `denoise`, becomes one of rows, columns or stacks of pictures.
 *
 * Throws RangeError for an array without elements, for axes that do not exist or occur twice, and for results of different
 * shapes; TypeError for arguments of the wrong type.
 *
 * @example
 * ```ts
 * const table = { shape: [3, 2], data: Float64Array.of(1, 5, 2, 6, 3, 7) };
 * const columns = onAxes(table, [0], ({ data }) => {
 *   const low = dwt(data, "haar", { mode: "zero" }).approximation;
 *   return { shape: [low.length], data: low };
 * });
 * console.log(columns.shape, columns.data.map((x) => Math.round(x * Math.SQRT2)).join(" "));
 * // → [ 2, 2 ] 3 11 3 7
 * ```
 */
export function onAxes<A extends FloatArray, B extends FloatArray>(
  array: NdArray<A>,
  axes: readonly number[],
  transform: (part: NdArray<A>) => NdArray<B>,
): NdArray<B> {
  const data = rowMajor(array);
  const { shape } = array;
  const own = resolveAxes(shape, axes).toSorted((a, b) => a - b);
  const others = shape.map((_, axis) => axis).filter((axis) => !own.includes(axis));
  const partShape = own.map((axis) => shape[axis]!);
  const from = placesOf(shape, own);
  const starts = placesOf(shape, others);
  let target: Target<B> | undefined;
  starts.forEach((start, k) => {
    const values = zerosLike(data, from.length);
    for (let i = 0; i < from.length; i++) values[i] = data[start + from[i]!]!;
    const part = transform({ shape: partShape, data: values });
    const results = rowMajor(part);
    target ??= targetFor(part, results, shape, own, others);
    checkArrayIs(part, target.partShape, "a result");
    const { places, data: all } = target;
    const first = target.starts[k]!;
    for (let i = 0; i < places.length; i++) all[first + places[i]!] = results[i]!;
  });
  const { shape: given, data: all } = target!; // there is at least one part
  return { shape: given, data: all };
}

/** An array that results are put into. */
interface Target<B extends FloatArray> extends NdArray<B> {
  readonly data: B;
  readonly partShape: readonly number[];
  /** Where the elements of a result lie, from its first one on. */
  readonly places: Float64Array;
  /** Where the first element of each result lies. */
  readonly starts: Float64Array;
}

function targetFor<B extends FloatArray>(
  part: NdArray<B>,
  like: B,
  shape: readonly number[],
  own: readonly number[],
  others: readonly number[],
): Target<B> {
  if (part.shape.length !== own.length)
    throw new RangeError(`a result has ${part.shape.length} axes instead of ${own.length}`);
  const all = shape.map((size, axis) => part.shape[own.indexOf(axis)] ?? size);
  return {
    shape: all,
    data: zerosLike(like, sizeOf(all)),
    partShape: part.shape,
    places: placesOf(all, own),
    starts: placesOf(all, others),
  };
}

/** The places of all elements along some axes of a row-major array, where the index along every other axis is 0. */
function placesOf(shape: readonly number[], axes: readonly number[]): Float64Array {
  const strides = rowMajorStrides(shape);
  let places = Float64Array.of(0);
  for (const axis of axes) {
    const [count, stride] = [shape[axis]!, strides[axis]!];
    const next = new Float64Array(places.length * count);
    places.forEach((place, i) => {
      for (let j = 0; j < count; j++) next[i * count + j] = place + j * stride;
    });
    places = next;
  }
  return places;
}
