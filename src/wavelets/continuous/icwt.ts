import { checkOneOf } from "../arguments/checkOneOf.ts";
import { type FloatArray, ofKind } from "../arrays/floatArray.ts";
import { applyFilters, applyFiltersAdjoint } from "./circle.ts";
import { type Cwt, checkCwt, checkSignal, cwtRow, emptyCwt } from "./cwt.ts";
import { cwtModeRules } from "./cwtMode.ts";
import { type CwtGeometry, type Filter, type FilterSet, filterSet } from "./filters.ts";
import { divide, divided, frameMultiplier, samplesOf, solvePlaced, spectrumOf } from "./frame.ts";
import { scaleCells } from "./scales.ts";

/** Options of {@link icwt}. */
export interface IcwtOptions {
  /**
   * `frame`, by default: the inverse of the transform at just these scales, exact. `delta`: the classical sum over scales
   * at one instant (Morlet; Torrence and Compo 1998), for comparison; it lacks the residual, and its error is that of a
   * sum in place of an integral.
   */
  readonly method?: "frame" | "delta";
}

/**
 * The signal that {@link cwt} came from: `x̂(ω) = 1/m(ω) Σ_s w_s ψ̂(sω) Ŵ(s, ω) / √s`, with `m(ω) = Σ_s w_s |ψ̂(sω)|²` of
 * just these scales, the residual among them, and for a real signal of ω and −ω together. What the discrete scales do is
 * so undone exactly, for all content they cover; content above the finest scale's band is lost where m is below
 * 1e-6 of its peak.
 *
 * In every mode exact up to the ends. With `zero` the transform beyond the ends would be needed, and is not there; the
 * least squares of what is there are solved by conjugate gradients, which takes many times as long. An odd real wavelet
 * does not see a wave at Nyquist's frequency itself, which an even number of samples has in mode `periodic`.
 *
 * Throws RangeError where a plane has another size than the transform says, and for `delta` with an odd real wavelet,
 * whose sum over scales is 0.
 */
export function icwt<A extends FloatArray>(transform: Cwt<A>, options: IcwtOptions = {}): A {
  checkCwt(transform);
  const method = checkOneOf("method", options.method ?? "frame", ["frame", "delta"]);
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
 * The adjoint of {@link icwt}, for transforms like `like` (its values do not matter): `<icwt y, x> = <y, icwtAdjoint x>`.
 * Throws RangeError unless `data` has `like.length` samples.
 */
export function icwtAdjoint<A extends FloatArray>(
  data: A,
  like: CwtGeometry & { readonly samplingPeriod: number },
): Cwt<A> {
  checkSignal(data);
  const { length, mode, samplingPeriod } = like;
  if (data.length !== length)
    throw new RangeError(`the transform is of ${length} samples, the signal has ${data.length}`);
  const set = filterSet(like);
  const samples = Float64Array.from(data);
  const signal = spectrumOf(set, mode === "zero" ? solvePlaced(set, samples) : samples);
  if (mode !== "zero") divide(signal, frameMultiplier(set));
  const result = emptyCwt(like, data, samplingPeriod);
  const line = new Float64Array(length);
  const { fold } = cwtModeRules[mode];
  applyFilters(set, signal, dual, (i, re, im) => {
    const row = cwtRow(result, i);
    const mirror = mirrorOf(set, i);
    fold(re, line, mirror);
    row.re.set(line);
    if (!im) return;
    fold(im, line, -mirror);
    row.im?.set(line);
  });
  return result;
}

/** A filter's factor in the inverse: its weight in the frame, its amplitude undone. */
const dual = (filter: Filter): number => filter.weight / filter.amplitude;

/** ψ(−t) is `mirror` times the conjugate of ψ(t), and so is a filter's output for a reflected signal. */
function mirrorOf({ filters }: FilterSet, i: number): number {
  return (filters[i]?.turns ?? 0) % 2 === 0 ? 1 : -1;
}

/** `x(n) = 1/R Re Σ_s w_s i^(−p) W(s, n) / √s`, R what the same sum makes of a wave in the middle of the scales. */
function deltaInverse<A extends FloatArray>(transform: Cwt<A>): A {
  const { wavelet, scales, norm, length, residual } = transform;
  const { quarterTurns, spectrum, peakFrequency, complex } = wavelet;
  if (!complex && quarterTurns % 2 === 1)
    throw new RangeError(
      `the sum of ${wavelet.name} over scales is 0, since it is odd; use the method "frame"`,
    );
  const { weights } = scaleCells(scales);
  const middle = peakFrequency / Math.sqrt(Math.min(...scales) * Math.max(...scales));
  const response = (omega: number) =>
    scales.reduce((sum, scale, i) => sum + weights[i]! * spectrum(scale * omega), 0); // a weight a scale
  const total = (response(middle) + response(-middle)) / 2;
  const line = new Float64Array(length);
  for (const [i, scale] of scales.entries()) {
    const { re, im } = cwtRow(transform, i);
    const factor = weights[i]! / total / (norm === "l2" ? Math.sqrt(scale) : 1);
    // W carries the conjugate of i^p; of its product with i^p the real part is left.
    const plane = quarterTurns % 2 === 0 ? re : im;
    const sign = quarterTurns === 0 || quarterTurns === 3 ? 1 : -1;
    if (plane) for (let n = 0; n < length; n++) line[n]! += sign * factor * plane[n]!; // rows of `length`
  }
  return ofKind(residual, line);
}
