import type { NpyData } from "../data/formats/npy.ts";
import { UserError } from "../errors/userError.ts";
import type { CodedArray } from "./arrayHead.ts";
import { allLevels } from "./axes.ts";
import {
  encodeBounded,
  encodeListed,
  encodeStored,
  listedWays,
  type Way,
  ways,
  wholeArray,
} from "./bounded.ts";
import { gridOf } from "./grid.ts";
import { middleOf, type Prepared } from "./prepare.ts";
import { fewValues, quantize } from "./quantize.ts";
import { samplesOf } from "./reconstruct.ts";
import { analysisOf, encodeSmooth, type SmoothCode } from "./smooth.ts";

/** What a compressed array is to be like. */
export type ArrayAim =
  /** No sample is wrong by more. */
  | { readonly maxError: number }
  /** The samples come back as they are. */
  | { readonly lossless: true }
  /** A file of at most so many bytes. */
  | { readonly bytes: number }
  /** At least so many dB: 20 log10 of the samples' range over the root of the mean squared error. */
  | { readonly psnr: number }
  /** The finest threshold of coefficients, in units of the samples. */
  | { readonly step: number };

/** Codes an array so that it is as wanted; `bytesBeside` is what a file of a code has beside it. Throws UserError where that cannot be. */
export function codeToAim(
  array: Prepared,
  aim: ArrayAim,
  bytesBeside: (coded: CodedArray) => number,
): CodedArray {
  if ("lossless" in aim) return codeExactly(array);
  if ("maxError" in aim) return codeWithin(array, aim.maxError);
  if (array.range === 0) return codeWithin(array, 0);
  if ("step" in aim) return codeAtStep(array, aim.step);
  if ("psnr" in aim) return codeToPsnr(array, aim.psnr);
  return codeToBytes(array, aim.bytes, bytesBeside);
}

/** Samples on which ways are tried. */
const samplesOfTrials = 2 ** 16;

const lengthOf = ({ code, values, corrections, head }: CodedArray): number =>
  code.length + (values?.length ?? 0) * head.element.bytes + (corrections?.code.length ?? 0);

/** The shortest of some codes. */
const shortest = (codes: readonly (CodedArray | undefined)[]): CodedArray | undefined =>
  codes.reduce(
    (best, one) => (one && (!best || lengthOf(one) < lengthOf(best)) ? one : best),
    undefined,
  );

function codeWithin(array: Prepared, maxError: number): CodedArray {
  const { element, range, data } = array;
  if (element.range ? maxError < 1 : maxError === 0) return withError(codeExactly(array), maxError);
  const numbers = range / maxError;
  const values = fewValues(data) ?? fewValues(quantize(array, maxError)?.numbers ?? []);
  const isGappy = values !== undefined && values.length > 0 && values.length < numbers / 4;
  const all = isGappy ? [...listedWays, ...ways] : ways;
  const middle = middleOf(array, samplesOfTrials);
  const tried = all
    .map((way) => ({ way, coded: encodeBounded(middle, maxError, way) }))
    .filter((one): one is { way: Way; coded: CodedArray } => one.coded !== undefined)
    .sort((a, b) => lengthOf(a.coded) - lengthOf(b.coded));
  for (const { way, coded } of tried) {
    const whole = middle === array ? coded : encodeBounded(array, maxError, way);
    if (whole) return smallerThanStored(array, withError(whole, maxError));
  }
  return encodeStored(array, maxError);
}

const withError = (coded: CodedArray, maxError: number): CodedArray => ({
  ...coded,
  head: { ...coded.head, maxError },
});

const smallerThanStored = (array: Prepared, coded: CodedArray): CodedArray =>
  lengthOf(coded) < array.data.byteLength ? coded : encodeStored(array, coded.head.maxError);

function codeExactly(array: Prepared): CodedArray {
  const { data, element } = array;
  const codes: (CodedArray | undefined)[] = [];
  const grid = element.range
    ? { offset: array.offset, unit: 1 }
    : // Multiples of a unit have one 0; a list of values or the samples themselves tell −0 from it.
      hasNegativeZero(data)
      ? undefined
      : gridOf(array);
  if (grid) {
    const numbers = new Int32Array(data.length).map((_, i) => (data[i]! - grid.offset) / grid.unit);
    const own = { ...array, offset: grid.offset };
    for (const levels of [allLevels, 0])
      codes.push(wholeArray(own, undefined, levels, numbers, grid.unit, undefined));
  }
  if (fewValues(data))
    for (const levels of grid ? [0] : [allLevels, 0]) codes.push(encodeListed(array, 0, levels));
  const best = shortest(codes);
  return withError(best ? smallerThanStored(array, best) : encodeStored(array, undefined), 0);
}

