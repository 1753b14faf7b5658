import type { ComplexParts } from "../../arrays/complex.ts";
import { type FloatArray, zerosLike } from "../../arrays/floatArray.ts";
import { type Cwt, checkCwt } from "../cwt.ts";

/**
 * The cross spectrum of two signals, `Wx · conj(Wy)` of their transforms: planes with one row of `length` per scale. Its modulus is the
 * common power, its angle by how much the phase of x is ahead of that of y.
 *
 * Throws RangeError unless the transforms have the same length, scales, wavelet and norm, and for a real wavelet, which has no phase; TypeError
 * for anything but results of `cwt`.
 *
 * @example
 * ```ts
 * const at = (phase) => Float64Array.from({ length: 400 }, (_, n) => Math.cos(n / 5 + phase));
 * const [x, y] = [at(0.5), at(0)].map((data) => cwt(data, { frequencies: [0.1 / Math.PI] }, "morlet6"));
 * const { re, im } = crossSpectrum(x, y);
 * console.log(Math.atan2(im[200], re[200]).toFixed(2)); // x is ahead by half a radian
 * // → 0.50
 * ```
 */
export function crossSpectrum<A extends FloatArray>(x: Cwt<A>, y: Cwt<A>): ComplexParts<A> {
  checkAlike(x, y);
  const size = x.re.length;
  const re = zerosLike(x.re, size);
  const im = zerosLike(x.re, size);
  for (let i = 0; i < size; i++) {
    const [a, b, c, d] = [x.re[i]!, x.im![i]!, y.re[i]!, y.im![i]!]; // complex wavelets
    re[i] = a * c + b * d;
    im[i] = b * c - a * d;
  }
  return { re, im };
}

/** Throws as {@link crossSpectrum} does. */
export function checkAlike(x: Cwt, y: Cwt): void {
  checkCwt(x);
  checkCwt(y);
  if (!x.im || !y.im)
    throw new RangeError(
      `${(x.im ? y : x).wavelet.name} is real and has no phase; take a complex wavelet such as morlet6`,
    );
  const isAlike =
    x.length === y.length &&
    x.norm === y.norm &&
    x.wavelet.name === y.wavelet.name &&
    x.samplingPeriod === y.samplingPeriod &&
    x.scales.length === y.scales.length &&
    x.scales.every((scale, i) => scale === y.scales[i]);
  if (!isAlike)
    throw new RangeError(
      "the two transforms must have the same length, scales, wavelet, norm and sampling period",
    );
}
