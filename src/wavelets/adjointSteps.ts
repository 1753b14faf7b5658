import {
  type Dwt,
  type DwtOptions,
  levelLengths,
  type Wavedec,
  type WavedecOptions,
} from "./dwt.ts";
import { type Dwt2, dwt2, type Matrix, type Wavedec2 } from "./dwt2.ts";
import { type FloatArray, zerosLike } from "./floatArray.ts";
import { type Mode, modeRules } from "./mode.ts";
import type { Wavelet } from "./wavelet.ts";

// Adjoints of the steps in dwt.ts and dwt2.ts, for packets and mra. Their place is beside those; none is exported.

/** The adjoint of `dwt`: bands to a signal, <dwt x, c> = <x, dwtAdjoint c>. */
export function dwtAdjoint<A extends FloatArray>(bands: Dwt<A>): A {
  const { approximation, detail, length, mode, wavelet } = bands;
  const signal = new Float64Array(length);
  eachAnalysisTap(wavelet, mode, length, (k, n, low, high) => {
    signal[n]! += low * approximation[k]! + high * detail[k]!;
  });
  return asKind(approximation, signal);
}

/** The adjoint of `idwt`: a signal to bands, <idwt c, x> = <c, idwtAdjoint x>. */
export function idwtAdjoint<A extends FloatArray>(
  data: A,
  wavelet: Wavelet,
  options: DwtOptions = {},
): Dwt<A> {
  const mode = options.mode ?? "symmetric";
  const { length } = data;
  const count = modeRules[mode].coefficientCount(length, wavelet.decLo.length);
  const approximation = new Float64Array(count);
  const detail = new Float64Array(count);
  eachSynthesisTap(wavelet, mode, length, (k, n, low, high) => {
    approximation[k]! += low * data[n]!;
    detail[k]! += high * data[n]!;
  });
  return {
    approximation: asKind(data, approximation),
    detail: asKind(data, detail),
    length,
    mode,
    wavelet,
  };
}

/** The adjoint of `dwt2`. */
export function dwt2Adjoint<A extends FloatArray>(bands: Dwt2<A>): Matrix<A> {
  const { approximation, horizontal, vertical, diagonal, height, width, mode, wavelet } = bands;
  const along = (low: Matrix<A>, high: Matrix<A>): Matrix<A> =>
    rows(low.height, width, low.data, (i) =>
      dwtAdjoint({
        approximation: row(low, i),
        detail: row(high, i),
        length: width,
        mode,
        wavelet,
      }),
    );
  const low = transpose(along(approximation, vertical));
  const high = transpose(along(horizontal, diagonal));
  return transpose(
    rows(width, height, low.data, (i) =>
      dwtAdjoint({
        approximation: row(low, i),
        detail: row(high, i),
        length: height,
        mode,
        wavelet,
      }),
    ),
  );
}

/** The adjoint of `idwt2`. */
export function idwt2Adjoint<A extends FloatArray>(
  matrix: Matrix<A>,
  wavelet: Wavelet,
  options: DwtOptions = {},
): Dwt2<A> {
  const shape = dwt2(matrix, wavelet, options);
  const { height: count, width: columns } = shape.approximation;
  const split = (source: Matrix<A>, length: number): [low: Matrix<A>, high: Matrix<A>] => {
    const bands = Array.from({ length: source.height }, (_, i) =>
      idwtAdjoint(row(source, i), wavelet, options),
    );
    return [
      rows(source.height, length, source.data, (i) => bands[i]!.approximation),
      rows(source.height, length, source.data, (i) => bands[i]!.detail),
    ];
  };
  const [low, high] = split(transpose(matrix), count).map(transpose) as [Matrix<A>, Matrix<A>];
  const [approximation, vertical] = split(low, columns);
  const [horizontal, diagonal] = split(high, columns);
  return { ...shape, approximation, horizontal, vertical, diagonal };
}

/** The adjoint of `wavedec`. */
export function wavedecAdjoint<A extends FloatArray>(decomposition: Wavedec<A>): A {
  const { coefficients, mode, wavelet } = decomposition;
  const [coarsest, ...details] = coefficients;
  if (coarsest === undefined) throw new RangeError("a decomposition holds at least one band");
  const lengths = levelLengths(decomposition.length, details.length, wavelet, mode);
  return details.reduce<A>(
    (approximation, detail, i) =>
      dwtAdjoint({
        approximation,
        detail,
        length: lengths[details.length - 1 - i]!,
        mode,
        wavelet,
      }),
    coarsest,
  );
}

