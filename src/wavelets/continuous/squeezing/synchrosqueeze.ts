import { checkPositive } from "../../arguments/numbers.ts";
import { checkOptions, optionNames } from "../../arguments/options.ts";
import { checkResult } from "../../arguments/result.ts";
import {
  checkFinite,
  checkFloats,
  checkSignal,
  type FloatArray,
  largestModulus,
  unitOf,
  zerosLike,
} from "../../arrays/floatArray.ts";
import { applyFilters } from "../circle.ts";
import { type CwtScales, scalesOf } from "../cwt.ts";
import { type CwtMode, checkCwtMode, cwtModeRules } from "../cwtMode.ts";
import { continuousWavelet } from "../families.ts";
import { type Filter, filterSet } from "../filters.ts";
import { quarterTurn } from "../fourier/complex.ts";
import { type Planes, planes } from "../fourier/planes.ts";
import { applyFiltersMirrored } from "../mirrored.ts";
import { checkContinuousWavelet } from "../wavelet/check.ts";
import type { ContinuousWavelet } from "../wavelet/definition.ts";
import { integratePieces, octaveCuts } from "../wavelet/quadrature.ts";

/** Options of {@link synchrosqueeze}. */
export interface SynchrosqueezeOptions {
  /** How the signal is extended beyond its ends; `symmetric` by default. */
  readonly mode?: CwtMode;
  /** Time between samples; 1 by default. It is only the unit of frequencies. */
  readonly samplingPeriod?: number;
  /**
   * Parts of the transform whose modulus is at most this are left where no bin holds them, because the phase of rounding errors says
   * nothing. In the unit of the signal; 1e-8 of its largest modulus by default.
   */
  readonly threshold?: number;
}

/** A synchrosqueezed transform. A plane has one row of `length` for each frequency. */
export interface Synchrosqueezed<A extends FloatArray = FloatArray> {
  /** The real part: frequency i at sample n is `re[i · length + n]`, in the unit of the signal. */
  readonly re: A;
  readonly im: A;
  /** What no bin holds, `length` samples: the signal less the sum of the rows of `re`. */
  readonly residual: A;
  /** The middle of each bin, in cycles per unit of the sampling period, highest first. */
  readonly frequencies: readonly number[];
  readonly length: number;
  readonly wavelet: ContinuousWavelet;
  readonly mode: CwtMode;
  readonly samplingPeriod: number;
}

const names = optionNames<SynchrosqueezeOptions>({
  mode: true,
  samplingPeriod: true,
  threshold: true,
});

/** Filters that are applied together: their outputs are held in memory. */
const together = 8;

/**
 * The synchrosqueezed wavelet transform of a real signal of N ≥ 1 samples (Daubechies, Lu and Wu, Synchrosqueezed wavelet transforms: an
 * empirical mode decomposition-like tool, 2011). Every value W(s, n) of the continuous transform is moved from the frequency of its scale to
 * the frequency at which its phase turns there, `Im(∂W/∂n / W) / 2π`, so that a wave whose amplitude and frequency change slowly becomes a
 * thin line. The derivative is computed in frequency, without differences. Bins are the cells of the frequencies of the given scales,
 * 16 to 64 of them per octave.
 *
 * Values are scaled so that the rows add up to the signal: `x = Σ re + residual` at every sample, exactly. The residual holds what is
 * below the coarsest and above the finest scale, and what is moved out of the range of the bins. The sum of the rows of a band is the part
 * of the signal in that band; see `inverseSynchrosqueeze` and `ridges`.
 *
 * `scales` and `wavelet` are those of `cwt`. Throws as `cwt` does, and RangeError for a wavelet
 * that is real or responds to negative frequencies, such as cgau4, and for a threshold that is negative.
 *
 * @example
 * ```ts
 * const samplingPeriod = 1 / 1000; // seconds
 * const tone = Float64Array.from({ length: 1000 }, (_, n) => Math.sin(2 * Math.PI * 50 * n * samplingPeriod));
 * const frequencies = Array.from({ length: 97 }, (_, i) => 200 * 2 ** (-i / 32)); // 200 … 25 Hz
 * const { re, im, length } = synchrosqueeze(tone, { frequencies }, "morlet6", { samplingPeriod });
 * const modulus = (i) => Math.hypot(re[i * length + 500], im[i * length + 500]).toFixed(2);
 * console.log([62, 63, 64, 65, 66].map(modulus).join(" ")); // 64 is at 50 Hz
 * // → 0.00 0.00 1.00 0.00 0.00
 * ```
 */
