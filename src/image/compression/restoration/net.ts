import { inputUnit } from "./inputs.ts";
import type { RestorationWeights } from "./weightRows.ts";

/** Weights are in 4096ths. */
const weightUnit = 4096;
const hiddenUnit = inputUnit * weightUnit;

/** By how much coefficients differ from what they were taken for, in thresholds: of the sums of a net, `height` apart, and of classes. */
export type Outputs = (
  sums: Int32Array,
  height: number,
  kinds: Uint8Array,
  count: number,
  into: Float64Array,
) => void;

/**
 * out = Σ a[class]_j clip(Σ W_ji x_i) + Σ s[class]_i x_i, clipped to ±1, in integers, of the sums over i. Of classes 0 to 3 nothing was
 * found; 4 is ±1 and 5 the rest.
 */
export function outputsOf({ hidden, outputs }: RestorationWeights): Outputs {
  const units = hidden.length;
  const weights = Float64Array.from(outputs.flat()); // a row a class
  return (sums, height, kinds, count, into) => {
    for (let k = 0, at = 0; k < count; k++, at += height) {
      const kind = kinds[k]!;
      const own = kind * units;
      let sum = 0;
      for (let j = 0; j < units; j++) {
        const x = sums[at + j]!;
        sum +=
          weights[own + j]! * (x > hiddenUnit ? hiddenUnit : x < -hiddenUnit ? -hiddenUnit : x);
      }
      const direct = sums[at + units + (kind > 3 ? kind - 3 : 0)]!; // behind the hidden units
      into[k] = sum / (weightUnit * hiddenUnit) + direct / hiddenUnit;
    }
  };
}

/** Rows of weights whose products with the inputs are the sums of a net: hidden units, then direct weights. */
export const rowsOf = ({ hidden, direct }: RestorationWeights): readonly (readonly number[])[] => [
  ...hidden,
  ...direct,
];
