import { checkLevels } from "../arguments/levels.ts";
import { checkOptions, optionNames } from "../arguments/options.ts";
import { checkResult } from "../arguments/result.ts";
import {
  type AxesOption,
  alongAxis,
  type Bands,
  bandKeys,
  checkArrayIs,
  eachAxis,
  type PerAxis,
  resolveAxes,
} from "../arrays/axes.ts";
import { checkSameType, type FloatArray, ofKind, zerosLike } from "../arrays/floatArray.ts";
import { type NdArray, rowMajor } from "../arrays/ndArray.ts";
import { type WaveletLike, waveletOf } from "../families/wavelet.ts";
import type { Wavelet } from "../filterBank/wavelet.ts";
import { atrous, type Bank, merge, split, transposedBank } from "./banks.ts";
import { toFloat64 } from "./circular.ts";
import { type SwtOptions, swtMaxLevel } from "./swt.ts";

/** Options of a stationary transform along some axes. */
export interface SwtnOptions extends SwtOptions, AxesOption {}

/** An axis that is transformed, with its wavelet. */
export interface SwtnAxis {
  readonly axis: number;
  readonly wavelet: Wavelet;
}

/** An array's stationary transform: bands of the array's shape, with everything that reconstruction needs. */
export interface Swtn<A extends FloatArray = FloatArray> {
  /** Coarsest first; only the coarsest with `trimApprox`; the array if there are no levels. */
  readonly approximations: readonly NdArray<A>[];
  /** The bands of each level by keys such as `ad`, every key except the one with only `a`; coarsest level first. */
  readonly details: readonly Bands<A>[];
  /** Shape of the array and of each band. */
  readonly shape: readonly number[];
  /** The transformed axes in ascending order, each with its wavelet. */
  readonly axes: readonly SwtnAxis[];
  readonly startLevel: number;
  readonly norm: boolean;
}

const swtnOptionNames = optionNames<SwtnOptions>({
  levels: true,
  startLevel: true,
  norm: true,
  trimApprox: true,
  axes: true,
});

/**
 * Stationary transform of an array along some of its axes, extended periodically: `swt` along each axis in turn. Each axis can
 * have its own wavelet; the axes that are not transformed are a batch. `levels` is the smallest {@link swtMaxLevel} of the
 * axes by default. Where the lengths are multiples of 2^levels, the values are PyWavelets'.
 *
 * Throws RangeError for an array without elements, for axes that do not exist or occur twice, and for `levels` that are not
 * an integer from 0 to 53; TypeError for arguments of the wrong type.
 *
 * @example
 * ```ts
 * const film = { shape: [3, 5, 7], data: new Float32Array(105).fill(1) };
 * const { details } = swtn(film, ["haar", "db2"], { axes: [1, 2], levels: 2 }); // each of the three pictures
 * console.log(Object.keys(details[0]), details[0].dd.shape);
 * // → [ 'ad', 'da', 'dd' ] [ 3, 5, 7 ]
 * ```
 */
export function swtn<A extends FloatArray>(
  array: NdArray<A>,
  wavelet: PerAxis<WaveletLike>,
  options: SwtnOptions = {},
): Swtn<A> {
  return analyze(array, wavelet, options, atrous.analysis);
}

/**
 * The inverse of {@link swtn}: the array, for any shape. Only the coarsest approximation is read. Throws RangeError if a band
 * is missing or has another shape than the array.
 */
export function iswtn<A extends FloatArray>(coefficients: Swtn<A>): NdArray<A> {
  checkResult(coefficients, "approximations", "swtn");
  const approximations = coefficients.approximations.slice(0, 1);
  return synthesize({ ...coefficients, approximations }, atrous.synthesis);
}

/** The adjoint of {@link swtn}, over all bands that are present, finer approximations included. Throws RangeError as iswtn does. */
export function swtnAdjoint<A extends FloatArray>(coefficients: Swtn<A>): NdArray<A> {
  checkResult(coefficients, "approximations", "swtn");
  return synthesize(coefficients, (...of) => transposedBank(atrous.analysis(...of)));
}

/**
 * The adjoint of {@link iswtn}: from an array to coefficients, in the form that {@link swtn} returns with these options. The
 * finer approximations are zeros. Throws as swtn does.
 */
