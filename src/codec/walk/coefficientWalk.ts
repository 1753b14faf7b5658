import type { TokenLanguage } from "../tokenLanguage.ts";
import { blockTokens, type Token, type TokenSet, tokenSet } from "../tokens.ts";
import { bandNumber, bandRegions, channelSize } from "./geometry.ts";
import { possibilities } from "./possibilities.ts";
import { discoveryValue, refine, refinementStep } from "./refinement.ts";
import { moveSite, newSite, type Site, SiteKind } from "./site.ts";

const { NowSignificantPos, Insignificant, NextAccuracy0, NextAccuracy1 } = blockTokens;
const bits = tokenSet(NextAccuracy0, NextAccuracy1);
const none = -1;

/**
 * The walk in the order "coefficients": band after band, of each band all channels, and each coefficient in raster order
 * through all its planes. So everything before a coefficient is known exactly. There are no groups, and what can be only one
 * thing is not asked. See {@link walk} for the protocol.
 */
export function* coefficientWalk(
  language: TokenLanguage,
  startingPlane: number,
  approximation: Float64Array,
): Generator<Site, void, Token> {
  const { geometry, places, reading, lastPlanes } = language;
  const size = channelSize(geometry);
  const possible = possibilities(language, startingPlane, approximation);
  const site = newSite();
  for (const { level, band, top, left, height, width } of bandRegions(geometry))
    for (let channel = 0; channel < geometry.channels; channel++) {
      const base = channel * size;
      const last = lastPlanes[bandNumber(geometry, { channel, level, band })]!; // one a band
      site.channel = channel;
      possible.begin({ channel, level, band });
      for (let row = top; row < top + height; row++)
        for (let column = left; column < left + width; column++) {
          const place = row * geometry.width + column;
          const offset = base + place;
          for (let plane = startingPlane; plane >= last; plane--) {
            const threshold = 2 ** plane;
            const step = refinementStep[reading] * threshold;
            const known = approximation[offset]!;
            const isNew = known === 0;
            const legal = isNew ? possible.first(offset, threshold) : possible.next(offset, known);
            let token = soleToken(legal);
            if (token === none) {
              site.plane = plane;
              site.threshold = threshold;
              const kind = isNew ? SiteKind.coefficient : SiteKind.refine;
              token = yield moveSite(site, places, base, place, kind, legal);
            }
            if (!isNew) {
              approximation[offset] = refine(known, step, token === NextAccuracy1);
            } else if (token !== Insignificant) {
              const sign = token === NowSignificantPos ? 1 : -1;
              const found = sign * discoveryValue * threshold;
              approximation[offset] = found;
              if (reading === "B") {
                site.plane = plane;
                site.threshold = threshold;
                const bit = yield moveSite(site, places, base, place, SiteKind.refine, bits);
                approximation[offset] = refine(found, step, bit === NextAccuracy1);
              }
            }
          }
        }
    }
}

/** The one token of a set, or `none` if there are more. */
function soleToken(legal: TokenSet): Token {
  return (legal & (legal - 1)) === 0 ? 31 - Math.clz32(legal) : none;
}
