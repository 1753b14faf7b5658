import { checkLevels } from "../../arguments/levels.ts";
import { checkOptions, optionNames } from "../../arguments/options.ts";
import { checkSignal, type FloatArray } from "../../arrays/floatArray.ts";
import { arrayFor, checkApart, type Into } from "../../arrays/into.ts";
import { checkMode, type Mode } from "../../extension/mode.ts";
import { type WaveletLike, waveletOf } from "../../families/wavelet.ts";
import { upLines } from "../../filterBank/alongLines.ts";
import { freeSynthesis } from "../../filterBank/axisStep.ts";
import { upLineKernelFor } from "../../filterBank/kernels.ts";
import { coarsestBand } from "../pyramid.ts";

/** One band of a decomposition. */
export interface BandChoice {
  /** `a` for the approximation, `d` for the detail. */
  readonly part: "a" | "d";
  /** Its level, from 1 (finest) up; 1 by default. */
  readonly level?: number;
}

/** Options of {@link downcoef}. */
export interface DowncoefOptions extends BandChoice {
  /** How the signal is extended beyond its ends; `symmetric` by default. */
  readonly mode?: Mode;
}

/** Options of {@link upcoef}. */
export interface UpcoefOptions extends BandChoice {
  /** How many values to keep, from the middle; all by default. */
  readonly take?: number;
}

const downNames = optionNames<DowncoefOptions & Into<unknown>>({
  ...{ part: true, level: true, mode: true },
  out: true,
});
const upNames = optionNames<UpcoefOptions & Into<unknown>>({
  ...{ part: true, level: true, take: true },
  out: true,
});

/**
 * One band of a signal's transform, equal to the band of `wavedec`. Throws as `wavedec` does, and RangeError for an `out` that
 * shares memory with the signal.
 *
 * @example
 * ```ts
 * const band = downcoef(Float64Array.of(1, 1, 5, 5), "haar", { part: "a", level: 2 });
 * console.log(band.map((x) => Math.round(x)));
 * // → Float64Array(1) [ 6 ]
 * ```
 */
export function downcoef<A extends FloatArray>(
  data: A,
  wavelet: WaveletLike,
  options: DowncoefOptions & Into<A>,
): A {
  checkOptions(options, downNames);
  const { part, level = 1, mode = "symmetric" } = options;
  checkPart(part);
  checkLevel(level);
  checkSignal(data);
  const along = { wavelet: waveletOf(wavelet), mode: checkMode(mode) };
  return coarsestBand(data, along, level, part, options.out);
}

/** The most values that {@link upcoef} computes. */
const mostValues = 2 ** 28;

/**
 * What one band contributes on its own, without boundaries: each coefficient as its whole wavelet or scaling function. A
 * level turns n values into 2n + f − 2, where f is the length of the filters. Throws RangeError for an empty band, where more
 * than 2^28 values would result, and for an `out` of another length or type or one that shares memory with the coefficients.
 *
 * @example
 * ```ts
 * const wave = upcoef(Float64Array.of(1), "haar", { part: "d", level: 2 });
 * console.log(wave.map((x) => 2 * x).map(Math.round));
 * // → Float64Array(4) [ 1, 1, -1, -1 ]
 * ```
 */
export function upcoef<A extends FloatArray>(
  coefficients: A,
  wavelet: WaveletLike,
  options: UpcoefOptions & Into<A>,
): A {
  checkSignal(coefficients, "coefficients");
  checkOptions(options, upNames);
  const { part, level = 1, take, out } = options;
  checkPart(part);
  checkLevel(level);
  const bank = waveletOf(wavelet);
  const f = bank.decLo.length;
  const whole = coefficients.length * 2 ** level + (f - 2) * (2 ** level - 1);
  if (whole > mostValues)
    throw new RangeError(`${level} levels of synthesis would make more than 2^28 values`);
  const count = take === undefined || take >= whole ? whole : take;
  if (!Number.isInteger(count) || count < 0)
    throw new RangeError(`take must be an integer from 0 up, not ${take}`);
  const result = arrayFor(out, coefficients, count);
  if (out) checkApart(out, coefficients);
  const kernel = upLineKernelFor(coefficients);
  let band: FloatArray = coefficients;
  for (let above = level - 1; above >= 0; above--) {
    const isFirst = above === level - 1;
    const taps = isFirst && part === "d" ? bank.recHi : bank.recLo;
    const { step, lead } = stepFor(taps, band.length);
    const isResult = above === 0 && result.length === whole;
    const target = isResult ? result : kernel.spare(above & 1, step.length);
    upLines(kernel, [band, lead], 1, step, target);
    band = target;
  }
  if (band === result) return result;
  const from = (whole - result.length) >> 1;
  result.set(band.subarray(from, from + result.length));
  return result;
}

// Steps of frozen filters, kept as the plans of other transforms are: programs use the same few lengths again and again.
const kept = new WeakMap<readonly number[], Map<number, ReturnType<typeof freeSynthesis>>>();
const mostSteps = 64;

function stepFor(taps: readonly number[], count: number): ReturnType<typeof freeSynthesis> {
  const steps = kept.get(taps) ?? new Map<number, ReturnType<typeof freeSynthesis>>();
  const known = steps.get(count);
  if (known) return known;
  const made = freeSynthesis(taps, count);
  if (!Object.isFrozen(taps)) return made;
  if (steps.size >= mostSteps) steps.clear();
  steps.set(count, made);
  kept.set(taps, steps);
  return made;
}

function checkPart(part: string): void {
  if (part !== "a" && part !== "d") throw new RangeError(`part must be "a" or "d", not "${part}"`);
}

function checkLevel(level: number): void {
  if (checkLevels(level, "level") < 1) throw new RangeError("level must be 1 or more, not 0");
}
