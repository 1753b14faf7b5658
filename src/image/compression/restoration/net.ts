import { inputUnit } from "./inputs.ts";
import type { RestorationWeights } from "./weightRows.ts";

/** Weights are in 4096ths. */
const weightUnit = 4096;
const hiddenUnit = inputUnit * weightUnit;

/** By how much a coefficient of a class differs from what it was taken for, in thresholds: of the sums of a net, from `at` on. */
export type Output = (kind: number, sums: Int32Array, at: number) => number;

/**
 * out = Σ a[class]_j clip(Σ W_ji x_i) + Σ s[class]_i x_i, clipped to ±1, in integers, of the sums over i. Of classes 0 to 3 nothing was
 * found; 4 is ±1 and 5 the rest.
 */
export function outputOf({ hidden, outputs }: RestorationWeights): Output {
  const units = hidden.length;
  const weights = outputs.map((row) => Int32Array.from(row));
  return (kind, sums, at) => {
    const own = weights[kind]!; // one a class
    let sum = 0;
    for (let j = 0; j < units; j++)
      sum += own[j]! * Math.min(Math.max(sums[at + j]!, -hiddenUnit), hiddenUnit);
    const direct = sums[at + units + Math.max(kind - 3, 0)]!; // behind the hidden units
    return sum / (weightUnit * hiddenUnit) + direct / hiddenUnit;
  };
}

/** Rows of weights whose products with the inputs are the sums of a net: hidden units, then direct weights. */
export const rowsOf = ({ hidden, direct }: RestorationWeights): readonly (readonly number[])[] => [
  ...hidden,
  ...direct,
];
