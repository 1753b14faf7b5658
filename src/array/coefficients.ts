import type { Known } from "../codec/planes/known.ts";
import { expectedCoefficients } from "../image/compression/reconstruct.ts";
import { type ArrayBand, type ArrayPlan, arrayPlan } from "./arrayPlan.ts";
import {
  analyzeArray,
  analyzeIntegers,
  normAlong,
  synthesizeArray,
  synthesizeIntegers,
} from "./arrayTransform.ts";
import type { Axis } from "./axes.ts";

/*
 * Samples as coefficients in the arrays of a plan, and back: real ones by the 9/7 transform, each band in units in which an error of 1 is
 * an error of 1 in the samples; whole ones by the reversible 5/3.
 */

/** The plan of real coefficients: all bands end at 2^0. */
export const realPlan = (axes: readonly Axis[]): ArrayPlan => arrayPlan(axes, () => 0);

/** The coefficients of samples, which are overwritten. */
export function realCoefficients(
  samples: Float64Array,
  axes: readonly Axis[],
  arrays: ArrayPlan,
): Float64Array {
  analyzeArray(samples, axes);
  const norms = normsOf(axes);
  const coefficients = new Float64Array(arrays.plan.length);
  eachRow(arrays, ({ at, from, spacing, width, band }) => {
    const norm = norms(band);
    for (let i = 0; i < width; i++) coefficients[at + i] = norm * samples[from + i * spacing]!;
  });
  return coefficients;
}

/** The samples that are expected of what is known of coefficients in units of a step. */
export function realSamples(
  known: Known,
  step: number,
  axes: readonly Axis[],
  arrays: ArrayPlan,
): Float64Array {
  const coefficients = expectedCoefficients(known);
  const norms = normsOf(axes);
  const samples = new Float64Array(axes.reduce((product, { length }) => product * length, 1));
  eachRow(arrays, ({ at, from, spacing, width, band }) => {
    const unit = step / norms(band);
    for (let i = 0; i < width; i++) samples[from + i * spacing] = unit * coefficients[at + i]!;
  });
  synthesizeArray(samples, axes);
  return samples;
}

/** The norm of a band's wavelets: the product of those along all axes. */
function normsOf(axes: readonly Axis[]): (band: ArrayBand) => number {
  const found = new Map<ArrayBand, number>();
  return (band) => {
    let norm = found.get(band);
    if (norm === undefined) {
      norm = axes.reduce(
        (product, axis, k) =>
          product * normAlong(axis, Math.min(band.step, axis.levels), band.isHigh[k]!),
        1,
      );
      found.set(band, norm);
    }
    return norm;
  };
}

/**
 * The plan of whole coefficients: a band ends at the plane of about its weight in a transform of unit norm, so that planes of all bands
 * are comparable. `lowered` planes are left out of the weights, so that large numbers fit.
 */
export function wholePlan(axes: readonly Axis[], lowered: number): ArrayPlan {
  const weight = ({ step, isHigh }: ArrayBand) =>
    axes.reduce((sum, { levels }, k) => sum + Math.min(step, levels) - (isHigh[k] ? 2 : 0), 0) >> 1;
  let least = 0;
  arrayPlan(axes, (band) => {
    least = Math.min(least, weight(band));
    return 0;
  });
  return arrayPlan(axes, (band) => Math.max(weight(band) - least - lowered, 0));
}

/** The coefficients of whole samples, which are overwritten. Throws RangeError where one needs more than 32 bits. */
export function wholeCoefficients(
  samples: Int32Array,
  axes: readonly Axis[],
  arrays: ArrayPlan,
): Float64Array {
  analyzeIntegers(samples, axes);
  const coefficients = new Float64Array(arrays.plan.length);
  eachRow(arrays, ({ at, from, spacing, width, lastPlane }) => {
    const unit = 2 ** lastPlane;
    for (let i = 0; i < width; i++) coefficients[at + i] = unit * samples[from + i * spacing]!;
  });
  return coefficients;
}

/** The whole samples of what is known of their coefficients. */
export function wholeSamples(
  { estimates, signs }: Known,
  axes: readonly Axis[],
  arrays: ArrayPlan,
): Int32Array {
  const samples = new Int32Array(axes.reduce((product, { length }) => product * length, 1));
  eachRow(arrays, ({ at, from, spacing, width, lastPlane }) => {
    for (let i = 0; i < width; i++)
      samples[from + i * spacing] = signs[at + i]! * (estimates[at + i]! >> (lastPlane + 4));
  });
  synthesizeIntegers(samples, axes);
  return samples;
}

/** A row of a slice in the arrays of the plan, and in the array that was transformed in place. */
interface Row {
  readonly at: number;
  readonly from: number;
  readonly spacing: number;
  readonly width: number;
  readonly lastPlane: number;
  readonly band: ArrayBand;
}

/** Calls back with each row of each slice. */
export function eachRow({ plan, places, arrayBands }: ArrayPlan, visit: (row: Row) => void): void {
  for (const [i, { start, stride, height, width, lastPlane }] of plan.bands.entries()) {
    const { first, rowSpacing, columnSpacing } = places[i]!;
    for (let row = 0; row < height; row++)
      visit({
        at: start + row * stride,
        from: first + row * rowSpacing,
        ...{ spacing: columnSpacing, width, lastPlane, band: arrayBands[i]! },
      });
  }
}
