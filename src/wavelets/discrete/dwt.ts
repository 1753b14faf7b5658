import { type FloatArray, zerosLike } from "../arrays/floatArray.ts";
import { checkMode, type Mode } from "../extension/mode.ts";
import { type WaveletLike, waveletOf } from "../families/wavelet.ts";
import type { Wavelet } from "../filterBank/wavelet.ts";
import { decompose, type Pyramid, recompose } from "./pyramid.ts";

/** Options of one analysis step. */
export interface DwtOptions {
  /** How the signal goes on beyond its ends; `symmetric` by default, as in PyWavelets. */
  readonly mode?: Mode;
}

/** One level of a signal's transform, with all that reconstruction needs. */
export interface Dwt<A extends FloatArray = FloatArray> {
  /** cA: the low band. */
  readonly approximation: A;
  /** cD: the high band. */
  readonly detail: A;
  /** Samples of the signal. */
  readonly length: number;
  readonly mode: Mode;
  readonly wavelet: Wavelet;
}

/**
 * One level of the discrete wavelet transform of a signal of N ≥ 1 samples: two bands of ⌈N/2⌉ coefficients
 * (periodization) or ⌊(N + f − 1)/2⌋ (every other mode, filters of length f). Written into the arrays of `out` where it is
 * given, a former result for the same length. Throws RangeError for an empty signal.
 */
export function dwt<A extends FloatArray>(
  data: A,
  wavelet: WaveletLike,
  options: DwtOptions & { readonly out?: Dwt<A> } = {},
): Dwt<A> {
  return down(data, wavelet, options, "analysis");
}

/** The signal that {@link dwt} came from, with exactly its length; written into `out` where it is given. */
export function idwt<A extends FloatArray>(bands: Dwt<A>, out?: A): A {
  return up(bands, "synthesis", out);
}

/** The transpose of {@link dwt}: ⟨dwt x, c⟩ = ⟨x, dwtAdjoint c⟩. The inverse only where the transform is orthogonal. */
export function dwtAdjoint<A extends FloatArray>(bands: Dwt<A>, out?: A): A {
  return up(bands, "analysisAdjoint", out);
}

/** The transpose of {@link idwt}: ⟨idwt c, x⟩ = ⟨c, idwtAdjoint x⟩. */
export function idwtAdjoint<A extends FloatArray>(
  data: A,
  wavelet: WaveletLike,
  options: DwtOptions & { readonly out?: Dwt<A> } = {},
): Dwt<A> {
  return down(data, wavelet, options, "synthesisAdjoint");
}

function down<A extends FloatArray>(
  data: A,
  like: WaveletLike,
  { mode: name = "symmetric", out }: DwtOptions & { readonly out?: Dwt<A> },
  map: "analysis" | "synthesisAdjoint",
): Dwt<A> {
  const [wavelet, mode, { length }] = [waveletOf(like), checkMode(name), data];
  if (length === 0) throw new RangeError("cannot transform an empty signal");
  const axes = [{ axis: 0, wavelet, mode }];
  const { approximation, levels } = decompose(map, data, [length], axes, 1, {
    ...(out && { out: pyramidOf(out) }),
  });
  return { approximation, detail: levels[0]!.bands[0]!, length, mode, wavelet }; // one level of one
}

function up<A extends FloatArray>(
  { approximation, detail, length, mode, wavelet }: Dwt<A>,
  map: "synthesis" | "analysisAdjoint",
  out?: A,
): A {
  const data = out ?? zerosLike(approximation, length);
  const axes = [{ axis: 0, wavelet, mode }];
  recompose(map, pyramidOf({ approximation, detail }), [length], axes, data);
  return data;
}

function pyramidOf<A extends FloatArray>({
  approximation,
  detail,
}: Pick<Dwt<A>, "approximation" | "detail">): Pyramid<A> {
  return { approximation, levels: [{ shape: [detail.length], bands: [detail] }] };
}
