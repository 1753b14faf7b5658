import { checkOptions, optionNames } from "../arguments/options.ts";
import { checkResult } from "../arguments/result.ts";
import { checkSignal, type FloatArray, zerosLike } from "../arrays/floatArray.ts";
import { type Into, intoNames } from "../arrays/into.ts";
import { checkMode, type Mode } from "../extension/mode.ts";
import { type WaveletLike, waveletOf } from "../families/wavelet.ts";
import type { Wavelet } from "../filterBank/wavelet.ts";
import type { Along } from "./along.ts";
import { lineBands } from "./lineBands.ts";
import { lineSignal } from "./lineSignal.ts";
import { analysisAdjoint, mergeLine, splitLine, synthesisAdjoint } from "./pyramid.ts";

/** Options of one analysis step. */
export interface DwtOptions {
  /** How the signal is extended beyond its ends; `symmetric` by default, as in PyWavelets. */
  readonly mode?: Mode;
}

/** One level of a signal's transform, with everything that reconstruction needs. */
export interface Dwt<A extends FloatArray = FloatArray> {
  /** The low-pass band: PyWavelets' cA. */
  readonly approximation: A;
  /** The high-pass band: PyWavelets' cD. */
  readonly detail: A;
  /** Number of samples of the signal. */
  readonly length: number;
  readonly mode: Mode;
  readonly wavelet: Wavelet;
}

/** Names of the options of an analysis step. */
export const dwtOptionNames = optionNames<DwtOptions & Into<unknown>>({ mode: true, out: true });

/**
 * One level of the discrete wavelet transform of a signal of N ≥ 1 samples. Each of the two bands has ⌈N/2⌉ coefficients
 * in mode `periodization` and ⌊(N + f − 1)/2⌋ in every other mode, where f is the length of the filters.
 *
 * Throws RangeError for an empty signal or an unknown name, TypeError for arguments of the wrong type.
 *
 * @example
 * ```ts
 * const { approximation, detail } = dwt(Float64Array.of(1, 3, 5, 5), "haar");
 * console.log(approximation.map((x) => x / Math.SQRT2)); // means of pairs
 * // → Float64Array(2) [ 2, 5 ]
 * console.log(detail.map((x) => Math.round(x * Math.SQRT2))); // differences of pairs
 * // → Float64Array(2) [ -2, 0 ]
 * ```
 */
export function dwt<A extends FloatArray>(
  data: A,
  wavelet: WaveletLike,
  options: DwtOptions & Into<Dwt<A>> = {},
): Dwt<A> {
  const { along, out } = checked(data, wavelet, options);
  const [approximation, detail] = lineBands(data, along, 1, out);
  return dwtOf([approximation!, detail!], data.length, along); // the two bands of a level
}

/**
 * The inverse of {@link dwt}: the signal, with exactly its length. Throws RangeError if a band has the wrong length.
 *
 * @example
 * ```ts
 * const signal = Float64Array.of(1, 3, 5, 5, 2);
 * console.log(idwt(dwt(signal, "haar")).map((x) => Math.round(x)));
 * // → Float64Array(5) [ 1, 3, 5, 5, 2 ]
 * ```
 */
export function idwt<A extends FloatArray>(bands: Dwt<A>, options: Into<A> = {}): A {
  checkResult(bands, "detail", "dwt");
  checkOptions(options, intoNames);
  const { approximation, detail, length, mode, wavelet } = bands;
  const data = options.out ?? zerosLike(approximation, length);
  lineSignal([approximation, detail], { wavelet, mode }, length, data);
  return data;
}

/**
 * The transpose of {@link dwt}: ⟨dwt x, c⟩ = ⟨x, dwtAdjoint c⟩. It equals the inverse only where the transform is
 * orthogonal.
 */
export function dwtAdjoint<A extends FloatArray>(bands: Dwt<A>, options: Into<A> = {}): A {
  checkResult(bands, "detail", "dwt");
  checkOptions(options, intoNames);
  const { approximation, detail, length, mode, wavelet } = bands;
  const data = options.out ?? zerosLike(approximation, length);
  if (data.length !== length)
    throw new RangeError(`${data.length} values do not fill a shape of ${length}`);
  mergeLine(analysisAdjoint, [approximation, detail], { wavelet, mode }, data);
  return data;
}

/** The transpose of {@link idwt}: ⟨idwt c, x⟩ = ⟨c, idwtAdjoint x⟩. */
export function idwtAdjoint<A extends FloatArray>(
  data: A,
  wavelet: WaveletLike,
  options: DwtOptions & Into<Dwt<A>> = {},
): Dwt<A> {
  const { along, out } = checked(data, wavelet, options);
  return dwtOf(splitLine(synthesisAdjoint, data, along, out), data.length, along);
}

/** The arguments of an analysis, or of its transpose. */
function checked<A extends FloatArray>(
  data: A,
  like: WaveletLike,
  options: DwtOptions & Into<Dwt<A>>,
) {
  checkSignal(data);
  checkOptions(options, dwtOptionNames);
  const along: Along = {
    wavelet: waveletOf(like),
    mode: checkMode(options.mode ?? "symmetric"),
  };
  const out = options.out && ([options.out.approximation, options.out.detail] as const);
  return { along, out };
}

const dwtOf = <A extends FloatArray>(
  [approximation, detail]: readonly [A, A],
  length: number,
  { mode, wavelet }: Along,
): Dwt<A> => ({ approximation, detail, length, mode, wavelet });
