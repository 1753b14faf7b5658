import { checkLevels } from "../arguments/levels.ts";
import { checkOptions } from "../arguments/options.ts";
import { checkResult } from "../arguments/result.ts";
import { bandsOf, type DetailBands } from "../arrays/detailBands.ts";
import { checkSameType, type FloatArray } from "../arrays/floatArray.ts";
import { type Into, intoNames, zerosFor } from "../arrays/into.ts";
import { checkExtent, checkMatrix, checkSize, type Matrix, matrixFor } from "../arrays/matrix.ts";
import { type WaveletLike, waveletOf } from "../families/wavelet.ts";
import type { Wavelet } from "../filterBank/wavelet.ts";
import { atrous, type Bank, transposedBank } from "./banks.ts";
import { checkEarlier } from "./earlier.ts";
import { cascadePlanes, type Planes, rebuildPlanes } from "./planes.ts";
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
 * The bands are written into `out` if it is given, which may hold the matrix itself.
 *
 * Throws RangeError for an empty matrix, data of another size, `levels` that are not an integer from 0 to 53 and an `out` of other
 * sizes; TypeError for arguments of the wrong type.
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
  options: SwtOptions & Into<Swt2<A>> = {},
): Swt2<A> {
  return analyze(matrix, wavelet, options, atrous.analysis);
}

/**
 * The inverse of {@link swt2}: the matrix, for any size. Only the coarsest approximation is read. Written into `out` if it is given,
 * which may be one of the bands. Throws RangeError if a band has another size than the matrix, and for an `out` of another size or
 * type.
 */
export function iswt2<A extends FloatArray>(
  coefficients: Swt2<A>,
  options: Into<Matrix<A>> = {},
): Matrix<A> {
  checkResult(coefficients, "approximations", "swt2");
  const approximations = coefficients.approximations.slice(0, 1);
  return synthesize({ ...coefficients, approximations }, atrous.synthesis, options);
}

/** The adjoint of {@link swt2}, over all bands that are present, finer approximations included. Throws RangeError as iswt2 does. */
export function swt2Adjoint<A extends FloatArray>(
  coefficients: Swt2<A>,
  options: Into<Matrix<A>> = {},
): Matrix<A> {
  checkResult(coefficients, "approximations", "swt2");
  return synthesize(coefficients, (...of) => transposedBank(atrous.analysis(...of)), options);
}

/**
 * The adjoint of {@link iswt2}: from a matrix to coefficients, in the form that {@link swt2} returns with these options.
 * The finer approximations are zeros. Throws as swt2 does.
 */
export function iswt2Adjoint<A extends FloatArray>(
  matrix: Matrix<A>,
  wavelet: WaveletLike,
  options: SwtOptions & Into<Swt2<A>> = {},
): Swt2<A> {
  const bankOf: BankOf = (...of) => transposedBank(atrous.synthesis(...of));
  return analyze(matrix, wavelet, options, bankOf, true);
}

type BankOf = (wavelet: Wavelet, level: number, norm: boolean) => Bank;

function analyze<A extends FloatArray>(
  matrix: Matrix<A>,
  like: WaveletLike,
  options: SwtOptions & Into<Swt2<A>>,
  bankOf: BankOf,
  finerAreZeros = false,
): Swt2<A> {
  checkMatrix(matrix);
  checkOptions(options, swtOptionNames);
  const wavelet = waveletOf(like);
  const { height, width, data } = matrix;
  const { startLevel = 0, norm = false, trimApprox = false, out } = options;
  const levels = checkLevels(options.levels ?? swtMaxLevel(Math.min(height, width)));
  checkLevels(startLevel, "startLevel");
  const rest = { height, width, startLevel, norm, wavelet };
  checkEarlier(out, levels, trimApprox, "swt2");
  const band = (data: A): Matrix<A> => ({ height, width, data });
  if (levels === 0) {
    const copied = matrixFor(out?.approximations[0], data, height, width);
    copied.data.set(data);
    return { approximations: [copied], details: [], ...rest };
  }
  const given = out && planesOf(out, height, width);
  const banks = banksOf(rest, levels, bankOf);
  const isTrimmed = trimApprox || finerAreZeros;
  const { approximations, details } = cascadePlanes(data, [height, width], banks, isTrimmed, given);
  const finer = finerAreZeros && !trimApprox ? details.slice(1) : [];
  const zeros = finer.map((_, i) =>
    zerosFor(given?.approximations[i + 1], data, data.length, "a band of out"),
  );
  return {
    approximations: [...approximations, ...zeros].map(band),
    details: details.map(({ hl, lh, hh }) => ({ hl: band(hl), lh: band(lh), hh: band(hh) })),
    ...rest,
  };
}

function synthesize<A extends FloatArray>(
  coefficients: Swt2<A>,
  bankOf: BankOf,
  options: Into<Matrix<A>>,
): Matrix<A> {
  checkOptions(options, intoNames);
  const { approximations, details, height, width } = coefficients;
  checkExtent(height, width);
  if (approximations.length === 0)
    throw new RangeError("a transform needs at least one approximation");
  const planes = planesOf(coefficients, height, width);
  for (const band of [...approximations, ...details.flatMap(bandsOf)])
    checkSameType(band.data, approximations[0]!.data);
  const banks = banksOf(coefficients, details.length, bankOf);
  const out = options.out && matrixFor(options.out, approximations[0]!.data, height, width).data;
  return { height, width, data: rebuildPlanes(planes, [height, width], banks, out) };
}

/** The coefficients of all bands. Throws RangeError unless they have this size. */
function planesOf<A extends FloatArray>(
  { approximations, details }: Pick<Swt2<A>, "approximations" | "details">,
  height: number,
  width: number,
): Planes<A> {
  for (const band of [...approximations, ...details.flatMap(bandsOf)])
    checkSize(band, height, width);
  return {
    approximations: approximations.map(({ data }) => data),
    details: details.map(({ hl, lh, hh }) => ({ hl: hl.data, lh: lh.data, hh: hh.data })),
  };
}

/** The banks of all levels, finest first. */
function banksOf(
  { startLevel, norm, wavelet }: Pick<Swt2, "startLevel" | "norm" | "wavelet">,
  levels: number,
  bankOf: BankOf,
): Bank[] {
  return Array.from({ length: levels }, (_, i) => bankOf(wavelet, startLevel + i + 1, norm));
}