/** The adjoint of `waverec`: a signal to the bands of `levels` levels. */
export function waverecAdjoint<A extends FloatArray>(
  data: A,
  wavelet: Wavelet,
  { levels, mode = "symmetric" }: WavedecOptions & { readonly levels: number },
): Wavedec<A> {
  let approximation = data;
  const details: A[] = [];
  for (let level = 0; level < levels; level++) {
    const bands = idwtAdjoint(approximation, wavelet, { mode });
    details.unshift(bands.detail);
    approximation = bands.approximation;
  }
  return { coefficients: [approximation, ...details], length: data.length, mode, wavelet };
}

/** The adjoint of `wavedec2`. */
export function wavedec2Adjoint<A extends FloatArray>(decomposition: Wavedec2<A>): Matrix<A> {
  const { approximation, details, mode, wavelet } = decomposition;
  const heights = levelLengths(decomposition.height, details.length, wavelet, mode);
  const widths = levelLengths(decomposition.width, details.length, wavelet, mode);
  return details.reduce<Matrix<A>>((coarse, bands, i) => {
    const level = details.length - 1 - i;
    const size = { height: heights[level]!, width: widths[level]! };
    return dwt2Adjoint({ ...bands, approximation: coarse, ...size, mode, wavelet });
  }, approximation);
}

/** The adjoint of `waverec2`: a matrix to the bands of `levels` levels. */
export function waverec2Adjoint<A extends FloatArray>(
  matrix: Matrix<A>,
  wavelet: Wavelet,
  { levels, mode = "symmetric" }: WavedecOptions & { readonly levels: number },
): Wavedec2<A> {
  const { height, width } = matrix;
  let approximation = matrix;
  const details: Wavedec2<A>["details"][number][] = [];
  for (let level = 0; level < levels; level++) {
    const bands = idwt2Adjoint(approximation, wavelet, { mode });
    const { horizontal, vertical, diagonal } = bands;
    details.unshift({ horizontal, vertical, diagonal });
    approximation = bands.approximation;
  }
  return { approximation, details, height, width, mode, wavelet };
}

/** Visits each product of the analysis: coefficient k takes sample n with these two weights. */
function eachAnalysisTap(
  { decLo, decHi }: Wavelet,
  mode: Mode,
  length: number,
  visit: (k: number, n: number, low: number, high: number) => void,
): void {
  const rule = modeRules[mode];
  const f = decLo.length;
  const count = rule.coefficientCount(length, f);
  for (let k = 0; k < count; k++)
    for (let j = 0; j < f; j++) {
      const n = rule.sampleAt(rule.analysisStart(f) + 2 * k - j, length);
      visit(k, n, decLo[j]!, decHi[j]!);
    }
}

/** Visits each product of the synthesis: sample n takes coefficient k with these two weights. */
function eachSynthesisTap(
  { recLo, recHi }: Wavelet,
  mode: Mode,
  length: number,
  visit: (k: number, n: number, low: number, high: number) => void,
): void {
  const rule = modeRules[mode];
  const f = recLo.length;
  const count = rule.coefficientCount(length, f);
  const start = rule.synthesisStart(f);
  for (let n = 0; n < length; n++)
    for (let t = (n + start) & 1; t < f; t += 2) {
      const k = rule.coefficientAt((n + start - t) / 2, count);
      visit(k, n, recLo[t]!, recHi[t]!);
    }
}

function row<A extends FloatArray>({ width, data }: Matrix<A>, i: number): A {
  return data.subarray(i * width, (i + 1) * width) as A;
}

function rows<A extends FloatArray>(
  height: number,
  width: number,
  like: A,
  rowAt: (i: number) => A,
): Matrix<A> {
  const data = zerosLike(like, height * width);
  for (let i = 0; i < height; i++) data.set(rowAt(i), i * width);
  return { height, width, data };
}

function transpose<A extends FloatArray>({ height, width, data }: Matrix<A>): Matrix<A> {
  const turned = zerosLike(data, data.length);
  for (let i = 0; i < height; i++)
    for (let j = 0; j < width; j++) turned[j * height + i] = data[i * width + j]!;
  return { height: width, width: height, data: turned };
}

function asKind<A extends FloatArray>(like: A, values: Float64Array): A {
  const result = zerosLike(like, values.length);
  result.set(values);
  return result;
}
