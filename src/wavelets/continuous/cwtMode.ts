import { checkOneOf } from "../arguments/checkOneOf.ts";

/**
 * How a signal goes on beyond its ends. For the signal `a b c d`:
 *
 * - `symmetric`  `… d c b a | a b c d | d c b a …`  half-sample reflection; nothing new at the ends
 * - `periodic`   `… a b c d | a b c d | a b c d …`
 * - `zero`       `… 0 0 0 0 | a b c d | 0 0 0 0 …`  what PyWavelets' cwt does
 *
 * The names are PyWavelets'. `zero` is padded with zeros as far as ψ reaches and then repeated; only for scales so fine that
 * Nyquist's frequency cuts their band, whose tails are then long, does that differ from zeros without end. The first two make a signal of finite period, so the transform at its own instants is all of
 * the transform, and the inverse is exact up to the ends.
 */
export type CwtMode = "symmetric" | "periodic" | "zero";

/** The mode called `name`; throws RangeError for another name. */
export const checkCwtMode = (name: string): CwtMode =>
  checkOneOf("mode of the continuous transform", name, ["symmetric", "periodic", "zero"]);

/** A mode as two linear maps between the signal's N samples and one period of L, a circle. */
export interface CwtModeRule {
  /** L, for `padded` samples at least where the mode pads. */
  circle(length: number, padded: number): number;
  /** The signal and what follows it; a reflection is multiplied by `mirror`. */
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
        circle[n] = signal[n]!; // n is a place of the signal
        circle[last - n] = mirror * signal[n]!; // as above
      }
    },
    fold(circle, signal, mirror) {
      const last = circle.length - 1;
      for (let n = 0; n < signal.length; n++) signal[n] = circle[n]! + mirror * circle[last - n]!; // twice as long
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
