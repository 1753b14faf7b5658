import { describe } from "../arguments/describe.ts";

/** A signal or a band of coefficients. Every transform returns arrays of the type it was given. */
export type FloatArray = Float32Array | Float64Array;

/** Whether `value` is a {@link FloatArray}. */
export const isFloatArray = (value: unknown): value is FloatArray =>
  value instanceof Float64Array || value instanceof Float32Array;

/** Throws TypeError unless `data` is a {@link FloatArray}; plain JavaScript can pass anything. */
export function checkFloats(data: FloatArray, name = "data"): void {
  if (!isFloatArray(data)) throw notFloats(data, name);
}

/** Throws TypeError unless `data` is a {@link FloatArray}, RangeError if it is empty. */
export function checkSignal(data: FloatArray, name = "data"): void {
  checkFloats(data, name);
  if (data.length === 0) throw new RangeError(`${name} is empty; it needs at least one sample`);
}

/**
 * Throws TypeError unless a band is a {@link FloatArray}, RangeError unless it has the type of `like`: all bands of a result have
 * one type, in which sums are computed, so a band of another type is a slip.
 */
export function checkSameType(band: FloatArray, like: FloatArray, name = "a band"): void {
  checkFloats(band, name);
  if (band.constructor !== like.constructor)
    throw new RangeError(`${name} is a ${band.constructor.name}, not a ${like.constructor.name}`);
}

/** Throws RangeError if a value is NaN or infinite. */
export function checkFinite(data: FloatArray, name = "data"): void {
  // Infinity times 0 is NaN. Two sums, so that the next product need not wait for the last sum.
  let [even, odd] = [0, 0];
  for (let i = data.length & 1; i < data.length; i += 2) {
    even += 0 * data[i]!;
    odd += 0 * data[i + 1]!;
  }
  if (even + odd === 0 && (data.length === 0 || Number.isFinite(data[0]))) return;
  for (let i = 0; i < data.length; i++)
    if (!Number.isFinite(data[i]))
      throw new RangeError(`${name} holds ${data[i]} at index ${i}; all values must be finite`);
}

/** The error for something else in the place of a {@link FloatArray}. */
export function notFloats(given: unknown, name: string, kinds = "a Float64Array or Float32Array") {
  const way =
    Array.isArray(given) && Array.isArray(given[0])
      ? "; for nested arrays use wavedec2 or wavedecn with { data: Float64Array.from(rows.flat()) }"
      : "; Float64Array.from converts a list of numbers";
  return new TypeError(`${name} must be ${kinds}, not ${describe(given)}${way}`);
}

/** A new zeroed array of `length` elements, of the same type as `like`. */
export function zerosLike<A extends FloatArray>(like: A, length: number): A {
  return (like instanceof Float32Array ? new Float32Array(length) : new Float64Array(length)) as A;
}

/** Double-precision numbers as an array of the type of `like`: the same array, or a copy rounded to single precision. */
export function ofKind<A extends FloatArray>(like: A, numbers: Float64Array): A {
  return (like instanceof Float32Array ? new Float32Array(numbers) : numbers) as A;
}

/** The largest modulus; 0 of no values. */
export function largestModulus(values: FloatArray): number {
  let most = 0;
  for (let i = 0; i < values.length; i++) {
    const modulus = Math.abs(values[i]!);
    if (modulus > most) most = modulus;
  }
  return most;
}

/**
 * A power of two that brings the largest modulus near 1, so that squares of values times it neither overflow nor underflow.
 * Multiplying by it is exact.
 */
export function unitOf(...arrays: readonly FloatArray[]): number {
  const most = arrays.reduce((largest, values) => Math.max(largest, largestModulus(values)), 0);
  return 2 ** -Math.max(-1000, Math.floor(Math.log2(most))); // −1000 where all is 0, or next to it
}
