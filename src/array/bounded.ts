import { encodePlanes } from "../codec/planes/encodePlanes.ts";
import type { Known } from "../codec/planes/known.ts";
import type { CodedArray, Corrections } from "./arrayHead.ts";
import { type Axis, axesOf } from "./axes.ts";
import { realCoefficients, realPlan, realSamples } from "./coefficients.ts";
import { type ElementType, rounderOf } from "./elements.ts";
import type { Prepared } from "./prepare.ts";
import { corrected, limited, storedBytes } from "./reconstruct.ts";
import { encodeWhole, wholeLimit } from "./wholeCode.ts";

/*
 * Codes of which every sample is within a maximal error. Three ways, of which the shortest code is taken:
 *
 *   smooth   the 9/7 transform, quantized with a step; samples that are wrong by more get corrections (Li, Lindstrom & Clyne,
 *            "Lossy scientific data compression with SPERR", 2023)
 *   whole    samples quantized to twice the error, which are coded losslessly after the reversible 5/3, or without a transform
 *   listed   the same with the numbers of a few values that occur
 */

/** A way to code an array. */
export type Way =
  | { readonly type: "smooth" /** The step over the error. */; readonly ratio: number }
  | { readonly type: "whole"; readonly levels: number }
  | { readonly type: "listed"; readonly levels: number };

/** All levels of the axes. */
export const allLevels = 15;

/** The ways that are tried; those of a list where the array has few values. */
export const ways: readonly Way[] = [
  { type: "whole", levels: allLevels },
  { type: "whole", levels: 0 },
  { type: "smooth", ratio: 1.1 },
  { type: "smooth", ratio: 1.6 },
  { type: "smooth", ratio: 2.4 },
  { type: "smooth", ratio: 3.6 },
];
export const listedWays: readonly Way[] = [
  { type: "listed", levels: allLevels },
  { type: "listed", levels: 0 },
];

/** Codes an array in one way so that no sample is wrong by more than an error; undefined where that way cannot. */
export function encodeBounded(array: Prepared, maxError: number, way: Way): CodedArray | undefined {
  if (way.type === "listed") return encodeListed(array, maxError, way.levels);
  if (way.type === "whole") return encodeQuantized(array, maxError, way.levels);
  return encodeCorrected(array, maxError, way.ratio);
}

/** The samples as they are, for all that nothing else can code. */
export function encodeStored(array: Prepared, maxError: number | undefined): CodedArray {
  const { element, shape, data, rate } = array;
  return {
    head: {
      ...{ element, shape, coding: { type: "stored" }, levels: 0, startingPlane: -1 },
      ...{ isCut: false, isCorrected: false, maxError, rate },
    },
    code: storedBytes(data),
    values: undefined,
    corrections: undefined,
  };
}

/** Distances of values that keep an error, the widest first: floating-point samples are rounded once more. */
function unitsFor(element: ElementType, maxError: number, largest: number): readonly number[] {
  if (element.range) return [2 * Math.floor(maxError) + 1];
  const rounding = largest * 2 ** -element.precision;
  return [2 * (maxError - rounding) * (1 - 2 ** -20), maxError, maxError / 2].filter(
    (unit) => unit > 0 && 1 / unit < Number.MAX_VALUE,
  );
}

/** Finds whole numbers n for which offset + unit · n is within an error of each sample, as it is written; undefined where there are none. */
function quantized(
  { data, element, offset }: Prepared,
  unit: number,
  maxError: number,
): Int32Array | undefined {
  const round = rounderOf(element);
  const numbers = new Int32Array(data.length);
  for (let i = 0; i < data.length; i++) {
    const x = data[i]!;
    const n = nearest((k) => round(offset + unit * k), x, (x - offset) / unit, maxError);
    if (n === undefined) return undefined;
    numbers[i] = n;
  }
  return numbers;
}

/** The whole number nearest to a quotient, or one beside it, for which a value is within an error of a sample. */
function nearest(
  sampleFor: (n: number) => number,
  x: number,
  quotient: number,
  maxError: number,
): number | undefined {
  const middle = Math.round(quotient);
  if (!(Math.abs(middle) < wholeLimit)) return undefined;
  if (Math.abs(sampleFor(middle) - x) <= maxError) return middle;
  for (const n of [middle - 1, middle + 1]) if (Math.abs(sampleFor(n) - x) <= maxError) return n;
  return undefined;
}

/** The whole numbers of samples, and the distance of values: the widest that keeps the error. */
export function quantize(
  array: Prepared,
  maxError: number,
): { readonly numbers: Int32Array; readonly unit: number } | undefined {
  for (const unit of unitsFor(array.element, maxError, array.largest)) {
    const numbers = quantized(array, unit, maxError);
    if (numbers) return { numbers, unit };
  }
  return undefined;
}

function encodeQuantized(
  array: Prepared,
  maxError: number,
  levels: number,
): CodedArray | undefined {
  const found = quantize(array, maxError);
  if (!found) return undefined;
  return wholeArray(array, maxError, levels, found.numbers, found.unit, undefined);
}

