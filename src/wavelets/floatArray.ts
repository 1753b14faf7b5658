/** A signal or a band of coefficients. Every transform returns arrays of the kind it was given. */
export type FloatArray = Float32Array | Float64Array;

/** A new zeroed array of `length` elements, of the same kind as `like`. */
export function zerosLike<A extends FloatArray>(like: A, length: number): A {
  return (like instanceof Float32Array ? new Float32Array(length) : new Float64Array(length)) as A;
}
