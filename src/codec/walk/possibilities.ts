import type { BandPlace, TokenLanguage } from "../tokenLanguage.ts";
import { blockTokens, type TokenSet, tokenSet } from "../tokens.ts";

const { NowSignificantNeg, NowSignificantPos, Insignificant, NextAccuracy0, NextAccuracy1 } =
  blockTokens;
const [negative, positive, insignificant] = [
  tokenSet(NowSignificantNeg),
  tokenSet(NowSignificantPos),
  tokenSet(Insignificant),
];
const [nearer, further] = [tokenSet(NextAccuracy0), tokenSet(NextAccuracy1)];

/** What a walk may still learn of single coefficients. */
export interface Possibilities {
  /** To be called when a walk comes to a band, all of whose predecessors are known. */
  begin(band: BandPlace): void;
  /** The tokens that are possible of an insignificant coefficient at a threshold. */
  first(offset: number, threshold: number): TokenSet;
  /** The next bits that are possible of a significant coefficient of known value. */
  next(offset: number, known: number): TokenSet;
}

/** The possibilities of a walk that starts at a plane: all, in a language without bounds. */
export function possibilities(
  language: TokenLanguage,
  startingPlane: number,
  approximation: Float64Array,
): Possibilities {
  const { bounds } = language;
  if (!bounds)
    return {
      begin() {},
      first: () => negative | positive | insignificant,
      next: () => nearer | further,
    };
  const low = new Float64Array(approximation.length);
  const high = new Float64Array(approximation.length);
  const limit = 2 ** (startingPlane + 1);
  return {
    begin(band) {
      bounds(language, band, approximation, (offset, least, most) => {
        // No encoder starts at a plane that is too low for the bounds; of what a forged stream says so, all is possible.
        const isPossible = least < limit && most > -limit;
        low[offset] = isPossible ? least : -Infinity;
        high[offset] = isPossible ? most : Infinity;
      });
    },
    first(offset, threshold) {
      const [least, most] = [low[offset]!, high[offset]!];
      return (
        (least <= -threshold ? negative : 0) |
        (most >= threshold ? positive : 0) |
        (least < threshold && most > -threshold ? insignificant : 0)
      );
    },
    next(offset, known) {
      const [toZero, away] =
        known > 0
          ? [low[offset]! < known, high[offset]! >= known]
          : [high[offset]! > known, low[offset]! <= known];
      return (toZero ? nearer : 0) | (away ? further : 0);
    },
  };
}
