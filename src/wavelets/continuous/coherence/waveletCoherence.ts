import { checkPositive } from "../../arguments/numbers.ts";
import { checkOptions, optionNames } from "../../arguments/options.ts";
import { type FloatArray, largestModulus, unitOf, zerosLike } from "../../arrays/floatArray.ts";
import type { Cwt } from "../cwt.ts";
import type { ContinuousWavelet } from "../wavelet/definition.ts";
import { checkAlike } from "./crossSpectrum.ts";
import { smoothingInScale, smoothingInTime } from "./smoothing.ts";

/** Options of {@link waveletCoherence}. */
export interface WaveletCoherenceOptions {
  /** Octaves of scale over which is smoothed. By default 0.6 for morlet6, as many as its bandwidth, and likewise for other wavelets. */
  readonly octaves?: number;
}

/** How two signals go together over time and frequency. A plane has one row of `length` per scale. */
export interface WaveletCoherence<A extends FloatArray = FloatArray> {
  /** From 0 to 1: the square of the local correlation. */
  readonly coherence: A;
  /** By how much the first signal is ahead, in radians from −π to π. */
  readonly phase: A;
  readonly frequencies: readonly number[];
  readonly length: number;
  readonly scales: readonly number[];
  readonly wavelet: ContinuousWavelet;
  readonly samplingPeriod: number;
}

const names = optionNames<WaveletCoherenceOptions>({ octaves: true });

/** Octaves of smoothing for each unit of relative bandwidth: makes 0.6 octaves of morlet6 (Torrence and Compo 1998, table 2). */
const octavesPerBandwidth = 0.6 / (Math.SQRT1_2 / 6);

/**
 * Power of a signal below this share of its largest, of its largest of the same scale, or of what is below all scales, such as a large mean, is taken
 * for silence: it is no more than rounding errors, which have a coherence too.
 */
const silence = { whole: 1e-24, row: 1e-12, residual: 1e-28 } as const;

/**
 * The wavelet coherence of two signals from their transforms (Torrence and Webster, Interdecadal changes in the ENSO–monsoon system, 1999):
 * `|S(Wx · conj(Wy)/s)|² / (S(|Wx|²/s) · S(|Wy|²/s))`, with W of norm l2. S is a mean over time, weighted by |ψ| of the scale, and over scales, in a band
 * of `octaves`. For |ψ| stands the Gaussian that falls as fast, which it is for Morlet's wavelet. Without smoothing the coherence would be
 * 1 everywhere; so it is near the largest scales, and few values of it are independent there.
 *
 * Where a signal is silent, the coherence and the phase are 0. Both norms of `cwt` give the same result.
 *
 * Throws RangeError unless the transforms have the same length, scales, wavelet and norm, and for a real wavelet, which has no phase; TypeError
 * for anything but results of `cwt` and unknown options.
 *
 * @example
 * ```ts
 * const common = (delay) => Float64Array.from({ length: 512 }, (_, n) => Math.cos((n - delay) / 4));
 * const noise = (seed) => common(0).map((_, n) => Math.sin(seed * n * n));
 * const [x, y] = [noise(12.9898), noise(78.233)].map((own, i) => own.map((v, n) => v / 4 + common(i)[n]));
 * const scales = scalesFor({ from: 2, to: 64 });
 * const { coherence, phase, length } = waveletCoherence(cwt(x, scales, "morlet6"), cwt(y, scales, "morlet6"));
 * const at = 36 * length + 256; // the scale of the common wave
 * console.log(coherence[at] > 0.9, phase[at].toFixed(1)); // y is a sample, or a quarter radian, behind
 * // → true 0.2
 * ```
 */
export function waveletCoherence<A extends FloatArray>(
  x: Cwt<A>,
  y: Cwt<A>,
  options: WaveletCoherenceOptions = {},
): WaveletCoherence<A> {
  checkAlike(x, y);
  checkOptions(options, names);
  const { length, scales, wavelet, frequencies, samplingPeriod, norm } = x;
  const bandwidth = wavelet.frequencySpread / wavelet.meanFrequency;
  const octaves = checkPositive("octaves", options.octaves ?? octavesPerBandwidth * bandwidth);
  const smooth = smoothingInTime(length, wavelet.eFolding);
  const [unitX, unitY] = [unitOf(x.re, x.im!), unitOf(y.re, y.im!)]; // complex wavelets
  const rows = scales.map((scale, row) => {
    const own = products(x, y, row, norm === "l2" ? 1 / scale : 1, [unitX, unitY]);
    smooth(scale, own.powerX, own.powerY);
    smooth(scale, own.re, own.im);
    return own;
  });
  const powersX = rows.map(({ powerX }) => powerX);
  const powersY = rows.map(({ powerY }) => powerY);
  const [leastX, leastY] = [
    leastPower(powersX, unitX * largestModulus(x.residual)),
    leastPower(powersY, unitY * largestModulus(y.residual)),
  ];
  const coherence = zerosLike(x.re, x.re.length);
  const phase = zerosLike(x.re, x.re.length);
  for (const [row, band] of smoothingInScale(scales, octaves).entries()) {
    const [quietX, quietY] = [leastX, leastY].map((least) =>
      band.rows.reduce((sum, other, i) => sum + band.weights[i]! * least[other]!, 0),
    ) as [number, number];
    for (let n = 0, at = row * length; n < length; n++, at++) {
      let [powerX, powerY, re, im] = [0, 0, 0, 0];
      for (let i = 0; i < band.rows.length; i++) {
        const [weight, other] = [band.weights[i]!, rows[band.rows[i]!]!];
        powerX += weight * other.powerX[n]!;
        powerY += weight * other.powerY[n]!;
        re += weight * other.re[n]!;
        im += weight * other.im[n]!;
      }
      if (!(powerX > quietX && powerY > quietY)) continue;
      // By Cauchy and Schwarz at most 1, but for rounding.
      coherence[at] = Math.min(1, (re * re + im * im) / (powerX * powerY));
      phase[at] = Math.atan2(im, re);
    }
  }
  return { coherence, phase, frequencies, length, scales, wavelet, samplingPeriod };
}

interface Products {
  readonly powerX: Float64Array;
  readonly powerY: Float64Array;
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** |Wx|², |Wy|² and Wx · conj(Wy) of a row, times a factor, of transforms in units of their own. */
function products(
  x: Cwt,
  y: Cwt,
  row: number,
  factor: number,
  [unitX, unitY]: readonly [number, number],
): Products {
  const { length } = x;
  const [powerX, powerY, re, im] = Array.from({ length: 4 }, () => new Float64Array(length)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  for (let n = 0, at = row * length; n < length; n++, at++) {
    const [a, b] = [unitX * x.re[at]!, unitX * x.im![at]!]; // complex wavelets
    const [c, d] = [unitY * y.re[at]!, unitY * y.im![at]!];
    powerX[n] = factor * (a * a + b * b);
    powerY[n] = factor * (c * c + d * d);
    re[n] = factor * (a * c + b * d);
    im[n] = factor * (b * c - a * d);
  }
  return { powerX, powerY, re, im };
}

/** For each row the power up to which a signal is silent. */
function leastPower(rows: readonly Float64Array[], residual: number): readonly number[] {
  const most = rows.map(largestModulus);
  const whole = Math.max(
    silence.whole * most.reduce((a, b) => Math.max(a, b), 0),
    silence.residual * residual ** 2,
  );
  return most.map((own) => Math.max(whole, silence.row * own));
}
