import { type LiftingMode, liftingExtensions } from "./extension.ts";
import type { LiftingScheme, LiftingStep } from "./liftingScheme.ts";
import { geometry } from "./lineLifting.ts";

/** `LiftLines` for integers. */
export type LiftIntegerLines = (x: Int32Array, stride: number, starts: Int32Array) => void;

/**
 * Lifting that maps integers to integers (Calderbank, Daubechies, Sweldens & Yeo, 1998): every step adds its rounded sum.
 * The inverse subtracts the same rounded sum of the same numbers, so it is exact. The factors of the scheme are left out.
 *
 * `forward` throws RangeError if a coefficient would need more than 32 bits. {@link integerRange} states for which signals
 * that cannot happen.
 */
export function integerLineLifting(
  scheme: LiftingScheme,
  mode: LiftingMode,
  count: number,
): { readonly forward: LiftIntegerLines; readonly inverse: LiftIntegerLines } {
  const steps = count > 1 ? scheme.steps : [];
  const run = (
    x: Int32Array,
    stride: number,
    starts: Int32Array,
    step: LiftingStep,
    sign: 1 | -1,
  ) => {
    for (const start of starts) addRounded(x, { start, stride, count }, step, mode, sign);
  };
  return {
    forward(x, stride, starts) {
      for (const step of steps) run(x, stride, starts, step, 1);
    },
    inverse(x, stride, starts) {
      for (const step of steps.toReversed()) run(x, stride, starts, step, -1);
    },
  };
}

function addRounded(
  x: Int32Array,
  { start, stride, count }: { start: number; stride: number; count: number },
  step: LiftingStep,
  mode: LiftingMode,
  sign: 1 | -1,
): void {
  const { parity, offset } = geometry(step);
  const { rounding = 1 / 2 } = step;
  const taps = Float64Array.from(step.coefficients);
  const rule = liftingExtensions[mode];
  for (let i = parity; i < count; i += 2) {
    const from = i + offset;
    let sum = 0;
    if (from >= 0 && from + 2 * taps.length - 2 < count) {
      for (let j = 0, at = start + from * stride; j < taps.length; j++, at += 2 * stride)
        sum += taps[j]! * x[at]!;
    } else {
      for (let j = 0; j < taps.length; j++)
        sum += taps[j]! * x[start + rule.at(from + 2 * j, count) * stride]!;
    }
    const at = start + i * stride;
    const value = x[at]! + sign * Math.floor(sum + rounding);
    if (value !== (value | 0)) {
      throw new RangeError(
        `the coefficient ${value} does not fit in 32 bits; integerRange gives the range of signals that always fit`,
      );
    }
    x[at] = value;
  }
}
