import type { BandPlan } from "./bandPlan.ts";

/**
 * What is known of all coefficients, in the arrays of a plan. An estimate is a magnitude in 16ths of the unit 2^0; together with
 * the sign it tells all: a coefficient that was found lies in an interval whose middle is its estimate and whose length 2^p is told by
 * the lowest bit of the estimate, which is 8 · 2^p; one that was not yet found, sign 0, has the estimate 5 · 2^p after a plane p
 * in which it was silent.
 */
export interface Known {
  readonly estimates: Int32Array;
  /** −1, 0 or 1. */
  readonly signs: Int8Array;
}

/** Nothing known, of coefficients below 2^(plane + 1). */
export function nothingKnown(plan: BandPlan, plane: number): Known {
  const estimates = new Int32Array(plan.length);
  for (const { start, stride, height, width } of plan.bands)
    for (let row = 0; row < height; row++) {
      const from = start + row * stride;
      estimates.fill(silentEstimate(plane), from, from + width);
    }
  return { estimates, signs: new Int8Array(plan.length) };
}

/** The estimate of a coefficient that is below 2^plane, rounded down. */
export const silentEstimate = (plane: number): number => (plane < 0 ? 2 : 5 << plane);

/** The estimate of a coefficient that was found in a plane: the middle of 2^plane … 2^(plane + 1). */
export const foundEstimate = (plane: number): number => 24 << plane;

/** The estimate after the bit of a plane was told: the middle of the half that it names. */
export const refinedEstimate = (estimate: number, plane: number, bit: number): number =>
  estimate + (bit === 1 ? 8 << plane : -8 << plane);

/** log2 of the length of the interval in which a found coefficient lies. */
export const planeOfFound = (estimate: number): number => 28 - Math.clz32(estimate & -estimate);

/** log2 of the threshold below which a coefficient is that was not found. */
export const planeOfSilent = (estimate: number): number => 29 - Math.clz32(estimate);