/** Whether a sample is −0, which is equal to 0 and yet other bits. */
function hasNegativeZero(data: NpyData): boolean {
  for (let i = 0; i < data.length; i++) if (Object.is(data[i], -0)) return true;
  return false;
}

function codeAtStep(array: Prepared, step: number): CodedArray {
  const coded = encodeSmooth(array, step);
  if (coded) return coded.array;
  throw new UserError(
    `a step of ${step} is too fine for samples that spread over ${array.range}; at least ${finestStep(array)} works`,
  );
}

/** The finest step for which coefficients are below 2^26. */
const finestStep = (array: Prepared): number =>
  (analysisOf(array).largest * (1 + 2 ** -20)) / 2 ** 26;

/** Steps that are tried at most. */
const trials = 12;
/** dB by which an array may be better than wanted. */
const margin = 0.05;
/** The part by which a code that is cut may be longer than wanted. */
const excess = 0.01;

/** The coarsest step, by halving of an interval, that is good; undefined where the finest is not. */
function coarsestStep(
  array: Prepared,
  isGood: (coded: SmoothCode) => "too coarse" | "good" | "finer than needed",
): SmoothCode | undefined {
  let [fine, coarse] = [finestStep(array), 2 * analysisOf(array).largest];
  let best: SmoothCode | undefined;
  // Most steps that are wanted are far from the finest: the first trial is.
  let step = Math.min(Math.max(array.range / 64, fine), coarse);
  for (let trial = 0; trial < trials; trial++) {
    const coded = encodeSmooth(array, step);
    const verdict = coded ? isGood(coded) : "finer than needed";
    if (coded && verdict !== "too coarse") best = coded;
    if (verdict === "good") break;
    if (verdict === "too coarse") coarse = step;
    else fine = step;
    const next = Math.sqrt(fine) * Math.sqrt(coarse);
    // The interval is wide at first: a factor of 16 at most a trial.
    step = Math.min(Math.max(next, step / 16), step * 16);
  }
  return best;
}

function codeToPsnr(array: Prepared, psnr: number): CodedArray {
  const found = coarsestStep(array, ({ array: coded }) => {
    const reached = psnrOf(array, coded);
    if (reached < psnr) return "too coarse";
    return reached <= psnr + margin ? "good" : "finer than needed";
  });
  if (found) return found.array;
  throw new UserError(`${psnr} dB cannot be reached; ask for less, or for a maximal error`);
}

/** dB of an array of what its code tells: the range over the root of the mean squared error. */
export function psnrOf({ data, range }: Prepared, coded: CodedArray): number {
  const { code, head, values, corrections } = coded;
  const back = samplesOf(
    head,
    { bytes: code, complete: true },
    values,
    corrections && { ...corrections, code: { bytes: corrections.code, complete: true } },
  ).data;
  let sum = 0;
  for (let i = 0; i < data.length; i++) {
    const error = (data[i]! - back[i]!) / (range || 1); // in units of the range: squares stay finite
    sum += error * error;
  }
  return sum === 0 ? Infinity : -10 * Math.log10(sum / data.length);
}

function codeToBytes(
  array: Prepared,
  bytes: number,
  bytesBeside: (coded: CodedArray) => number,
): CodedArray {
  const found = coarsestStep(array, ({ array: coded }) => {
    const wanted = bytes - bytesBeside(coded);
    if (coded.code.length < wanted) return "too coarse";
    return coded.code.length <= (1 + excess) * wanted + 2 ? "good" : "finer than needed";
  });
  const chosen = found?.array ?? codeAtStep(array, finestStep(array));
  const wanted = bytes - bytesBeside(chosen);
  if (wanted < 0)
    throw new UserError(
      `${bytes} bytes are too few: the head of the file alone needs ${bytes - wanted}`,
    );
  if (chosen.code.length <= wanted) return chosen;
  return {
    ...chosen,
    head: { ...chosen.head, isCut: true },
    code: chosen.code.subarray(0, wanted),
  };
}
