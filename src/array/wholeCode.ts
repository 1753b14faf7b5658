import { decodePlanes } from "../codec/planes/decodePlanes.ts";
import { encodePlanes } from "../codec/planes/encodePlanes.ts";
import type { Axis } from "./axes.ts";
import { wholeCoefficients, wholePlan, wholeSamples } from "./coefficients.ts";

/*
 * Whole numbers as code: by the reversible 5/3 transform, and bit planes down to the last.
 */

/** Whole numbers as code. */
export interface WholeCode {
  readonly code: Uint8Array;
  readonly startingPlane: number;
  /** Planes that are left out of the bands' weights, so that all coefficients are below 2^26. */
  readonly lowered: number;
}

/** Numbers are smaller than this. */
export const wholeLimit = 2 ** 24;
/** No band weighs more planes than this. */
export const loweredLimit = 31;

/** Codes whole numbers; undefined where they are too large. */
export function encodeWhole(numbers: Int32Array, axes: readonly Axis[]): WholeCode | undefined {
  const largest = numbers.reduce((most, n) => Math.max(most, Math.abs(n)), 0);
  if (largest >= wholeLimit) return undefined;
  if (largest === 0) return { code: new Uint8Array(0), startingPlane: -1, lowered: 0 };
  for (let lowered = 0; lowered <= loweredLimit; lowered++) {
    const arrays = wholePlan(axes, lowered);
    const coefficients = wholeCoefficients(numbers.slice(), axes, arrays);
    if (coefficients.some((x) => Math.abs(x) >= 2 ** 26)) continue;
    const { bytes, startingPlane } = encodePlanes(coefficients, arrays.plan);
    return { code: bytes, startingPlane, lowered };
  }
  return undefined;
}

/** The numbers of a code, or of the beginning of one, and whether all of it was decoded. */
export function decodeWhole(
  { code, startingPlane, lowered }: WholeCode,
  axes: readonly Axis[],
  complete: boolean,
): { readonly numbers: Int32Array; readonly finished: boolean } {
  if (startingPlane < 0) {
    const length = axes.reduce((product, axis) => product * axis.length, 1);
    return { numbers: new Int32Array(length), finished: true };
  }
  const arrays = wholePlan(axes, lowered);
  const { known, finished } = decodePlanes(code, arrays.plan, startingPlane, complete);
  return { numbers: wholeSamples(known, axes, arrays), finished };
}