export function synchrosqueeze<A extends FloatArray>(
  data: A,
  scales: CwtScales,
  wavelet: ContinuousWavelet | string,
  options: SynchrosqueezeOptions = {},
): Synchrosqueezed<A> {
  checkSignal(data);
  checkFinite(data);
  checkOptions(options, names);
  const { mode = "symmetric", samplingPeriod = 1 } = options;
  const psi = typeof wavelet === "string" ? continuousWavelet(wavelet) : wavelet;
  checkContinuousWavelet(psi);
  const total = wholeResponse(psi);
  checkPositive("the sampling period", samplingPeriod);
  checkCwtMode(mode);
  const list = [...scalesOf(scales, psi, samplingPeriod)].sort((a, b) => a - b);
  const { length } = data;
  const scale = unitOf(data);
  const threshold = scale * thresholdOf(options.threshold, data);
  const set = filterSet({ length, scales: list, wavelet: psi, norm: "l1", mode });
  const filters = set.filters.slice(0, list.length); // without the scaling function
  const signal = planes(set.fft.length);
  cwtModeRules[mode].extend(
    new Float64Array(data).map((x) => scale * x),
    signal.re,
    1,
  );
  set.fft.forward(signal.re, signal.im);
  const slope = derivative(signal);
  const apply: typeof applyFiltersMirrored =
    mode === "symmetric" ? applyFiltersMirrored : applyFilters;
  const frequencies = list.map((scale) => psi.centralFrequency / scale / samplingPeriod);
  const edges = cellEdges(list.map((scale) => (2 * Math.PI * psi.centralFrequency) / scale));
  const result: Synchrosqueezed<A> = {
    re: zerosLike(data, list.length * length),
    im: zerosLike(data, list.length * length),
    residual: zerosLike(data, length),
    ...{ frequencies, length, wavelet: psi, mode, samplingPeriod },
  };
  const turn = quarterTurn(psi.quarterTurns);
  for (let first = 0; first < filters.length; first += together) {
    const part = { fft: set.fft, filters: filters.slice(first, first + together) };
    const rows: Planes[] = [];
    for (const { filter, re, im } of apply(part, signal, one))
      rows[filter] = { re: re.slice(0, length), im: im!.slice(0, length) }; // the wavelet is complex
    // The derivative of a mirrored signal is the negative of its mirror image.
    for (const { filter, re, im } of apply(part, slope, one, -1)) {
      const factor = part.filters[filter]!.weight / total / scale;
      const unit = { re: factor * turn.re, im: factor * turn.im };
      squeezeRow(result, rows[filter]!, { re, im: im! }, { unit, edges, threshold }); // complex, as above
    }
  }
  const placed = sumOfRows(result, 0, list.length);
  for (let n = 0; n < length; n++) result.residual[n] = data[n]! - placed[n]!;
  return result;
}

/** The sum of the real parts of the rows from one up to another. */
export function sumOfRows(
  { re, length }: Pick<Synchrosqueezed, "re" | "length">,
  from: number,
  to: number,
): Float64Array {
  const sum = new Float64Array(length);
  for (let row = from; row < to; row++)
    for (let n = 0, at = row * length; n < length; n++) sum[n] = sum[n]! + re[at + n]!;
  return sum;
}

const one = (_: Filter): number => 1;