/** The code of whole numbers. */
export function wholeArray(
  { element, shape, offset, rate }: Prepared,
  maxError: number | undefined,
  levels: number,
  numbers: Int32Array,
  unit: number,
  values: readonly number[] | undefined,
): CodedArray | undefined {
  const coded = encodeWhole(numbers, limited(axesOf(shape), levels));
  if (!coded) return undefined;
  const { code, startingPlane, lowered } = coded;
  const isListed = values !== undefined;
  const coding = { type: "whole", offset, unit, lowered, isListed } as const;
  const head = {
    element,
    shape,
    coding,
    levels,
    startingPlane,
    isCut: false,
    isCorrected: false,
    maxError,
    rate,
  };
  return { head, code, values, corrections: undefined };
}

/** Values of a list at most. */
const listLimit = 1024;

/** The different samples, ascending; undefined where there are more than a list holds. */
export function fewValues(data: Iterable<number>): readonly number[] | undefined {
  const found = new Set<number>();
  for (const x of data) {
    found.add(x);
    if (found.size > listLimit) return undefined;
  }
  return [...found].sort((a, b) => a - b);
}

/** Codes the numbers of the values that occur: of the samples themselves, or of what they become where these are too many. */
export function encodeListed(
  array: Prepared,
  maxError: number,
  levels: number,
): CodedArray | undefined {
  const { data, element, offset } = array;
  let written: ArrayLike<number> & Iterable<number> = data;
  let values = fewValues(data);
  if (!values) {
    const found = quantize(array, maxError);
    if (!found) return undefined;
    const round = rounderOf(element);
    written = Float64Array.from(found.numbers, (n) => round(offset + found.unit * n));
    values = fewValues(written);
  }
  if (!values) return undefined;
  const middle = values.length >> 1;
  const numberOf = new Map(values.map((value, n) => [value, n - middle]));
  const numbers = Int32Array.from(written, (value) => numberOf.get(value)!); // all are in the list
  return wholeArray(array, maxError, levels, numbers, 1, values);
}

/** A code of the 9/7 transform without corrections. */
export interface SmoothCode {
  readonly array: CodedArray;
  readonly known: Known;
}

/** Coefficients of samples less their offset, ready to be coded with any step. */
export interface Analysis {
  readonly axes: readonly Axis[];
  readonly arrays: ReturnType<typeof realPlan>;
  readonly coefficients: Float64Array;
  readonly largest: number;
}

const analyses = new WeakMap<Prepared, Analysis>();

/** The transform of an array, which is computed once. */
export function analysisOf(array: Prepared): Analysis {
  let found = analyses.get(array);
  if (!found) {
    const axes = axesOf(array.shape);
    const arrays = realPlan(axes);
    const { offset } = array;
    const samples = Float64Array.from(array.data, (x) => x - offset);
    const coefficients = realCoefficients(samples, axes, arrays);
    const largest = coefficients.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
    found = { axes, arrays, coefficients, largest };
    analyses.set(array, found);
  }
  return found;
}

/** What is worth more than a bit, as squared error in units of the step. */
const lambda = 0.1;

/** Codes an array with a step; undefined where that is too fine for its coefficients. */
export function encodeSmooth(array: Prepared, step: number): SmoothCode | undefined {
  const { element, shape, offset, rate } = array;
  const { arrays, coefficients, largest } = analysisOf(array);
  if (!(step > 0 && largest / step < 2 ** 26)) return undefined;
  const scaled = coefficients.map((x) => x / step);
  const { bytes, known, startingPlane } = encodePlanes(scaled, arrays.plan, { lambda });
  const coding = { type: "smooth", offset, unit: step } as const;
  const head = {
    element,
    shape,
    coding,
    levels: allLevels,
    startingPlane,
    isCut: false,
    isCorrected: false,
  };
  return {
    array: {
      head: { ...head, maxError: undefined, rate },
      ...{ code: bytes, values: undefined, corrections: undefined },
    },
    known,
  };
}

function encodeCorrected(array: Prepared, maxError: number, ratio: number): CodedArray | undefined {
  const { element } = array;
  const smooth = encodeSmooth(array, ratio * (element.range ? maxError + 0.5 : maxError));
  if (!smooth) return undefined;
  const { axes, arrays } = analysisOf(array);
  const { coding, ...head } = smooth.array.head;
  if (coding.type !== "smooth") return undefined;
  const samples = realSamples(smooth.known, coding.unit, axes, arrays);
  const corrections = correctionsOf(array, samples, maxError, axes);
  if (!corrections) return undefined;
  const isNeeded = corrections.startingPlane >= 0;
  return {
    ...smooth.array,
    head: { ...head, coding, maxError, isCorrected: isNeeded },
    corrections: isNeeded ? corrections : undefined,
  };
}

/** What corrects samples that are wrong by more than an error; undefined where that is not possible. */
function correctionsOf(
  { data, element, offset, largest }: Prepared,
  samples: Float64Array,
  maxError: number,
  axes: readonly Axis[],
): Corrections | undefined {
  const round = rounderOf(element);
  for (const unit of unitsFor(element, maxError, largest)) {
    const numbers = new Int32Array(data.length);
    const isGood = data.every((x: number, i: number) => {
      const sample = offset + samples[i]!;
      if (Math.abs(round(sample) - x) <= maxError) return true;
      const withCorrection = (n: number) => round(corrected(sample, unit, n));
      const n = nearest(withCorrection, x, (x - sample) / unit, maxError);
      numbers[i] = n ?? 0;
      return n !== undefined;
    });
    if (!isGood) continue;
    const coded = encodeWhole(numbers, limited(axes, 0));
    if (coded) return { unit, startingPlane: coded.startingPlane, code: coded.code };
  }
  return undefined;
}
