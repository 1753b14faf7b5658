import { type Known, planeOfFound } from "./known.ts";

/** Where a coefficient is taken to lie in its interval: of one that was just found, and of one known better. Laplacian tails lie below the middle. */
const foundPart = 0.42;
const refinedPart = 0.48;

/** The coefficients that are expected of what is known, in units of the plan's 2^0; those that were not found are 0. */
export function expectedCoefficients({ estimates, signs }: Known): Float64Array {
  const values = new Float64Array(estimates.length);
  for (let i = 0; i < values.length; i++) {
    const sign = signs[i]!;
    if (sign === 0) continue;
    const estimate = estimates[i]!;
    const unit = 2 ** planeOfFound(estimate);
    const least = estimate / 16 - unit / 2;
    values[i] = sign * (least + (least === unit ? foundPart : refinedPart) * unit);
  }
  return values;
}
