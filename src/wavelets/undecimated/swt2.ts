import { checkLevels } from "../arguments/levels.ts";
import { checkOptions } from "../arguments/options.ts";
import { checkResult } from "../arguments/result.ts";
import type { DetailBands } from "../arrays/detailBands.ts";
import { checkFloats, type FloatArray, ofKind, zerosLike } from "../arrays/floatArray.ts";
import { checkExtent, checkMatrix, checkSize, type Matrix } from "../arrays/matrix.ts";
import { type WaveletLike, waveletOf } from "../families/wavelet.ts";
import type { Wavelet } from "../filterBank/wavelet.ts";
import { atrous, type Bank, merge, split, transposedBank } from "./banks.ts";
import { type Axis, toFloat64 } from "./circular.ts";
import { type SwtOptions, swtMaxLevel, swtOptionNames } from "./swt.ts";

/** A matrix's stationary transform: bands of the matrix's size, with everything that reconstruction needs. */
export interface Swt2<A extends FloatArray = FloatArray> {
  /** `[cA_n, …, cA_1]`, coarsest first; `[cA_n]` with `trimApprox`; the matrix if there are no levels. */
  readonly approximations: readonly Matrix<A>[];
  /** The detail bands of each level, coarsest first. */
  readonly details: readonly DetailBands<A>[];
  /** Size of the matrix and of each band. */
  readonly height: number;
  readonly width: number;
  readonly startLevel: number;
  readonly norm: boolean;
  readonly wavelet: Wavelet;
}

/**
 * Stationary transform of a matrix of any size from 1×1, extended periodically along both axes: {@link swt} along axis 0,
 * then along axis 1. `levels` is ⌊log2⌋ of the shorter side by default. If both sides are multiples of 2^levels, the values
 * are PyWavelets'.
 *
 * Throws RangeError for an empty matrix, data of another size, or `levels` that are not an integer from 0 to 53; TypeError
 * for arguments of the wrong type.
 *
 * @example
 * ```ts
 * const image = { height: 5, width: 7, data: new Float64Array(35).fill(1) };
 * const { details } = swt2(image, "haar", { levels: 2 });
 * console.log(details.map(({ hl }) => `${hl.height}×${hl.width}`));
 * // → [ '5×7', '5×7' ]
 * ```
 */
export function swt2<A extends FloatArray>(
  matrix: Matrix<A>,
  wavelet: WaveletLike,
  options: SwtOptions = {},
): Swt2<A> {
  return analyze(matrix, wavelet, options, atrous.analysis);
}

/**
 * The inverse of {@link swt2}: the matrix, for any size. Only the coarsest approximation is read. Throws RangeError if a
 * band has another size than the matrix.
 */
export function iswt2<A extends FloatArray>(coefficients: Swt2<A>): Matrix<A> {
  checkResult(coefficients, "approximations", "swt2");
  const approximations = coefficients.approximations.slice(0, 1);
  return synthesize({ ...coefficients, approximations }, atrous.synthesis);
}

/** The adjoint of {@link swt2}, over all bands that are present, finer approximations included. Throws RangeError as iswt2 does. */
export function swt2Adjoint<A extends FloatArray>(coefficients: Swt2<A>): Matrix<A> {
  checkResult(coefficients, "approximations", "swt2");
  return synthesize(coefficients, (...of) => transposedBank(atrous.analysis(...of)));
}

/**
 * The adjoint of {@link iswt2}: from a matrix to coefficients, in the form that {@link swt2} returns with these options.
 * The finer approximations are zeros. Throws as swt2 does.
 */
export function iswt2Adjoint<A extends FloatArray>(
  matrix: Matrix<A>,
  wavelet: WaveletLike,
  options: SwtOptions = {},
): Swt2<A> {
  checkOptions(options, swtOptionNames);
  const { trimApprox = false, ...rest } = options;
  const bankOf: BankOf = (...of) => transposedBank(atrous.synthesis(...of));
  const result = analyze(matrix, wavelet, { ...rest, trimApprox: true }, bankOf);
  const { height, width, data } = matrix;
  const zeros = () => ({ height, width, data: zerosLike(data, data.length) });
  const finer = trimApprox ? [] : result.details.slice(1).map(zeros);
  return { ...result, approximations: [...result.approximations, ...finer] };
}

type BankOf = (wavelet: Wavelet, level: number, norm: boolean) => Bank;

function analyze<A extends FloatArray>(
  matrix: Matrix<A>,
  like: WaveletLike,
  options: SwtOptions,
  bankOf: BankOf,
): Swt2<A> {
  checkMatrix(matrix);
  checkOptions(options, swtOptionNames);
  const wavelet = waveletOf(like);
  const { height, width, data } = matrix;
  const { startLevel = 0, norm = false, trimApprox = false } = options;
  const levels = checkLevels(options.levels ?? swtMaxLevel(Math.min(height, width)));
  checkLevels(startLevel, "startLevel");
  const { down, along } = axes(height, width);
  const band = (values: Float64Array): Matrix<A> => ({
    height,
    width,
    data: ofKind(data, values),
  });
  let approximation: Float64Array = toFloat64(data);
  const approximations: Matrix<A>[] = [];
  const details: DetailBands<A>[] = [];
  for (let step = 1; step <= levels; step++) {
    const bank = bankOf(wavelet, startLevel + step, norm);
    const [low, high] = split(approximation, bank, down);
    const [lowLow, lh] = split(low, bank, along);
    const [hl, hh] = split(high, bank, along);
    details.unshift({
      hl: band(hl),
      lh: band(lh),
      hh: band(hh),
    });
    if (!trimApprox) approximations.unshift(band(lowLow));
    approximation = lowLow;
  }
  if (levels === 0) approximations.push({ height, width, data: data.slice() as A });
  else if (trimApprox) approximations.push(band(approximation));
  return { approximations, details, height, width, startLevel, norm, wavelet };
}

function synthesize<A extends FloatArray>(coefficients: Swt2<A>, bankOf: BankOf): Matrix<A> {
  const { approximations, details, height, width, startLevel, norm, wavelet } = coefficients;
  const [coarsest, ...finer] = approximations;
  checkExtent(height, width);
  if (coarsest === undefined) throw new RangeError("a transform needs at least one approximation");
  for (const band of [...approximations, ...details.flatMap(bandsOf)]) {
    checkSize(band, height, width);
    checkFloats(band.data, "a band");
  }
  const { down, along } = axes(height, width);
  let values: Float64Array = Float64Array.from(coarsest.data);
  details.forEach(({ hl, lh, hh }, i) => {
    const bank = bankOf(wavelet, startLevel + details.length - i, norm);
    const low = merge(values, toFloat64(lh.data), bank, along);
    const high = merge(toFloat64(hl.data), toFloat64(hh.data), bank, along);
    values = merge(low, high, bank, down);
    const known = finer[i]?.data;
    if (known !== undefined) values = values.map((value, n) => value + known[n]!);
  });
  return { height, width, data: ofKind(coarsest.data, values) };
}

function bandsOf<A extends FloatArray>(bands: DetailBands<A>): Matrix<A>[] {
  return [bands.hl, bands.lh, bands.hh];
}

function axes(height: number, width: number): { readonly down: Axis; readonly along: Axis } {
  return { down: { length: height, inner: width }, along: { length: width, inner: 1 } };
}
