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
import { checkSameType, type FloatArray, ofKind } from "../arrays/floatArray.ts";
import { checkApart, type Into, intoNames, zerosFor } from "../arrays/into.ts";
import { elementsFor, type NdArray, rowMajor } from "../arrays/ndArray.ts";
import { type WaveletLike, waveletOf } from "../families/wavelet.ts";
import type { Wavelet } from "../filterBank/wavelet.ts";
import { atrous, type Bank, merge, split, transposedBank } from "./banks.ts";
import { toFloat64 } from "./circular.ts";
import { checkEarlier } from "./earlier.ts";
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

const swtnOptionNames = optionNames<SwtnOptions & Into<unknown>>({
  levels: true,
  startLevel: true,
  norm: true,
  trimApprox: true,
  axes: true,
  out: true,
});

/**
 * Stationary transform of an array along some of its axes, extended periodically: `swt` along each axis in turn. Each axis can
 * have its own wavelet; the axes that are not transformed are a batch. `levels` is the smallest {@link swtMaxLevel} of the
 * axes by default. Where the lengths are multiples of 2^levels, the values are PyWavelets'.
 *
 * Throws RangeError for an array without elements, for axes that do not exist or occur twice, for `levels` that are not an integer
 * from 0 to 53, and for an `out` of other sizes or one that shares memory with the array; TypeError for arguments of the wrong type.
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
  options: SwtnOptions & Into<Swtn<A>> = {},
): Swtn<A> {
  return analyze(array, wavelet, options, atrous.analysis);
}

/**
 * The inverse of {@link swtn}: the array, for any shape. Only the coarsest approximation is read. Throws RangeError if a band
 * is missing or has another shape than the array, and for an `out` of another shape or type or one that shares memory with a band.
 */
export function iswtn<A extends FloatArray>(
  coefficients: Swtn<A>,
  options: Into<NdArray<A>> = {},
): NdArray<A> {
  checkResult(coefficients, "approximations", "swtn");
  const approximations = coefficients.approximations.slice(0, 1);
  return synthesize({ ...coefficients, approximations }, atrous.synthesis, options);
}

/** The adjoint of {@link swtn}, over all bands that are present, finer approximations included. Throws RangeError as iswtn does. */
export function swtnAdjoint<A extends FloatArray>(
  coefficients: Swtn<A>,
  options: Into<NdArray<A>> = {},
): NdArray<A> {
  checkResult(coefficients, "approximations", "swtn");
  return synthesize(coefficients, (...of) => transposedBank(atrous.analysis(...of)), options);
}

/**
 * The adjoint of {@link iswtn}: from an array to coefficients, in the form that {@link swtn} returns with these options. The
 * finer approximations are zeros. Throws as swtn does.
 */
export function iswtnAdjoint<A extends FloatArray>(
  array: NdArray<A>,
  wavelet: PerAxis<WaveletLike>,
  options: SwtnOptions & Into<Swtn<A>> = {},
): Swtn<A> {
  const bankOf: BankOf = (...of) => transposedBank(atrous.synthesis(...of));
  return analyze(array, wavelet, options, bankOf, true);
}

type BankOf = (wavelet: Wavelet, level: number, norm: boolean) => Bank;

