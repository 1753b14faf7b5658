import { UserError } from "../../errors/userError.ts";

/**
 * `y = W x + b` in integers. Inputs are 16-bit integers within ±`most`, sums are 32-bit integers, and
 * `(sum + bias) >> shift`, row by row, is the output in a unit that all rows share.
 */
export interface IntegerLinear {
  /** Inputs; the rest of a row of `stride` weights is 0. */
  readonly inputs: number;
  readonly outputs: number;
  /** Weights of a row, a multiple of {@link lane}. */
  readonly stride: number;
  /** `[outputs, stride]`; −32768 does not occur. */
  readonly weights: Int16Array<ArrayBuffer>;
  /** With the half that makes the shift round. */
  readonly bias: Int32Array<ArrayBuffer>;
  /** At least 1. */
  readonly shifts: Uint8Array<ArrayBuffer>;
  readonly most: number;
}

/** Kernels take so many inputs at a time. */
export const lane = 16;

export const strideOf = (inputs: number): number => lane * Math.ceil(inputs / lane);

/** Units: so many bits behind the point. */
export interface LinearUnits {
  readonly input: number;
  readonly output: number;
  /** Inputs lie within ±most. */
  readonly most: number;
}

/** Finer weights than this gain nothing. */
const finest = 24;
const largest = 32767;

/**
 * Rounds a trained layer, weight `[inputs, outputs]` as `linear` has it. Every row gets the finest power of two with which no
 * sum of any inputs can leave 32 bits. Throws UserError where weights are not finite or too large for that.
 */
export function quantizeLinear(
  weight: Float32Array,
  bias: Float32Array,
  { input, output, most }: LinearUnits,
): IntegerLinear {
  const outputs = bias.length;
  const inputs = weight.length / outputs;
  const stride = strideOf(inputs);
  const layer = {
    ...{ inputs, outputs, stride, most },
    weights: new Int16Array(outputs * stride),
    bias: new Int32Array(outputs),
    shifts: new Uint8Array(outputs),
  };
  const row = new Float64Array(inputs);
  for (let j = 0; j < outputs; j++) {
    for (let i = 0; i < inputs; i++) row[i] = weight[i * outputs + j]!;
    let scale = finest;
    while (!fits(row, bias[j]!, scale, input + scale - output, input, most)) {
      scale--;
      if (input + scale - output < 1)
        throw new UserError("the weights of this model are too large to be rounded to integers");
    }
    const shift = input + scale - output;
    for (let i = 0; i < inputs; i++) layer.weights[j * stride + i] = rounded(row[i]!, scale);
    layer.bias[j] = rounded(bias[j]!, input + scale) + 2 ** (shift - 1);
    layer.shifts[j] = shift;
  }
  return layer;
}

const rounded = (x: number, scale: number) => Math.round(x * 2 ** scale);

/** Whether no sum of a row leaves 32 bits. */
function fits(
  row: Float64Array,
  bias: number,
  scale: number,
  shift: number,
  input: number,
  most: number,
): boolean {
  let sum = 0;
  for (const x of row) {
    const weight = Math.abs(rounded(x, scale));
    if (!(weight <= largest)) return false;
    sum += weight;
  }
  return sum * most + Math.abs(rounded(bias, input + scale)) + 2 ** (shift - 1) < 2 ** 31;
}

/** Throws UserError where a layer that was read from a file has sums that leave 32 bits, or other numbers that cannot be. */
export function checkLinear(layer: IntegerLinear, name: string): IntegerLinear {
  const { inputs, outputs, stride, weights, bias, shifts, most } = layer;
  const isWhole =
    stride === strideOf(inputs) &&
    weights.length === outputs * stride &&
    bias.length === outputs &&
    shifts.length === outputs &&
    most > 0 &&
    most <= largest;
  let isSafe = isWhole;
  for (let j = 0; j < outputs && isSafe; j++) {
    let sum = 0;
    for (let i = 0; i < stride; i++) {
      const weight = Math.abs(weights[j * stride + i]!);
      if (weight > largest || (i >= inputs && weight > 0)) isSafe = false;
      sum += weight;
    }
    if (sum * most + Math.abs(bias[j]!) >= 2 ** 31 || shifts[j]! < 1 || shifts[j]! > 31)
      isSafe = false;
  }
  if (!isSafe) throw new UserError(`${name} is damaged: its weights are not those of a model`);
  return layer;
}
