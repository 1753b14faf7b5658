/** A signal or a band of coefficients. Every transform returns arrays of the kind it was given. */
export type FloatArray = Float32Array | Float64Array;

/** A new zeroed array of `length` elements, of the same kind as `like`. */
export function zerosLike<A extends FloatArray>(like: A, length: number): A {
  return (like instanceof Float32Array ? new Float32Array(length) : new Float64Array(length)) as A;
}

/** Numbers in double precision as an array of the kind of `like`: themselves, or a copy rounded to single precision. */
export function ofKind<A extends FloatArray>(like: A, numbers: Float64Array): A {
  return (like instanceof Float32Array ? new Float32Array(numbers) : numbers) as A; // there are two kinds
}
