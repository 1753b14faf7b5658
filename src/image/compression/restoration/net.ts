import { fastProducts } from "../../../nn/integer/fastProducts.ts";
import { type IntegerLinear, strideOf } from "../../../nn/integer/linear.ts";
import { inputLimit } from "./inputs.ts";
import type { RestorationWeights } from "./weightRows.ts";

/** A net ready to answer. */
export interface Net {
  /** Its inputs, in 16ths, for the caller to fill. */
  readonly input: Int16Array;
  /** By how much a coefficient of a class differs from what it was taken for, in thresholds. */
  output(kind: number): number;
}

/** Weights are in 4096ths and inputs in 16ths. */
const weightUnit = 4096;
const hiddenUnit = 16 * weightUnit;

/**
 * out = Σ a[class]_j clip(Σ W_ji x_i) + Σ s[class]_i x_i, clipped to ±1, in integers. Of classes 0 to 3 nothing was found; 4 is ±1 and 5 the rest.
 */
export function openNet({ hidden, outputs, direct }: RestorationWeights): Net {
  const rows = [...hidden, ...direct];
  const [products] = fastProducts([layerOf(rows)]);
  if (!products) throw new RangeError("a net has one layer of products");
  const { input, sums } = products;
  input.fill(0);
  const units = hidden.length;
  const weights = outputs.map((row) => Int32Array.from(row));
  return {
    input,
    output(kind) {
      products.multiply();
      const own = weights[kind]!; // one a class
      let sum = 0;
      for (let j = 0; j < units; j++)
        sum += own[j]! * Math.min(Math.max(sums[j]!, -hiddenUnit), hiddenUnit);
      return sum / (weightUnit * hiddenUnit) + sums[units + Math.max(kind - 3, 0)]! / hiddenUnit;
    },
  };
}

/** Rows as a layer of products; neither bias nor shifts are used. */
function layerOf(rows: readonly (readonly number[])[]): IntegerLinear {
  const inputs = rows[0]?.length ?? 0;
  const stride = strideOf(inputs);
  const weights = new Int16Array(rows.length * stride);
  for (const [j, row] of rows.entries()) weights.set(row, j * stride);
  const [bias, shifts] = [new Int32Array(rows.length), new Uint8Array(rows.length)];
  return { inputs, outputs: rows.length, stride, weights, bias, shifts, most: inputLimit };
}
