import { checkOneOf } from "../arguments/checkOneOf.ts";
import { modulo } from "../arrays/modulo.ts";

/**
 * How lifting extends a signal beyond its ends. For the signal `a b c d`:
 *
 * - `reflect`        `… c b | a b c d | c b a …`  whole-sample symmetric, as in JPEG 2000. As many coefficients as samples:
 *   ⌈N/2⌉ low-pass and ⌊N/2⌋ high-pass. Even indices stay even, so the steps of any wavelet can be inverted. A signal of
 *   one sample has no odd indices and is only scaled
 * - `periodization`  `… c d | a b c d | a b …`  an odd signal first repeats its last sample once; then ⌈N/2⌉ of each
 *
 * The names are PyWavelets'.
 */
export type LiftingMode = "reflect" | "periodization";

/** An extension mode as index arithmetic. */
interface ExtensionRule {
  /** The number of elements that `length` samples take while they are lifted. */
  places(length: number): number;
  /** The index within 0 … `count` − 1 of element i of the extended signal; it has the same parity as i. */
  at(i: number, count: number): number;
}

/** The rule of every mode. */
export const liftingExtensions: Readonly<Record<LiftingMode, ExtensionRule>> = {
  reflect: {
    places: (length) => length,
    at: (i, count) => {
      const place = modulo(i, 2 * (count - 1));
      return place < count ? place : 2 * (count - 1) - place;
    },
  },
  periodization: { places: (length) => length + (length % 2), at: modulo },
};

/** `name` if it is a mode; throws RangeError otherwise. */
export const checkLiftingMode = (name: string): LiftingMode =>
  checkOneOf("lifting mode", name, ["reflect", "periodization"]);