function analyze<A extends FloatArray>(
  array: NdArray<A>,
  wavelets: PerAxis<WaveletLike>,
  options: SwtnOptions & Into<Swtn<A>>,
  bankOf: BankOf,
  finerAreZeros = false,
): Swtn<A> {
  const data = rowMajor(array);
  checkOptions(options, swtnOptionNames);
  const { shape } = array;
  const named = resolveAxes(shape, options.axes);
  const each = eachAxis(wavelets, named.length, "wavelets");
  const axes = named
    .map((axis, i): SwtnAxis => ({ axis, wavelet: waveletOf(each[i]!) }))
    .toSorted((a, b) => a.axis - b.axis);
  const { startLevel = 0, norm = false, trimApprox = false, out } = options;
  const shortest = Math.min(...named.map((axis) => shape[axis]!));
  const levels = checkLevels(options.levels ?? swtMaxLevel(shortest));
  checkLevels(startLevel, "startLevel");
  checkEarlier(out, levels, trimApprox, "swtn");
  const keys = bandKeys(axes.length).slice(1); // the first is the approximation's
  const given = (band: NdArray<A> | undefined): A | undefined => {
    if (!band) return undefined;
    const own = elementsFor(band, data, shape, "a band of out");
    checkApart(own, data, "a band of out");
    return own;
  };
  // Transforms are computed in double precision; bands of that type are written where they are wanted.
  const band = (values: Float64Array, target: A | undefined): NdArray<A> => {
    if (!target || target === values) return { shape, data: ofKind(data, values) };
    target.set(values);
    return { shape, data: target };
  };
  const approximations: NdArray<A>[] = [];
  const details: Bands<A>[] = [];
  let low: Float64Array = toFloat64(data);
  for (let step = 1; step <= levels; step++) {
    const [own, isLast] = [levels - step, step === levels]; // coarsest first
    const isKept = isLast || !(trimApprox || finerAreZeros);
    const earlier = out?.details[own];
    const targets = [
      isKept ? given(out?.approximations[trimApprox ? 0 : own]) : undefined,
      ...keys.map((key) => given(earlier && bandOf(earlier, key))),
    ];
    let bands = [low];
    axes.forEach(({ axis, wavelet }, i) => {
      const bank = bankOf(wavelet, startLevel + step, norm);
      const direct = (k: number) => {
        const target = i === axes.length - 1 ? targets[k] : undefined;
        return target instanceof Float64Array ? target : undefined;
      };
      bands = bands.flatMap((one, k) =>
        split(one, bank, alongAxis(shape, axis), [direct(2 * k), direct(2 * k + 1)]),
      );
    });
    low = bands[0]!;
    details.unshift(
      Object.fromEntries(keys.map((key, k) => [key, band(bands[k + 1]!, targets[k + 1])])),
    );
    if (isKept) approximations.unshift(band(low, targets[0]));
  }
  if (levels === 0) {
    const copied = elementsFor(out?.approximations[0], data, shape, "a band of out");
    copied.set(data);
    approximations.push({ shape, data: copied });
  }
  const finer = finerAreZeros && !trimApprox ? details.slice(1) : [];
  const zeros = finer.map((_, i) => {
    const target = given(out?.approximations[i + 1]);
    return { shape, data: zerosFor(target, data, data.length) };
  });
  return {
    approximations: [...approximations, ...zeros],
    ...{ details, shape, axes, startLevel, norm },
  };
}

function bandOf<A extends FloatArray>(bands: Bands<A>, key: string): NdArray<A> {
  const band = bands[key];
  if (!band) throw new RangeError(`the band ${key} is missing`);
  return band;
}

function synthesize<A extends FloatArray>(
  coefficients: Swtn<A>,
  bankOf: BankOf,
  options: Into<NdArray<A>>,
): NdArray<A> {
  checkOptions(options, intoNames);
  const { approximations, details, shape, axes, startLevel, norm } = coefficients;
  const [coarsest, ...finer] = approximations;
  if (coarsest === undefined) throw new RangeError("a transform needs at least one approximation");
  const out = options.out && elementsFor(options.out, coarsest.data, shape);
  const valuesOf = (band: NdArray<A>, key: string): Float64Array => {
    checkArrayIs(band, shape, `the band ${key}`);
    const values = rowMajor(band);
    checkSameType(values, coarsest.data, `the band ${key}`);
    if (out) checkApart(out, values);
    return toFloat64(values);
  };
  const [lowest = "a", ...high] = bandKeys(axes.length);
  let low = valuesOf(coarsest, lowest);
  details.forEach((level, i) => {
    let bands = [low, ...high.map((key) => valuesOf(bandOf(level, key), key))];
    for (const { axis, wavelet } of axes.toReversed()) {
      const bank = bankOf(wavelet, startLevel + details.length - i, norm);
      const layout = alongAxis(shape, axis);
      // The last pair makes the array, if nothing is added to it.
      const isLast = i === details.length - 1 && bands.length === 2;
      const target = isLast && !finer[i] && out instanceof Float64Array ? out : undefined;
      bands = Array.from({ length: bands.length / 2 }, (_, k) =>
        merge(bands[2 * k]!, bands[2 * k + 1]!, bank, layout, target),
      );
    }
    low = bands[0]!;
    const known = finer[i] && valuesOf(finer[i], lowest);
    if (known) low = low.map((value, n) => value + known[n]!);
  });
  if (out) {
    if (low !== out) out.set(low);
    return { shape, data: out };
  }
  const data = ofKind(coarsest.data, low);
  return { shape, data: details.length === 0 ? (data.slice() as A) : data };
}
