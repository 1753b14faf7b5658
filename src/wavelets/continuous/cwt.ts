import { checkOneOf } from "../arguments/checkOneOf.ts";
import { checkPositive } from "../arguments/numbers.ts";
import { checkOptions, optionNames } from "../arguments/options.ts";
import { checkResult } from "../arguments/result.ts";
import {
  checkFinite,
  checkSameType,
  checkSignal,
  type FloatArray,
  ofKind,
  zerosLike,
} from "../arrays/floatArray.ts";
import type { Into } from "../arrays/into.ts";
import { applyFiltersAdjoint } from "./circle.ts";
import { type CwtMode, checkCwtMode, cwtModeRules, place } from "./cwtMode.ts";
import { continuousWavelet } from "./families.ts";
import { filtered } from "./filtered.ts";
import { amplitude, type CwtGeometry, filterSet } from "./filters.ts";
import { checkScales } from "./scales.ts";
import { checkContinuousWavelet } from "./wavelet/check.ts";
import type { ContinuousWavelet } from "./wavelet/definition.ts";

/** Options of {@link cwt}. */
export interface CwtOptions {
  /**
   * `l2` (default, as in PyWavelets): the wavelets of all scales have the same energy, `ψ(t/s) / √s`. `l1`: the same
   * integral, `ψ(t/s) / s`, so that a wave of a given amplitude has the same peak at every frequency.
   */
  readonly norm?: "l2" | "l1";
  /** How the signal is extended beyond its ends; `symmetric` by default. PyWavelets' cwt uses `zero`. */
  readonly mode?: CwtMode;
  /** Time between samples; 1 by default. It is only the unit of frequencies: scales are always in samples. */
  readonly samplingPeriod?: number;
}

/** Scales in samples, or the frequencies at which they peak, in cycles per unit of the sampling period. */
export type CwtScales = ArrayLike<number> | { readonly frequencies: ArrayLike<number> };

/** A continuous wavelet transform, with everything that its inverse needs. A plane has one row of `length` per scale. */
export interface Cwt<A extends FloatArray = FloatArray> extends CwtGeometry {
  /** The real part: scale i at sample n is `re[i · length + n]`. */
  readonly re: A;
  /** The imaginary part; undefined for real wavelets. */
  readonly im: A | undefined;
  /**
   * The content below the coarsest scale, including the mean: the signal filtered with the scaling function, `length`
   * samples. No wavelet responds to it, so the inverse needs it.
   */
  readonly residual: A;
  /** The peak frequency of each scale, in cycles per unit of the sampling period. */
  readonly frequencies: readonly number[];
  readonly samplingPeriod: number;
}

const cwtNames = optionNames<CwtOptions & Into<unknown>>({
  ...{ norm: true, mode: true, samplingPeriod: true, out: true },
});
const frequenciesNames = optionNames<{ frequencies: ArrayLike<number> }>({ frequencies: true });

/**
 * The continuous wavelet transform of a real signal of N ≥ 1 samples at the given scales:
 * `W(s, n) = s^(−½) ∫ x(t) ψ*((t − n)/s) dt` at every sample n, where x(t) is the band-limited signal through the samples.
 * It is computed in frequency from the exact ψ̂, without a sampled or integrated ψ and without a precision parameter.
 *
 * `scales` are in samples. `{ frequencies }` are in cycles per unit of `samplingPeriod`, at most the Nyquist frequency.
 * `wavelet` is a value or a name. The planes of a long signal are large: {@link cwtRows} gives one row at a time, and `out`
 * overwrites an earlier transform of the same length, scales, wavelet and type.
 *
 * Throws RangeError for an empty signal, a value that is NaN or infinite, a scale or frequency that is not positive, a
 * frequency above the Nyquist frequency, a scale so small that the wavelet peaks above 4 cycles per sample, a scale above 2^40
 * samples, an unknown name, and an `out` of other sizes; TypeError for arguments of the wrong type.
 *
 * @example
 * ```ts
 * const samplingPeriod = 1 / 1000; // seconds
 * const tone = Float64Array.from({ length: 1000 }, (_, n) => Math.sin(2 * Math.PI * 50 * n * samplingPeriod));
 * const { re, im, length } = cwt(tone, { frequencies: [25, 50, 100] }, "morlet6", { samplingPeriod, norm: "l1" });
 * const modulus = (i, n) => Math.hypot(re[i * length + n], im[i * length + n]);
 * console.log([0, 1, 2].map((i) => modulus(i, 500) > 0.5)); // only 50 Hz responds
 * // → [ false, true, false ]
 * ```
 */
