import { checkOneOf } from "../arguments/checkOneOf.ts";
import { checkPositive } from "../arguments/numbers.ts";
import { type FloatArray, ofKind, zerosLike } from "../arrays/floatArray.ts";
import { applyFilters, applyFiltersAdjoint } from "./circle.ts";
import { type CwtMode, checkCwtMode, cwtModeRules, place } from "./cwtMode.ts";
import { continuousWavelet } from "./families.ts";
import { type CwtGeometry, type Filter, filterSet } from "./filters.ts";
import { planes } from "./fourier/planes.ts";
import { applyFiltersMirrored } from "./mirrored.ts";
import { checkScales } from "./scales.ts";
import type { ContinuousWavelet } from "./wavelet/definition.ts";

/** Options of {@link cwt}. */
export interface CwtOptions {
  /**
   * `l2`, by default as in PyWavelets: every scale's wavelet has the same energy, `ψ(t/s) / √s`. `l1`: the same integral,
   * `ψ(t/s) / s`, so that a wave of one amplitude peaks equally at all frequencies.
   */
  readonly norm?: "l2" | "l1";
  /** How the signal goes on beyond its ends; `symmetric` by default. PyWavelets' cwt has `zero`. */
  readonly mode?: CwtMode;
  /** Time from sample to sample, 1 by default: the unit of frequencies only, scales are counted in samples. */
  readonly samplingPeriod?: number;
}

/** Scales in samples, or the frequencies that they are to peak at, in cycles per unit of the sampling period. */
export type CwtScales = ArrayLike<number> | { readonly frequencies: ArrayLike<number> };

/** A continuous wavelet transform, with all that its inverse needs. Planes hold a row of `length` for each scale. */
export interface Cwt<A extends FloatArray = FloatArray> extends CwtGeometry {
  /** The real part: scale i at the instant n is `re[i · length + n]`. */
  readonly re: A;
  /** The imaginary part, of complex wavelets. */
  readonly im: A | undefined;
  /**
   * What lies below the coarsest scale, the mean too: the signal filtered with the scaling function, `length` samples.
   * Wavelets see no mean, so without this no inverse could be exact.
   */
  readonly residual: A;
  /** Where each scale peaks, in cycles per unit of the sampling period. */
  readonly frequencies: readonly number[];
  readonly samplingPeriod: number;
}

/**
 * The continuous wavelet transform of a real signal of N ≥ 1 samples at the given scales,
 * `W(s, n) = s^(−½) ∫ x(t) ψ*((t − n)/s) dt` at every sample n, where x(t) is the band-limited signal through the samples.
 * Computed in frequency with the exact ψ̂: there is no table of ψ, no integral of it and no precision to choose.
 *
 * `wavelet` is a value or a name. Throws RangeError for an empty signal, a value that is not finite, a scale or frequency
 * that is not positive and an unknown name.
 */
export function cwt<A extends FloatArray>(
  data: A,
  scales: CwtScales,
  wavelet: ContinuousWavelet | string,
  options: CwtOptions = {},
): Cwt<A> {
  const { norm = "l2", mode = "symmetric", samplingPeriod = 1 } = options;
  const psi = typeof wavelet === "string" ? continuousWavelet(wavelet) : wavelet;
  checkPositive("the sampling period", samplingPeriod);
  checkSignal(data);
  checkCwtMode(mode);
  checkOneOf("norm", norm, ["l2", "l1"]);
  const list = scalesOf(scales, psi, samplingPeriod);
  const geometry: CwtGeometry = { length: data.length, scales: list, wavelet: psi, norm, mode };
  const set = filterSet(geometry);
  const signal = planes(set.fft.length);
  cwtModeRules[mode].extend(Float64Array.from(data), signal.re, 1);
  set.fft.forward(signal.re, signal.im);
  const result = emptyCwt(geometry, data, samplingPeriod);
  const run = mode === "symmetric" ? applyFiltersMirrored : applyFilters;
  run(set, signal, amplitude, (i, re, im) => {
    const row = cwtRow(result, i);
    row.re.set(re.subarray(0, data.length));
    if (im) row.im?.set(im.subarray(0, data.length));
  });
  return result;
}

/**
 * The adjoint of {@link cwt}: `<cwt x, y> = <x, cwtAdjoint y>` over the planes and the residual. It is not the inverse.
 * Returns a signal of `length` samples. Throws RangeError where a plane has another size than the transform says.
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

const amplitude = (filter: Filter): number => filter.amplitude;

/** A transform of zeros, of the kind of `like`. */
export function emptyCwt<A extends FloatArray>(
  geometry: CwtGeometry,
  like: A,
  samplingPeriod: number,
): Cwt<A> {
  const { length, scales, wavelet, norm, mode } = geometry;
  const size = scales.length * length;
  return {
    re: zerosLike(like, size),
    im: wavelet.complex ? zerosLike(like, size) : undefined,
    residual: zerosLike(like, length),
    frequencies: scales.map((scale) => wavelet.centralFrequency / scale / samplingPeriod),
    ...{ length, scales, wavelet, norm, mode, samplingPeriod },
  };
}

/** Views of one scale's row; after the last scale, of the residual. */
export function cwtRow(
  { re, im, residual, length, scales }: Cwt,
  i: number,
): { readonly re: FloatArray; readonly im: FloatArray | undefined } {
  if (i === scales.length) return { re: residual, im: undefined };
  const [from, to] = [i * length, (i + 1) * length];
  return { re: re.subarray(from, to), im: im?.subarray(from, to) };
}

/** Throws RangeError for an empty signal or a value that is not finite. */
export function checkSignal(data: FloatArray): void {
  if (data.length === 0) throw new RangeError("cannot transform an empty signal");
  const index = data.findIndex((value) => !Number.isFinite(value));
  if (index >= 0) throw new RangeError(`the signal holds ${data[index]} at place ${index}`);
}

/** Throws RangeError where a plane has another size than the transform says. */
export function checkCwt({ re, im, residual, length, scales, wavelet }: Cwt): void {
  const size = checkScales(scales).length * length;
  const sizes: [string, FloatArray | undefined, number | undefined][] = [
    ["re", re, size],
    ["im", im, wavelet.complex ? size : undefined],
    ["residual", residual, length],
  ];
  for (const [name, plane, expected] of sizes) {
    if (plane?.length !== expected)
      throw new RangeError(
        `${name} holds ${plane?.length ?? "no"} values where ${expected ?? "none"} belong`,
      );
  }
}

function scalesOf(
  scales: CwtScales,
  wavelet: ContinuousWavelet,
  samplingPeriod: number,
): readonly number[] {
  if (!("frequencies" in scales)) return checkScales(scales);
  const toScale = (frequency: number) =>
    wavelet.centralFrequency / checkPositive("a frequency", frequency) / samplingPeriod;
  return checkScales(Array.from(scales.frequencies, toScale));
}
