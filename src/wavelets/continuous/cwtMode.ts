import { checkOneOf } from "../arguments/checkOneOf.ts";

/**
 * How a signal is extended beyond its ends. For the signal `a b c d`:
 *
 * - `symmetric`  `… d c b a | a b c d | d c b a …`  half-sample reflection, without jumps at the ends
 * - `periodic`   `… a b c d | a b c d | a b c d …`
 * - `zero`       `… 0 0 0 0 | a b c d | 0 0 0 0 …`  as PyWavelets' cwt does
 *
 * The names are PyWavelets'. The first two make a signal of finite period, so the transform at its own samples is the whole
 * transform, and the inverse is exact up to the ends. `zero` pads with zeros as far as ψ reaches. That differs from infinitely
 * many zeros only at fine scales, where the Nyquist frequency cuts off the band of ψ and its tails are long.
 */
export type CwtMode = "symmetric" | "periodic" | "zero";

/** `name` if it is a mode; throws RangeError otherwise. */
export const checkCwtMode = (name: string): CwtMode =>
  checkOneOf("mode of cwt", name, ["symmetric", "periodic", "zero"]);

/** A mode as two linear maps between the N samples of a signal and one period of L samples, a circle. */
export interface CwtModeRule {
  /** L; at least `padded` if the mode pads. */
  circle(length: number, padded: number): number;
  /** Writes the signal and its extension; a reflection is multiplied by `mirror`. */
  extend(signal: Float64Array, circle: Float64Array, mirror: number): void;
  /** The adjoint of `extend`. */
  fold(circle: Float64Array, signal: Float64Array, mirror: number): void;
}

/** The rule of every mode. */
export const cwtModeRules: Readonly<Record<CwtMode, CwtModeRule>> = {
  symmetric: {
    circle: (length) => 2 * length,
    extend(signal, circle, mirror) {
      const last = circle.length - 1;
      for (let n = 0; n < signal.length; n++) {
        circle[n] = signal[n]!;
        circle[last - n] = mirror * signal[n]!;
      }
    },
    fold(circle, signal, mirror) {
      const last = circle.length - 1;
      for (let n = 0; n < signal.length; n++) signal[n] = circle[n]! + mirror * circle[last - n]!;
    },
  },
  periodic: { circle: (length) => length, extend: place, fold: crop },
  zero: { circle: (_, padded) => padded, extend: place, fold: crop },
};

/** The signal, then zeros. */
export function place(signal: Float64Array, circle: Float64Array): void {
  circle.set(signal);
  circle.fill(0, signal.length);
}

/** The adjoint of {@link place}: the first samples of the circle. */
export function crop(circle: Float64Array, signal: Float64Array): void {
  signal.set(circle.subarray(0, signal.length));
}
