import { sigmoidOf } from "./elementary.ts";
import { type IntegerLinear, quantizeLinear } from "./linear.ts";
import type { ProductsOf } from "./products.ts";

/** Linear layers with SiLU between them, in integers. */
export interface IntegerMlp {
  readonly layers: readonly IntegerLinear[];
}

/** Bits behind the point: of what the network is told, of activations before and after SiLU, and of what it says. */
export const mlpUnits = { told: 12, hidden: 10, said: 12 } as const;
/** What the network is told lies within ±2, and activations within ±32; what does not is clipped. */
const most = { told: 2 ** (mlpUnits.told + 1), hidden: 32767 };
/** Of 1, in what the network is told. */
const units = 2 ** mlpUnits.told;

/** Rounds trained layers, weight `[inputs, outputs]` and bias of each. Throws UserError where they are too large for that. */
export function quantizeMlp(
  layers: readonly { readonly weight: Float32Array; readonly bias: Float32Array }[],
): IntegerMlp {
  return {
    layers: layers.map(({ weight, bias }, k) => {
      const input = k === 0 ? "told" : "hidden";
      const output = mlpUnits[k === layers.length - 1 ? "said" : "hidden"];
      return quantizeLinear(weight, bias, { input: mlpUnits[input], output, most: most[input] });
    }),
  };
}

/** Beyond this x and −x, SiLU is x and 0 to half a unit. */
const reach = 16 * 2 ** mlpUnits.hidden;
const table = Int16Array.from({ length: 2 * reach }, (_, i) => {
  const x = i - reach;
  return Math.round(x * sigmoidOf(x / 2 ** mlpUnits.hidden));
});

/** SiLU, in units of activations. */
export const integerSilu = (x: number): number =>
  x < -reach ? 0 : x < reach ? table[x + reach]! : Math.min(most.hidden, x);

/** A network at work. */
export interface RunningMlp {
  /**
   * What the network says, in units of 2^−12, of numbers that are the same on every machine: they are rounded to such units.
   * The array is reused.
   */
  say(told: Float32Array): Int32Array;
}

/** Prepares a network to be asked, one row at a time. */
export function runMlp({ layers }: IntegerMlp, productsOf: ProductsOf): RunningMlp {
  const products = productsOf(layers);
  const input = products[0]!.input; // a network has a layer
  const width = layers[0]!.inputs;
  const said = new Int32Array(layers.at(-1)!.outputs);
  return {
    say(told) {
      round(told, input, width);
      for (let k = 0; k < layers.length; k++) {
        const { bias, shifts, outputs } = layers[k]!;
        const { sums, multiply } = products[k]!; // one a layer
        multiply();
        const next = products[k + 1]?.input;
        if (next) activate(sums, bias, shifts, next);
        else for (let j = 0; j < outputs; j++) said[j] = (sums[j]! + bias[j]!) >> shifts[j]!;
      }
      return said;
    },
  };
}

function round(told: Float32Array, out: Int16Array, width: number): void {
  const end = most.told;
  for (let i = 0; i < width; i++) {
    // Positive, so that dropping the fraction rounds.
    const x = ((told[i]! * units + (end + 0.5)) | 0) - end;
    out[i] = x > end ? end : x < -end ? -end : x;
  }
}

function activate(sums: Int32Array, bias: Int32Array, shifts: Uint8Array, out: Int16Array): void {
  for (let j = 0; j < sums.length; j++) out[j] = integerSilu((sums[j]! + bias[j]!) >> shifts[j]!);
}
