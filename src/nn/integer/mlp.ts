import { sigmoidOf } from "./elementary.ts";
import { type IntegerLinear, quantizeLinear } from "./linear.ts";
import type { ProductsOf } from "./products.ts";

/** Bits behind the point: of what a network is told, of activations before and after SiLU, and of what it says. */
export const mlpUnits = { told: 12, hidden: 9, said: 12 } as const;
/** What a network is told lies within ±2, and activations within ±64; what does not is clipped. */
export const mlpMost = { told: 2 ** (mlpUnits.told + 1), hidden: 32767 } as const;

/** A trained layer: weight `[inputs, outputs]` and bias. */
export interface TrainedLayer {
  readonly weight: Float32Array;
  readonly bias: Float32Array;
}

/** Rounds the layers of a network with SiLU between them. Throws UserError where they are too large for that. */
export const quantizeMlp = (layers: readonly TrainedLayer[]): readonly IntegerLinear[] =>
  layers.map(({ weight, bias }, k) => {
    const input = k === 0 ? "told" : "hidden";
    const output = mlpUnits[k === layers.length - 1 ? "said" : "hidden"];
    return quantizeLinear(weight, bias, { input: mlpUnits[input], output, most: mlpMost[input] });
  });

/** Beyond this x and −x, SiLU is x and 0 to half a unit. */
const reach = 16 * 2 ** mlpUnits.hidden;
const table = Int16Array.from({ length: 2 * reach }, (_, i) => {
  const x = i - reach;
  return Math.round(x * sigmoidOf(x / 2 ** mlpUnits.hidden));
});
const mostHidden = mlpMost.hidden;

/** SiLU, in units of activations. */
export const integerSilu = (x: number): number =>
  x < -reach ? 0 : x < reach ? table[x + reach]! : x < mostHidden ? x : mostHidden;

/** A network at work. */
export interface RunningMlp {
  /**
   * What the network says, in units of 2^−12, of numbers that are the same on every machine: they are rounded to such units.
   * `more`, integers in such units, are told behind them. The array is reused.
   */
  say(told: Float32Array, more?: Int16Array): Int32Array;
}

/**
 * Prepares a network to be asked, one row at a time. Throws RangeError where its layers do not fit together, or it is not told
 * so many `inputs` or does not say so many `outputs`.
 */
export function runMlp(
  layers: readonly IntegerLinear[],
  { inputs, outputs }: { readonly inputs: number; readonly outputs: number },
  productsOf: ProductsOf,
): RunningMlp {
  const isChain = layers.every((layer, k) => layer.inputs === (layers[k - 1]?.outputs ?? inputs));
  const products = productsOf(layers);
  const input = products[0]?.input;
  if (!isChain || !input || layers.at(-1)?.outputs !== outputs)
    throw new RangeError("the layers of the network do not fit together");
  const said = new Int32Array(outputs);
  return {
    say(told, more) {
      roundTold(told, input);
      if (more) input.set(more, told.length);
      for (let k = 0; k < layers.length; k++) {
        const layer = layers[k]!;
        const { sums, multiply } = products[k]!; // one a layer
        multiply();
        const next = products[k + 1]?.input;
        if (next) activate(sums, layer, next);
        else finish(sums, layer, said);
      }
      return said;
    },
  };
}

/** Rounds what a network is told. */
export function roundTold(told: Float32Array, out: Int16Array): void {
  const [one, end] = [2 ** mlpUnits.told, mlpMost.told];
  for (let i = 0; i < told.length; i++) {
    // Positive, so that dropping the fraction rounds.
    const x = ((told[i]! * one + (end + 0.5)) | 0) - end;
    out[i] = x > end ? end : x < -end ? -end : x;
  }
}

/** Activations after a layer, of the sums of its products. */
export function activate(
  sums: Int32Array,
  { bias, shifts }: Pick<IntegerLinear, "bias" | "shifts">,
  out: Int16Array,
): void {
  for (let j = 0; j < sums.length; j++) out[j] = integerSilu((sums[j]! + bias[j]!) >> shifts[j]!);
}

/** What a last layer says, of the sums of its products. */
export function finish(
  sums: Int32Array,
  { bias, shifts }: Pick<IntegerLinear, "bias" | "shifts">,
  out: Int32Array,
): void {
  for (let j = 0; j < sums.length; j++) out[j] = (sums[j]! + bias[j]!) >> shifts[j]!;
}
