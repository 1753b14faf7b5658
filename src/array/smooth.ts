import { encodePlanes } from "../codec/planes/encodePlanes.ts";
import type { Known } from "../codec/planes/known.ts";
import type { CodedArray, Corrections } from "./arrayHead.ts";
import { type Axis, allLevels, axesOf } from "./axes.ts";
import { realCoefficients, realPlan, realSamples } from "./coefficients.ts";
import { rounderOf } from "./elements.ts";
import type { Prepared } from "./prepare.ts";
import { nearest, unitsFor } from "./quantize.ts";
import { corrected, limited } from "./reconstruct.ts";
import { encodeWhole } from "./wholeCode.ts";

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
    const samples = new Float64Array(array.data).map((x) => x - offset);
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

/** Codes an array with a step of so many errors, and corrects what is wrong by more than one; undefined where that is not possible. */
export function encodeCorrected(
  array: Prepared,
  maxError: number,
  ratio: number,
): CodedArray | undefined {
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
