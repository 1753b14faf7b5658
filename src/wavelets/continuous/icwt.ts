import { checkOneOf } from "../arguments/checkOneOf.ts";
import { checkOptions, optionNames } from "../arguments/options.ts";
import { checkFinite, checkSignal, type FloatArray, ofKind } from "../arrays/floatArray.ts";
import { applyFilters, applyFiltersAdjoint } from "./circle.ts";
import { type Cwt, checkCwt, checkGeometry, cwtRow, emptyCwt } from "./cwt.ts";
import { cwtModeRules } from "./cwtMode.ts";
import { type CwtGeometry, type Filter, type FilterSet, filterSet } from "./filters.ts";
import { divide, divided, frameMultiplier, samplesOf, solvePlaced, spectrumOf } from "./frame.ts";
import { scaleCells } from "./scales.ts";

/** Options of {@link icwt}. */
export interface IcwtOptions {
  /**
   * `frame` (default): the exact inverse of the transform at these scales. `delta`: the classical sum over scales at each
   * sample (Morlet; Torrence and Compo 1998), for comparison. It leaves out the residual, and has the error of a sum that
   * replaces an integral.
   */
  readonly method?: "frame" | "delta";
}

/** Names of the options of {@link icwt}. */
export const icwtNames = optionNames<IcwtOptions>({ method: true });

/**
 * The inverse of {@link cwt}: `x̂(ω) = 1/m(ω) Σ_s w_s ψ̂(sω) Ŵ(s, ω) / √s` with `m(ω) = Σ_s w_s |ψ̂(sω)|²` of these scales and
 * the residual, averaged over ω and −ω for a real signal. It undoes exactly what the discrete scales do, for all content that
 * they cover. Content is lost where m is below 1e-6 of its peak, for example above the band of the finest scale.
 *
 * It is exact up to the ends in the modes `symmetric` and `periodic`. In mode `zero` the transform beyond the ends is not
 * available, so the inverse solves a least-squares problem by conjugate gradients, which takes many times as long; content
 * that the scales hardly cover is then approximate. An odd real wavelet does not respond to the Nyquist frequency itself,
 * which a signal of even length contains in mode `periodic`.
 *
 * Throws RangeError if a plane has the wrong size or a value that is NaN or infinite, for `delta` with an odd real wavelet, whose sum over scales is 0, and if
 * the conjugate gradients do not converge.
 *
 * @example
 * ```ts
 * const signal = Float64Array.from({ length: 300 }, (_, n) => 5 + Math.sin(n * n / 900));
 * const wavelet = continuousWavelet("morse20-3");
 * const back = icwt(cwt(signal, defaultScales(wavelet, 300), wavelet));
 * console.log(Math.max(...back.map((x, n) => Math.abs(x - signal[n]))) < 1e-12);
 * // → true
 * ```
 */
export function icwt<A extends FloatArray>(transform: Cwt<A>, options: IcwtOptions = {}): A {
  checkCwt(transform);
  checkOptions(options, icwtNames);
  const method = checkOneOf("method of icwt", options.method ?? "frame", ["frame", "delta"]);
  if (method === "delta") return deltaInverse(transform);
  const { length, mode } = transform;
  const set = filterSet(transform);
  const line = new Float64Array(length);
  const { extend } = cwtModeRules[mode];
  const sum = applyFiltersAdjoint(set, dual, (i, re, im) => {
    const row = cwtRow(transform, i);
    const mirror = mirrorOf(set, i);
    line.set(row.re);
    extend(line, re, mirror);
    if (!(im && row.im)) return;
    line.set(row.im);
    extend(line, im, -mirror);
  });
  const data =
    mode === "zero" ? solvePlaced(set, samplesOf(set, sum, length)) : divided(set, sum, length);
  return ofKind(transform.residual, data);
}

/**
 * The adjoint of {@link icwt} for transforms of the form of `like`, whose values are not read: ⟨icwt y, x⟩ =
 * ⟨y, icwtAdjoint x⟩. Throws RangeError unless `data` has `like.length` finite samples.
 */
export function icwtAdjoint<A extends FloatArray>(
  data: A,
  like: CwtGeometry & { readonly samplingPeriod: number },
): Cwt<A> {
  checkSignal(data);
  checkFinite(data);
  checkGeometry(like);
  const { length, mode, samplingPeriod } = like;
  if (data.length !== length)
    throw new RangeError(`data has ${data.length} samples instead of ${length}`);
  const set = filterSet(like);
  const samples = Float64Array.from(data);
  const signal = spectrumOf(set, mode === "zero" ? solvePlaced(set, samples) : samples);
  if (mode !== "zero") divide(signal, frameMultiplier(set));
  const result = emptyCwt(like, data, samplingPeriod);
  const line = new Float64Array(length);
  const { fold } = cwtModeRules[mode];
  for (const { filter, re, im } of applyFilters(set, signal, dual)) {
    const row = cwtRow(result, filter);
    const mirror = mirrorOf(set, filter);
    fold(re, line, mirror);
    row.re.set(line);
    if (!im) continue;
    fold(im, line, -mirror);
    row.im?.set(line);
  }
  return result;
}

/** A filter's factor in the inverse: its weight in the frame, divided by its amplitude. */
const dual = (filter: Filter): number => filter.weight / filter.amplitude;

/** ψ(−t) is `mirror` times the conjugate of ψ(t). The same holds for a filter's output for a reflected signal. */
function mirrorOf({ filters }: FilterSet, i: number): number {
  return (filters[i]?.turns ?? 0) % 2 === 0 ? 1 : -1;
}

/** `x(n) = 1/R Re Σ_s w_s i^(−p) W(s, n) / √s`, where R is the same sum for a wave in the middle of the scales. */
function deltaInverse<A extends FloatArray>(transform: Cwt<A>): A {
  const { wavelet, scales, norm, length, residual } = transform;
  const { quarterTurns, spectrum, peakFrequency, complex } = wavelet;
  if (!complex && quarterTurns % 2 === 1)
    throw new RangeError(
      `the sum over scales is 0 for ${wavelet.name}, which is odd; use method "frame"`,
    );
  const { weights } = scaleCells(scales);
  const middle = peakFrequency / Math.sqrt(Math.min(...scales) * Math.max(...scales));
  const response = (omega: number) =>
    scales.reduce((sum, scale, i) => sum + weights[i]! * spectrum(scale * omega), 0);
  const total = (response(middle) + response(-middle)) / 2;
  const line = new Float64Array(length);
  for (const [i, scale] of scales.entries()) {
    const { re, im } = cwtRow(transform, i);
    const factor = weights[i]! / total / (norm === "l2" ? Math.sqrt(scale) : 1);
    // W has the factor conj(i^p). The real part of its product with i^p is one of its planes.
    const plane = quarterTurns % 2 === 0 ? re : im;
    const sign = quarterTurns === 0 || quarterTurns === 3 ? 1 : -1;
    if (plane) for (let n = 0; n < length; n++) line[n]! += sign * factor * plane[n]!;
  }
  return ofKind(residual, line);
}
