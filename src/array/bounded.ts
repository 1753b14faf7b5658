import type { CodedArray } from "./arrayHead.ts";
import { allLevels, axesOf } from "./axes.ts";
import { rounderOf } from "./elements.ts";
import type { Prepared } from "./prepare.ts";
import { fewValues, quantize } from "./quantize.ts";
import { limited, storedBytes } from "./reconstruct.ts";
import { encodeCorrected } from "./smooth.ts";
import { encodeWhole } from "./wholeCode.ts";

/*
 * Codes of which every sample is within a maximal error. Three ways, of which the shortest code is taken:
 *
 *   smooth   the 9/7 transform, quantized with a step; samples that are wrong by more get corrections (Li, Lindstrom & Clyne,
 *            "Lossy scientific data compression with SPERR", 2023)
 *   whole    samples quantized to twice the error, which are coded losslessly after the reversible 5/3, or without a transform
 *   listed   the same with the numbers of a few values that occur
 */

/** A way to code an array; `ratio` is the step over the error. */
export type Way =
  | { readonly type: "smooth"; readonly ratio: number }
  | { readonly type: "whole"; readonly levels: number }
  | { readonly type: "listed"; readonly levels: number };

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
    written = new Float64Array(found.numbers).map((n) => round(offset + found.unit * n));
    values = fewValues(written);
  }
  if (!values) return undefined;
  const middle = values.length >> 1;
  const numberOf = new Map(values.map((value, n) => [value, n - middle]));
  // A map takes −0 and 0 for one, and has kept the number of 0, which comes after.
  const ofNegativeZero = values.findIndex((value) => Object.is(value, -0)) - middle;
  const numbers = new Int32Array(written.length).map((_, i) => {
    const value = written[i]!; // one each
    return Object.is(value, -0) ? ofNegativeZero : numberOf.get(value)!; // all are in the list
  });
  return wholeArray(array, maxError, levels, numbers, 1, values);
}
