import type { TokenLanguage } from "../tokenLanguage.ts";
import { blockTokens, type Token, type TokenSet, tokenSet } from "../tokens.ts";
import { bandNumber, channelSize } from "./geometry.ts";
import { discoveryValue, refine, refinementStep } from "./refinement.ts";
import { moveSite, newSite, type Site, SiteKind } from "./site.ts";

const {
  Group4x4,
  Group2x2,
  NowSignificantNeg,
  NowSignificantPos,
  Insignificant,
  NextAccuracy0,
  NextAccuracy1,
} = blockTokens;

const signs = tokenSet(NowSignificantNeg, NowSignificantPos);
const bits = tokenSet(NextAccuracy0, NextAccuracy1);
const none = -1;

/** The walk of the zero-block vocabulary; see {@link walk} for the protocol and "The walk" in docs/image-language.md. */
export function* blockWalk(
  language: TokenLanguage & { vocabulary: "blocks" },
  startingPlane: number,
  approximation: Float64Array,
): Generator<Site, void, Token> {
  const { geometry, places, reading, finestPlane, lastPlanes } = language;
  const { order, quadStart, blockStart } = language.scan;
  const size = channelSize(geometry);
  const quads = quadStart.length - 1;
  const blocks = blockStart.length - 1;
  // A broken group contains a significant coefficient, in all later planes too.
  const blockBroken = new Uint8Array(geometry.channels * blocks);
  const quadBroken = new Uint8Array(geometry.channels * quads);
  const site = newSite();

  for (let plane = startingPlane; plane >= finestPlane; plane--) {
    const threshold = 2 ** plane;
    const step = refinementStep[reading] * threshold;
    site.plane = plane;
    site.threshold = threshold;
    for (let channel = 0; channel < geometry.channels; channel++) {
      const base = channel * size;
      site.channel = channel;
      const firstBand = bandNumber(geometry, { channel, level: 0, band: 0 });
      for (let block = 0; block < blocks; block++) {
        const firstQuad = blockStart[block]!;
        const corner = order[quadStart[firstQuad]!]!;
        // A block of a band that ended in an earlier plane is known already.
        if (plane < lastPlanes[firstBand + 4 * places.level[corner]! + places.band[corner]!]!)
          continue;
        const lastQuad = blockStart[block + 1]! - 1;
        // A token given for a group also answers the group's first member.
        let pending: Token = none;
        let justBroken = false;
        if (blockBroken[channel * blocks + block] === 0) {
          const start = quadStart[firstQuad]!;
          const legal = blockLegal(lastQuad - firstQuad + 1, quadStart[firstQuad + 1]! - start);
          pending = yield moveSite(site, places, base, order[start]!, SiteKind.block, legal);
          if (pending === Group4x4) continue;
          justBroken = true;
          blockBroken[channel * blocks + block] = 1;
        }
        let silentQuads = 0;
        for (let quad = firstQuad; quad <= lastQuad; quad++) {
          const start = quadStart[quad]!;
          const end = quadStart[quad + 1]!;
          const fresh = quadBroken[channel * quads + quad] === 0;
          if (fresh) {
            if (pending === none) {
              const lastHope = justBroken && quad === lastQuad && silentQuads === quad - firstQuad;
              const legal = quadLegal(end - start, lastHope);
              pending = yield moveSite(site, places, base, order[start]!, SiteKind.quad, legal);
            }
            if (pending === Group2x2) {
              silentQuads++;
              pending = none;
              continue;
            }
            quadBroken[channel * quads + quad] = 1;
          }
          let insignificant = 0;
          for (let k = start; k < end; k++) {
            const place = order[k]!;
            const known = approximation[base + place]!;
            if (known !== 0) {
              const bit = yield moveSite(site, places, base, place, SiteKind.refine, bits);
              approximation[base + place] = refine(known, step, bit === NextAccuracy1);
              continue;
            }
            if (pending === none) {
              const lastHope = fresh && k === end - 1 && insignificant === k - start;
              const legal = lastHope ? signs : signs | (1 << Insignificant);
              pending = yield moveSite(site, places, base, place, SiteKind.coefficient, legal);
            }
            if (pending === Insignificant) {
              insignificant++;
            } else {
              const sign = pending === NowSignificantPos ? 1 : -1;
              const found = sign * discoveryValue * threshold;
              approximation[base + place] = found;
              if (reading === "B") {
                const bit = yield moveSite(site, places, base, place, SiteKind.refine, bits);
                approximation[base + place] = refine(found, step, bit === NextAccuracy1);
              }
            }
            pending = none;
          }
        }
      }
    }
  }
}

/** The legal tokens of an intact block: those of its first quad, and Group4x4. */
function blockLegal(quads: number, firstQuadSize: number): TokenSet {
  // For a single quad, Group2x2 would mean the same as Group4x4.
  return quadLegal(firstQuadSize, quads === 1) | (1 << Group4x4);
}

/**
 * The legal tokens of an intact quad. `lastHope`: its block was just broken and all other quads have no significant
 * coefficient, so this one must have one.
 */
function quadLegal(size: number, lastHope: boolean): TokenSet {
  const silent = lastHope ? 0 : 1 << Group2x2;
  // For a single coefficient, Insignificant would mean the same as Group2x2.
  return size === 1 ? signs | silent : signs | silent | (1 << Insignificant);
}
