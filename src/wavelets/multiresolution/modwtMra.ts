import { checkResult } from "../arguments/result.ts";
import { type FloatArray, zerosLike } from "../arrays/floatArray.ts";
import type { Wavelet } from "../filterBank/wavelet.ts";
import { imodwt, imodwtAdjoint, type Modwt } from "../undecimated/modwt.ts";

/** A signal as a sum of parts, one per scale. */
export interface ModwtMra<A extends FloatArray = FloatArray> {
  /** S_J: the part that is coarser than all levels. */
  readonly smooth: A;
  /** `[D_J, …, D_1]`, coarsest level first. */
  readonly details: readonly A[];
  readonly length: number;
  readonly wavelet: Wavelet;
}

/**
 * Multiresolution analysis: the part of the signal that each band of its {@link modwt} makes on its own. The smooth part and
 * the details add up to the signal. For an orthogonal wavelet each part is the signal filtered with zero phase, so features
 * stay aligned with the signal. Throws RangeError as {@link imodwt} does.
 *
 * @example
 * ```ts
 * const { smooth, details } = modwtMra(modwt(Float64Array.of(1, 2, 3, 4), "haar", { levels: 1 }));
 * console.log(smooth.map((x, i) => Math.round(x + details[0][i])));
 * // → Float64Array(4) [ 1, 2, 3, 4 ]
 * ```
 */
export function modwtMra<A extends FloatArray>(coefficients: Modwt<A>): ModwtMra<A> {
  checkResult(coefficients, "approximation", "modwt");
  const { approximation, details, length, wavelet } = coefficients;
  const zeros = zerosLike(approximation, length);
  const nothing = details.map(() => zeros);
  return {
    smooth: imodwt({ ...coefficients, details: nothing }),
    // Coarser levels, in which there is nothing, are left out.
    details: details.map((band, i) =>
      imodwt({ ...coefficients, approximation: zeros, details: [band, ...nothing.slice(i + 1)] }),
    ),
    length,
    wavelet,
  };
}

/** The adjoint of {@link modwtMra}: from parts to coefficients. Throws RangeError as {@link imodwtAdjoint} does. */
export function modwtMraAdjoint<A extends FloatArray>(parts: ModwtMra<A>): Modwt<A> {
  checkResult(parts, "smooth", "modwtMra");
  const { smooth, details, length, wavelet } = parts;
  for (const part of [smooth, ...details])
    if (part.length !== length)
      throw new RangeError(`a part has ${part.length} samples instead of ${length}`);
  const levels = details.length;
  const bandsOf = (part: A) => imodwtAdjoint(part, wavelet, { levels });
  return {
    ...bandsOf(smooth),
    details: details.map((part, i) => bandsOf(part).details[i]!),
  };
}