export function cwt<A extends FloatArray>(
  data: A,
  scales: CwtScales,
  wavelet: ContinuousWavelet | string,
  options: CwtOptions & Into<Cwt<A>> = {},
): Cwt<A> {
  checkOptions(options, cwtNames);
  const { geometry, samplingPeriod } = checkedCwt(data, scales, wavelet, options);
  const result = resultFor(options.out, geometry, data, samplingPeriod);
  for (const { filter, re, im } of filtered(geometry, data, true)) {
    const row = cwtRow(result, filter);
    row.re.set(re.subarray(0, data.length));
    if (im) row.im?.set(im.subarray(0, data.length));
  }
  return result;
}

/** The arguments of {@link cwt}, checked. */
export function checkedCwt(
  data: FloatArray,
  scales: CwtScales,
  wavelet: ContinuousWavelet | string,
  { norm = "l2", mode = "symmetric", samplingPeriod = 1 }: CwtOptions,
): { readonly geometry: CwtGeometry; readonly samplingPeriod: number } {
  checkSignal(data);
  checkFinite(data);
  const psi = typeof wavelet === "string" ? continuousWavelet(wavelet) : wavelet;
  checkContinuousWavelet(psi);
  checkPositive("the sampling period", samplingPeriod);
  checkCwtMode(mode);
  checkOneOf("norm", norm, ["l2", "l1"]);
  const list = scalesOf(scales, psi, samplingPeriod);
  return {
    geometry: { length: data.length, scales: list, wavelet: psi, norm, mode },
    samplingPeriod,
  };
}

/** `out` if its arrays have the sizes and the type of a result, or a result of zeros. */
function resultFor<A extends FloatArray>(
  out: Cwt<A> | undefined,
  geometry: CwtGeometry,
  data: A,
  samplingPeriod: number,
): Cwt<A> {
  if (out === undefined) return emptyCwt(geometry, data, samplingPeriod);
  checkResult(out, "residual", "cwt");
  const size = geometry.scales.length * geometry.length;
  checkPlane("out.re", out.re, size, data);
  checkPlane("out.im", out.im, geometry.wavelet.complex ? size : undefined, data);
  checkPlane("out.residual", out.residual, geometry.length, data);
  return {
    ...describedBy(geometry, samplingPeriod),
    re: out.re,
    im: out.im,
    residual: out.residual,
  };
}

/**
 * The adjoint of {@link cwt}: ⟨cwt x, y⟩ = ⟨x, cwtAdjoint y⟩ over the planes and the residual. It is not the inverse. Returns
 * a signal of `length` samples. Throws RangeError if a plane has the wrong size or a value that is NaN or infinite.
 */
export function cwtAdjoint<A extends FloatArray>(transform: Cwt<A>): A {
  checkCwt(transform);
  const { length, mode } = transform;
  const set = filterSet(transform);
  const line = new Float64Array(length);
  const sum = applyFiltersAdjoint(set, amplitude, (i, re, im) => {
    const row = cwtRow(transform, i);
    line.set(row.re);
    place(line, re);
    if (!(im && row.im)) return;
    line.set(row.im);
    place(line, im);
  });
  set.fft.inverse(sum.re, sum.im);
  cwtModeRules[mode].fold(sum.re, line, 1);
  return ofKind(transform.residual, line);
}

