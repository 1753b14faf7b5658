import { type FloatArray, zerosLike } from "../arrays/floatArray.ts";
import type { Wavelet } from "../filterBank/wavelet.ts";
import { imodwt, imodwtAdjoint, type Modwt } from "../undecimated/modwt.ts";

/** A signal as a sum of its parts at each scale. */
export interface ModwtMra<A extends FloatArray = FloatArray> {
  /** S_J: what is coarser than all levels. */
  readonly smooth: A;
  /** `[D_J, …, D_1]`, coarsest level first. */
  readonly details: readonly A[];
  readonly length: number;
  readonly wavelet: Wavelet;
}

/**
 * Multiresolution analysis: the part of the signal that each band of its {@link modwt} makes alone. Smooth and details
 * add up to the signal. For an orthogonal wavelet each part is the signal under a filter of phase zero, so its features
 * stand where the signal's do. Throws RangeError as {@link imodwt} does.
 */
export function modwtMra<A extends FloatArray>(coefficients: Modwt<A>): ModwtMra<A> {
  const { approximation, details, length, wavelet } = coefficients;
  const zeros = zerosLike(approximation, length);
  const noDetails = details.map(() => zeros);
  return {
    smooth: imodwt({ ...coefficients, details: noDetails }),
    details: details.map((band, i) =>
      imodwt({ ...coefficients, approximation: zeros, details: noDetails.with(i, band) }),
    ),
    length,
    wavelet,
  };
}

/** The adjoint of {@link modwtMra}: parts to coefficients. Throws RangeError as {@link imodwtAdjoint} does. */
export function modwtMraAdjoint<A extends FloatArray>(parts: ModwtMra<A>): Modwt<A> {
  const { smooth, details, wavelet } = parts;
  const levels = details.length;
  const bandsOf = (part: A) => imodwtAdjoint(part, wavelet, { levels });
  return {
    ...bandsOf(smooth),
    details: details.map((part, i) => bandsOf(part).details[i]!),
  };
}
