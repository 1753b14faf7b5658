import { checkOneOf } from "../arguments/checkOneOf.ts";
import { modulo } from "../arrays/modulo.ts";

/**
 * How lifting goes on beyond a signal's ends. For the signal `a b c d`:
 *
 * - `reflect`        `… c b | a b c d | c b a …`  whole-sample symmetric, JPEG 2000's; as many coefficients as samples,
 *   ⌈N/2⌉ low and ⌊N/2⌋ high ones. Even places stay even, so steps of any wavelet can be undone. A signal of one sample
 *   has no odd places and is only scaled
 * - `periodization`  `… c d | a b c d | a b …`  an odd signal first repeats its last sample once; then ⌈N/2⌉ of each
 *
 * The names are PyWavelets'.
 */
export type LiftingMode = "reflect" | "periodization";

/** A mode as index arithmetic. */
interface ExtensionRule {
  /** Places that `length` samples take while they are lifted. */
  places(length: number): number;
  /** Which of `count` places stands at place i of the extended signal; of the same parity. */
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

/** The mode called `name`; throws RangeError for another name. */
export const checkLiftingMode = (name: string): LiftingMode =>
  checkOneOf("mode of lifting", name, ["reflect", "periodization"]);