export function iswtnAdjoint<A extends FloatArray>(
  array: NdArray<A>,
  wavelet: PerAxis<WaveletLike>,
  options: SwtnOptions = {},
): Swtn<A> {
  checkOptions(options, swtnOptionNames);
  const { trimApprox = false, ...rest } = options;
  const bankOf: BankOf = (...of) => transposedBank(atrous.synthesis(...of));
  const result = analyze(array, wavelet, { ...rest, trimApprox: true }, bankOf);
  if (trimApprox) return result;
  const zeros = ({ shape, data }: NdArray<A>) => ({ shape, data: zerosLike(data, data.length) });
  const [coarsest] = result.approximations;
  const finer = result.details.slice(1).map(() => zeros(coarsest!));
  return { ...result, approximations: [coarsest!, ...finer] };
}

type BankOf = (wavelet: Wavelet, level: number, norm: boolean) => Bank;

function analyze<A extends FloatArray>(
  array: NdArray<A>,
  wavelets: PerAxis<WaveletLike>,
  options: SwtnOptions,
  bankOf: BankOf,
): Swtn<A> {
  const data = rowMajor(array);
  checkOptions(options, swtnOptionNames);
  const { shape } = array;
  const named = resolveAxes(shape, options.axes);
  const each = eachAxis(wavelets, named.length, "wavelets");
  const axes = named
    .map((axis, i): SwtnAxis => ({ axis, wavelet: waveletOf(each[i]!) }))
    .toSorted((a, b) => a.axis - b.axis);
  const { startLevel = 0, norm = false, trimApprox = false } = options;
  const shortest = Math.min(...named.map((axis) => shape[axis]!));
  const levels = checkLevels(options.levels ?? swtMaxLevel(shortest));
  checkLevels(startLevel, "startLevel");
  const keys = bandKeys(axes.length);
  const band = (values: Float64Array): NdArray<A> => ({ shape, data: ofKind(data, values) });
  const approximations: NdArray<A>[] = [];
  const details: Bands<A>[] = [];
  let low: Float64Array = toFloat64(data);
  for (let step = 1; step <= levels; step++) {
    let bands = [low];
    for (const { axis, wavelet } of axes) {
      const bank = bankOf(wavelet, startLevel + step, norm);
      bands = bands.flatMap((one) => split(one, bank, alongAxis(shape, axis)));
    }
    low = bands[0]!;
    details.unshift(Object.fromEntries(keys.slice(1).map((key, k) => [key, band(bands[k + 1]!)])));
    if (!trimApprox || step === levels) approximations.unshift(band(low));
  }
  if (levels === 0) approximations.push({ shape, data: data.slice() as A });
  return { approximations, details, shape, axes, startLevel, norm };
}

function synthesize<A extends FloatArray>(coefficients: Swtn<A>, bankOf: BankOf): NdArray<A> {
  const { approximations, details, shape, axes, startLevel, norm } = coefficients;
  const [coarsest, ...finer] = approximations;
  if (coarsest === undefined) throw new RangeError("a transform needs at least one approximation");
  const valuesOf = (band: NdArray<A> | undefined, key: string): Float64Array => {
    if (!band) throw new RangeError(`the band ${key} is missing`);
    checkArrayIs(band, shape, `the band ${key}`);
    const values = rowMajor(band);
    checkSameType(values, coarsest.data, `the band ${key}`);
    return toFloat64(values);
  };
  const [lowest = "a", ...high] = bandKeys(axes.length);
  let low = valuesOf(coarsest, lowest);
  details.forEach((level, i) => {
    let bands = [low, ...high.map((key) => valuesOf(level[key], key))];
    for (const { axis, wavelet } of axes.toReversed()) {
      const bank = bankOf(wavelet, startLevel + details.length - i, norm);
      const layout = alongAxis(shape, axis);
      bands = Array.from({ length: bands.length / 2 }, (_, k) =>
        merge(bands[2 * k]!, bands[2 * k + 1]!, bank, layout),
      );
    }
    low = bands[0]!;
    const known = finer[i] && valuesOf(finer[i], lowest);
    if (known) low = low.map((value, n) => value + known[n]!);
  });
  const data = ofKind(coarsest.data, low);
  return { shape, data: details.length === 0 ? (data.slice() as A) : data };
}