/** A transform of zeros, of the type of `like`. */
export function emptyCwt<A extends FloatArray>(
  geometry: CwtGeometry,
  like: A,
  samplingPeriod: number,
): Cwt<A> {
  const { length, scales, wavelet } = geometry;
  const size = scales.length * length;
  return {
    ...describedBy(geometry, samplingPeriod),
    re: zerosLike(like, size),
    im: wavelet.complex ? zerosLike(like, size) : undefined,
    residual: zerosLike(like, length),
  };
}

/** A transform without its arrays. */
function describedBy(geometry: CwtGeometry, samplingPeriod: number) {
  const { length, scales, wavelet, norm, mode } = geometry;
  const frequencies = scales.map((scale) => wavelet.centralFrequency / scale / samplingPeriod);
  return { length, scales, wavelet, norm, mode, samplingPeriod, frequencies };
}

/** Views of the row of scale i; of the residual for the index after the last scale. */
export function cwtRow(
  { re, im, residual, length, scales }: Cwt,
  i: number,
): { readonly re: FloatArray; readonly im: FloatArray | undefined } {
  if (i === scales.length) return { re: residual, im: undefined };
  const [from, to] = [i * length, (i + 1) * length];
  return { re: re.subarray(from, to), im: im?.subarray(from, to) };
}

/** Throws RangeError if a plane has the wrong size or a value that is NaN or infinite, TypeError unless `transform` is a result of {@link cwt}. */
export function checkCwt(transform: Cwt): void {
  checkResult(transform, "residual", "cwt");
  const { re, im, residual, length, scales, wavelet } = transform;
  checkGeometry(transform);
  const size = scales.length * length;
  for (const [name, plane, expected] of [
    ["re", re, size],
    ["im", im, wavelet.complex ? size : undefined],
    ["residual", residual, length],
  ] as const) {
    checkPlane(name, plane, expected, residual);
    if (plane) checkFinite(plane, name);
  }
}

/** Throws unless a plane has so many values, or is missing where there is none, and has the type of `like`. */
function checkPlane(
  name: string,
  plane: FloatArray | undefined,
  expected: number | undefined,
  like: FloatArray,
): void {
  if (plane?.length !== expected)
    throw new RangeError(
      `${name} has ${plane?.length ?? "no"} values instead of ${expected ?? "none"}`,
    );
  if (plane) checkSameType(plane, like, name);
}

/** Throws unless the wavelet, scales and length of a transform are those of a {@link cwt}. */
export function checkGeometry(geometry: CwtGeometry): void {
  checkResult(geometry, "wavelet", "cwt");
  checkContinuousWavelet(geometry.wavelet);
  checkScales(geometry.scales, geometry.wavelet.peakFrequency);
  if (!Number.isInteger(geometry.length) || geometry.length < 1)
    throw new RangeError(`length must be an integer from 1 up, not ${geometry.length}`);
}

/** The scales that were given as scales or as frequencies, checked. */
export function scalesOf(
  scales: CwtScales,
  wavelet: ContinuousWavelet,
  samplingPeriod: number,
): readonly number[] {
  if (typeof scales !== "object" || scales === null || !("frequencies" in scales))
    return checkScales(scales, wavelet.peakFrequency);
  checkOptions(scales, frequenciesNames);
  const highest = 0.5 / samplingPeriod;
  const toScale = (frequency: number) => {
    checkPositive("a frequency", frequency);
    if (frequency > highest * (1 + 1e-9))
      throw new RangeError(
        `the frequency ${frequency} is above the Nyquist frequency of ${highest}` +
          (samplingPeriod === 1 ? "; for frequencies in Hz set samplingPeriod" : ""),
      );
    return wavelet.centralFrequency / frequency / samplingPeriod;
  };
  return checkScales(Array.from(scales.frequencies, toScale), wavelet.peakFrequency);
}
