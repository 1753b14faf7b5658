import type { FloatArray } from "./floatArray.ts";
import { checkArrayShape, type NdArray } from "./ndArray.ts";

/** One value for all transformed axes, or one for each of them. */
export type PerAxis<T> = T | readonly T[];

/** Which axes of an array are transformed. */
export interface AxesOption {
  /** Axes to transform; negative ones count from the last. All by default. The other axes are a batch. */
  readonly axes?: readonly number[];
}

/**
 * Bands by key: one letter for each transformed axis in ascending order, `a` for low-pass and `d` for high-pass, as in
 * PyWavelets (`ad`: low-pass along the first axis, high-pass along the second).
 */
export type Bands<A extends FloatArray = FloatArray> = Readonly<Record<string, NdArray<A>>>;

/** The key of a band by its index, a binary number whose highest digit belongs to the first axis; a 1 means high-pass. */
export function bandKey(band: number, axes: number): string {
  const digits = band.toString(2).padStart(axes, "0");
  return digits.replaceAll("0", "a").replaceAll("1", "d");
}

/** The keys of all bands of one level along this number of axes, the low-pass band first. */
export const bandKeys = (axes: number): string[] =>
  Array.from({ length: 2 ** axes }, (_, band) => bandKey(band, axes));

/**
 * The axes that are named, or all of them, counted from the first, in the order in which they were given. Throws RangeError
 * for an axis that does not exist or occurs twice and if there is none, TypeError unless they are a list.
 */
export function resolveAxes(
  shape: readonly number[],
  axes: readonly number[] = shape.map((_, axis) => axis),
): number[] {
  if (!Array.isArray(axes))
    throw new TypeError(`axes must be an array such as [0, 1], not ${axes}`);
  if (axes.length === 0) throw new RangeError("there is no axis to transform");
  const resolved = axes.map((given: number) => {
    const axis = given < 0 ? given + shape.length : given;
    if (!Number.isInteger(axis) || axis < 0 || axis >= shape.length)
      throw new RangeError(`an array of ${shape.length} axes has no axis ${given}`);
    return axis;
  });
  if (new Set(resolved).size < axes.length)
    throw new RangeError(`an axis occurs twice in ${axes.join(", ")}`);
  return resolved;
}

/** A list with a value for each of `count` axes. Throws RangeError for a list of another length. */
export function eachAxis<T>(given: PerAxis<T>, count: number, what: string): readonly T[] {
  const list: readonly T[] = Array.isArray(given)
    ? given
    : Array.from({ length: count }, () => given as T);
  if (list.length !== count)
    throw new RangeError(`${list.length} ${what} do not match ${count} transformed axes`);
  return list;
}

/** An array of this shape, seen as `[outer, length, inner]` with one axis in the middle. */
export function alongAxis(
  shape: readonly number[],
  axis: number,
): { readonly outer: number; readonly length: number; readonly inner: number } {
  let [outer, inner] = [1, 1];
  for (let i = 0; i < axis; i++) outer *= shape[i]!;
  for (let i = axis + 1; i < shape.length; i++) inner *= shape[i]!;
  return { outer, length: shape[axis]!, inner };
}

/** Throws RangeError unless `array` has this shape and as many values, TypeError unless the shape is a list. */
export function checkArrayIs(array: NdArray, shape: readonly number[], what = "a band"): void {
  checkArrayShape(array.shape);
  if (`${array.shape}` !== `${shape}`)
    throw new RangeError(`${what} is ${array.shape.join("×")} where ${shape.join("×")} is needed`);
}