/** Moves a row to the bins of its phase's frequencies, in radians per sample. */
function squeezeRow(
  { re, im, length }: Synchrosqueezed,
  row: Planes,
  slope: Planes,
  {
    unit,
    edges,
    threshold,
  }: {
    readonly unit: { readonly re: number; readonly im: number };
    readonly edges: Float64Array;
    readonly threshold: number;
  },
): void {
  const least = threshold * threshold;
  const last = edges.length - 1;
  for (let n = 0; n < length; n++) {
    const [a, b] = [row.re[n]!, row.im[n]!];
    const energy = a * a + b * b;
    if (!(energy > least)) continue;
    const omega = (slope.im[n]! * a - slope.re[n]! * b) / energy;
    if (!(omega <= edges[0]! && omega > edges[last]!)) continue;
    const at = bin(edges, omega) * length + n;
    re[at]! += unit.re * a - unit.im * b;
    im[at]! += unit.re * b + unit.im * a;
  }
}

/** The i of edges[i] ≥ omega > edges[i + 1], of decreasing edges. */
function bin(edges: Float64Array, omega: number): number {
  let [low, high] = [0, edges.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (omega <= edges[middle]!) low = middle;
    else high = middle;
  }
  return low;
}

/** The edges between decreasing frequencies, half-way in ratio; the outer cells are symmetric, that of a single frequency is an octave. */
function cellEdges(frequencies: readonly number[]): Float64Array {
  const last = frequencies.length - 1;
  const ratio = (i: number) =>
    last === 0 ? 2 : frequencies[Math.max(i - 1, 0)]! / frequencies[Math.max(i, 1)]!;
  const edges = new Float64Array(last + 2);
  edges[0] = frequencies[0]! * Math.sqrt(ratio(0));
  for (let i = 1; i <= last; i++) edges[i] = Math.sqrt(frequencies[i - 1]! * frequencies[i]!);
  edges[last + 1] = frequencies[last]! / Math.sqrt(ratio(last));
  return edges;
}

/** The spectrum of the derivative by samples; at the Nyquist frequency it is 0. */
function derivative({ re, im }: Planes): Planes {
  const count = re.length;
  const result = planes(count);
  for (let k = 1; k < count; k++) {
    if (2 * k === count) continue;
    const omega = (2 * Math.PI * (2 * k < count ? k : k - count)) / count;
    result.re[k] = -omega * im[k]!;
    result.im[k] = omega * re[k]!;
  }
  return result;
}

/**
 * `½ ∫ g(ω) dω/ω`: what the sum over all scales makes of a cosine of amplitude 1. Throws RangeError for a wavelet that responds to negative
 * frequencies as well, whose phase therefore does not turn evenly.
 */
function wholeResponse({
  name,
  complex,
  spectrum,
  extent,
  breaks = [],
}: ContinuousWavelet): number {
  const side = (sign: 1 | -1, end: number) =>
    end > 0
      ? integratePieces((omega) => spectrum(sign * omega) / omega, octaveCuts(end, 40, 6, breaks))
      : 0;
  const [positive, negative] = [side(1, extent.positive), side(-1, extent.negative)];
  if (!complex || Math.abs(negative) > 0.01 * Math.abs(positive))
    throw new RangeError(
      `${name} responds to negative frequencies as well; synchrosqueezing needs a wavelet such as morlet6`,
    );
  return positive / 2;
}

function thresholdOf(given: number | undefined, data: FloatArray): number {
  if (given === undefined) return 1e-8 * largestModulus(data);
  if (!(given >= 0 && Number.isFinite(given)))
    throw new RangeError(`the threshold must be a number from 0 up, not ${given}`);
  return given;
}

/** Throws TypeError unless `transform` is a result of {@link synchrosqueeze}, RangeError if a plane has the wrong size. */
export function checkSynchrosqueezed(transform: Synchrosqueezed): void {
  checkResult(transform, "residual", "synchrosqueeze");
  const { re, im, residual, length, frequencies } = transform;
  checkResult(transform, "frequencies", "synchrosqueeze");
  const size = frequencies.length * length;
  const sizes: [string, FloatArray, number][] = [
    ["re", re, size],
    ["im", im, size],
    ["residual", residual, length],
  ];
  for (const [name, plane, expected] of sizes) {
    if (plane?.length !== expected)
      throw new RangeError(`${name} has ${plane?.length ?? "no"} values instead of ${expected}`);
    checkFloats(plane, name);
  }
}
