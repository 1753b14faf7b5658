import { checkResult } from "../../arguments/result.ts";
import type { Bands } from "../../arrays/axes.ts";
import type { FloatArray } from "../../arrays/floatArray.ts";
import { arrayOf, matrixOf } from "../../arrays/matrix.ts";
import { type NdArray, rowMajor } from "../../arrays/ndArray.ts";
import type { Swt } from "../../undecimated/swt.ts";
import type { Swt2 } from "../../undecimated/swt2.ts";
import type { Swtn } from "../../undecimated/swtn.ts";
import type { Wavedec } from "../wavedec.ts";
import type { Wavedec2 } from "../wavedec2.ts";
import type { Wavedecn } from "../wavedecn.ts";

/** A multi-level transform of a signal, a matrix or an array, decimated or stationary. */
export type Decomposition<A extends FloatArray = FloatArray> =
  | Wavedec<A>
  | Wavedec2<A>
  | Wavedecn<A>
  | Swt<A>
  | Swt2<A>
  | Swtn<A>;

/** The bands of any decomposition in the form of `wavedecn`: arrays in row-major order, keys sorted. */
export interface BandForm<A extends FloatArray = FloatArray> {
  readonly approximation: NdArray<A>;
  /** Coarsest level first; every key except the one with only `a`. */
  readonly details: readonly Bands<A>[];
  /** The transformed axes in ascending order. */
  readonly axes: readonly number[];
}

/**
 * The bands of a decomposition in one form. Of a stationary transform, the coarsest approximation and the details, which is
 * what its inverse reads. Throws TypeError for anything else.
 */
export function bandFormOf<A extends FloatArray>(decomposition: Decomposition<A>): BandForm<A> {
  checkResult(
    decomposition,
    Object.hasOwn(Object(decomposition), "coefficients") ? "coefficients" : "details",
    "wavedec, wavedec2, wavedecn, swt, swt2 or swtn",
  );
  if ("coefficients" in decomposition) {
    const [approximation, ...details] = decomposition.coefficients;
    return lines(approximation, details);
  }
  if ("length" in decomposition)
    return lines(decomposition.approximations[0], decomposition.details);
  if ("height" in decomposition) {
    const levels = decomposition.details.map(({ hl, lh, hh }) => {
      return { ad: arrayOf(lh), da: arrayOf(hl), dd: arrayOf(hh) };
    });
    const approximation = arrayOf(coarsestOf(decomposition));
    return { approximation, details: levels, axes: [0, 1] };
  }
  const plain = ({ shape, ...rest }: NdArray<A>) => ({ shape, data: rowMajor({ shape, ...rest }) });
  return {
    approximation: plain(coarsestOf(decomposition)),
    details: decomposition.details.map((bands) => {
      const sorted = Object.entries(bands).toSorted(([a], [b]) => (a < b ? -1 : 1));
      return Object.fromEntries(sorted.map(([key, band]) => [key, plain(band)]));
    }),
    axes: decomposition.axes.map(({ axis }) => axis),
  };
}

/** Bands of a signal. */
function lines<A extends FloatArray>(low: A | undefined, details: readonly A[]): BandForm<A> {
  if (!low) throw new RangeError("a decomposition must hold at least one band");
  const array = (data: A): NdArray<A> => ({ shape: [data.length], data });
  return { approximation: array(low), details: details.map((d) => ({ d: array(d) })), axes: [0] };
}

/** The approximation of the coarsest level. */
function coarsestOf<B>(
  from: { readonly approximation: B } | { readonly approximations: readonly B[] },
): B {
  if ("approximation" in from) return from.approximation;
  const [coarsest] = from.approximations;
  if (!coarsest) throw new RangeError("a transform needs at least one approximation");
  return coarsest;
}

/** A decomposition of the form of `like`, whose coefficients are not read, with these bands: the inverse of {@link bandFormOf}. */
export function withBands<A extends FloatArray>(
  like: Decomposition,
  { approximation, details }: Pick<BandForm<A>, "approximation" | "details">,
): Decomposition<A> {
  if ("length" in like) {
    const fine = details.map(({ d }) => d!.data);
    return "coefficients" in like
      ? { ...like, coefficients: [approximation.data, ...fine] }
      : { ...like, approximations: [approximation.data], details: fine };
  }
  if ("height" in like) {
    const coarsest = matrixOf(approximation);
    const fine = details.map(({ ad, da, dd }) => {
      return { hl: matrixOf(da!), lh: matrixOf(ad!), hh: matrixOf(dd!) };
    });
    return "approximation" in like
      ? { ...like, approximation: coarsest, details: fine }
      : { ...like, approximations: [coarsest], details: fine };
  }
  return "approximation" in like
    ? { ...like, approximation, details }
    : { ...like, approximations: [approximation], details };
}
