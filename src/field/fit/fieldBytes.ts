import type { Usage } from "../family.ts";

/** What a field takes, counted in three ways. */
export interface FieldBytes {
  /** Nonzero coefficients. */
  readonly coefficients: number;
  /** Places at which they can stand. */
  readonly places: number;
  /** Bits that tell where they stand, as a bitmap without redundancy does: log2 of the number of ways to choose so many places. */
  readonly placeBits: number;
  /** Bytes of the field's file. */
  readonly fileBytes: number;
  /** Parameters that are used, two for each nonzero coefficient: those that are 0 are not kept. */
  readonly usedParameters: number;
}

export const bytesOfField = ({ coefficients, places }: Usage, fileBytes: number): FieldBytes => ({
  ...{ coefficients, places, fileBytes, usedParameters: 2 * coefficients },
  placeBits: Math.ceil(choiceBits(places, coefficients)),
});

/** log2 of the number of ways to choose k of n. */
export function choiceBits(n: number, k: number): number {
  return (logFactorial(n) - logFactorial(k) - logFactorial(n - k)) / Math.LN2;
}

/** The natural logarithm of n!; of large numbers by Stirling's series, to 10⁻⁹. */
function logFactorial(n: number): number {
  if (n < 20) {
    let product = 1;
    for (let k = 2; k <= n; k++) product *= k;
    return Math.log(product);
  }
  return n * Math.log(n) - n + Math.log(2 * Math.PI * n) / 2 + 1 / (12 * n) - 1 / (360 * n ** 3);
}

/** Bits of a parameter. */
const parameterBits = 32;

/**
 * Parameters of so many coefficients whose places count as a bitmap costs: one for each coefficient, and the bits of all places in
 * parameters of 32 bits. Beside it stands the count of two parameters for each coefficient.
 */
export const parametersByBitmap = ({ coefficients, places }: Usage): number =>
  coefficients + choiceBits(places, coefficients) / parameterBits;

/** The most coefficients that have at most so many parameters by that count. */
export function coefficientsByBitmap(parameters: number, places: number): number {
  let [low, high] = [0, places];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (parametersByBitmap({ coefficients: middle, places }) <= parameters) low = middle;
    else high = middle - 1;
  }
  return low;
}
