import type { ComplexParts } from "../arrays/complex.ts";
import { type FloatArray, zerosLike } from "../arrays/floatArray.ts";
import { type Cwt, checkCwt } from "./cwt.ts";

/**
 * The coefficients of complex data from the transforms of its two parts, W(x + iy) = W x + i W y: planes with one row of
 * `length` per scale, as PyWavelets' `cwt` of complex data. The residual of the data is `{ re: re.residual, im: im.residual }`,
 * and each part has its own inverse.
 *
 * Throws RangeError if the two transforms differ in length or number of scales.
 *
 * @example
 * ```ts
 * const turning = (sign) => ({ // a wave that turns left (+) or right (−) in the complex plane
 *   re: Float64Array.from({ length: 400 }, (_, n) => Math.cos(n / 2)),
 *   im: Float64Array.from({ length: 400 }, (_, n) => sign * Math.sin(n / 2)),
 * });
 * const modulus = (data) => {
 *   const { re, im } = complexCwt(onParts(data, (part) => cwt(part, { frequencies: [0.25 / Math.PI] }, "morlet6")));
 *   return Math.hypot(re[200], im[200]);
 * };
 * console.log(modulus(turning(1)) > 1, modulus(turning(-1)) < 1e-6); // the wavelet responds to one direction
 * // → true true
 * ```
 */
export function complexCwt<A extends FloatArray>(parts: ComplexParts<Cwt<A>>): ComplexParts<A> {
  const { re: x, im: y } = parts;
  checkCwt(x);
  checkCwt(y);
  if (x.re.length !== y.re.length || x.length !== y.length || !x.im !== !y.im)
    throw new RangeError("the transforms of the two parts must have the same scales and length");
  const re = zerosLike(x.re, x.re.length);
  const im = zerosLike(x.re, x.re.length);
  for (let i = 0; i < re.length; i++) {
    re[i] = x.re[i]! - (y.im?.[i] ?? 0);
    im[i] = y.re[i]! + (x.im?.[i] ?? 0);
  }
  return { re, im };
}
