import { optionNames } from "../arguments/options.ts";
import { checkFloats, type FloatArray, zerosLike } from "./floatArray.ts";

/** Where a result is written. */
export interface Into<T> {
  /**
   * An earlier result of the same function for the same sizes. Its arrays are overwritten and returned, so that nothing is
   * allocated for coefficients or samples.
   */
  readonly out?: T;
}

/** Names of the options of a function that has no others. */
export const intoNames = optionNames<Into<unknown>>({ out: true });

/**
 * An array of `length` values of the type of `like` for a result: `out` if it is given, otherwise a new one of zeros. Throws
 * TypeError unless `out` is a {@link FloatArray}, RangeError if it has another length or type.
 */
export function arrayFor<A extends FloatArray>(
  out: A | undefined,
  like: A,
  length: number,
  name = "out",
): A {
  if (out === undefined) return zerosLike(like, length);
  checkFloats(out, name);
  if (out.length === length && out.constructor === like.constructor) return out;
  throw new RangeError(
    `${name} is a ${out.constructor.name} of ${out.length} values, not a ${like.constructor.name} of ${length}`,
  );
}

/** {@link arrayFor} with zeros, also in an array that is given. */
export function zerosFor<A extends FloatArray>(
  out: A | undefined,
  like: A,
  length: number,
  name?: string,
): A {
  const array = arrayFor(out, like, length, name);
  if (out) array.fill(0);
  return array;
}

/**
 * Throws RangeError if an array that is written shares memory with one that is still to be read, such as a view of the same
 * buffer.
 */
export function checkApart(out: FloatArray, input: FloatArray, name = "out"): void {
  if (overlap(out, input))
    throw new RangeError(`${name} shares memory with what is read; give it an array of its own`);
}

/** {@link checkApart}, except that the result may lie exactly where the input does, for loops that read a value before they write it. */
export function checkApartOrSame(out: FloatArray, input: FloatArray, name = "out"): void {
  if (out.buffer !== input.buffer || out.byteOffset !== input.byteOffset)
    checkApart(out, input, name);
}

/** Whether two arrays have a value in common. */
const overlap = (a: FloatArray, b: FloatArray): boolean =>
  a.buffer === b.buffer &&
  a.byteOffset < b.byteOffset + b.byteLength &&
  b.byteOffset < a.byteOffset + a.byteLength;
