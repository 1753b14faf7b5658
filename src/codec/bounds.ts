import { startingPlane } from "./walk/startingPlane.ts";

/**
 * What is known of the coefficients of a matrix before they are drawn: each lies from `low` to `high`, both included. A
 * coefficient whose bounds are equal is fixed; one between −∞ and ∞ is free.
 */
export interface Bounds {
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/** The bounds of a matrix of which those coefficients are fixed where `kept` is 1; the others are free. */
export function fixedWhere(kept: ArrayLike<number>, coefficients: Float64Array): Bounds {
  return {
    low: coefficients.map((value, i) => (kept[i] === 1 ? value : Number.NEGATIVE_INFINITY)),
    high: coefficients.map((value, i) => (kept[i] === 1 ? value : Number.POSITIVE_INFINITY)),
  };
}

/** The smallest magnitude that a coefficient can have. */
export const leastMagnitude = ({ low, high }: Bounds, offset: number): number =>
  Math.max(low[offset]!, -high[offset]!, 0);

/** The largest magnitude that a coefficient can have. */
export const mostMagnitude = ({ low, high }: Bounds, offset: number): number =>
  Math.max(-low[offset]!, high[offset]!);

/**
 * The lowest starting plane (see `startingPlane`) that coefficients within the bounds can have. Throws RangeError where the
 * bounds are not numbers or force a coefficient beyond the range of thresholds.
 */
export const lowestStartingPlane = (bounds: Bounds, finestPlane: number): number =>
  startingPlane(
    bounds.low.map((_, i) => leastMagnitude(bounds, i)),
    finestPlane,
  );
