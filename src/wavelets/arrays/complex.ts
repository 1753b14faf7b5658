/**
 * A complex value as its real and its imaginary part: two numbers, two arrays of numbers, or the two transforms of the parts of
 * complex data.
 */
export interface ComplexParts<T> {
  readonly re: T;
  readonly im: T;
}

/**
 * A linear transform of complex data: that of the real part and that of the imaginary part. Any function of this library that
 * is linear in the data (a transform, an inverse, an adjoint, `pad`, `ravel`) becomes one of complex data.
 *
 * @example
 * ```ts
 * const echo = { re: Float64Array.of(1, 2, 3, 4), im: Float64Array.of(4, 3, 2, 1) };
 * const bands = onParts(echo, (part) => wavedec(part, "haar", { levels: 2 }));
 * console.log(onParts(bands, (part) => waverec(part)).im.map((x) => Math.round(x)));
 * // → Float64Array(4) [ 4, 3, 2, 1 ]
 * ```
 */
export function onParts<X, Y>(
  { re, im }: ComplexParts<X>,
  transform: (part: X) => Y,
): ComplexParts<Y> {
  return { re: transform(re), im: transform(im) };
}
