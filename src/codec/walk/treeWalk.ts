import type { TokenLanguage } from "../tokenLanguage.ts";
import { type Token, tokenSet, treeTokens } from "../tokens.ts";
import { bandNumber, channelSize } from "./geometry.ts";
import { discoveryValue, refine, refinementStep } from "./refinement.ts";
import { moveSite, newSite, type Site, SiteKind } from "./site.ts";

const {
  ZeroTree,
  NowSignificantNeg,
  NowSignificantPos,
  Insignificant,
  NextAccuracy0,
  NextAccuracy1,
} = treeTokens;

const signs = tokenSet(NowSignificantNeg, NowSignificantPos);
const bits = tokenSet(NextAccuracy0, NextAccuracy1);
const treeless = signs | tokenSet(Insignificant);
// For a leaf, Insignificant would mean the same as ZeroTree.
const leaf = signs | tokenSet(ZeroTree);

/** The walk of the zero-tree vocabulary; see {@link walk} for the protocol and "The walk" in docs/image-language.md. */
export function* treeWalk(
  language: TokenLanguage & { vocabulary: "trees" },
  startingPlane: number,
  approximation: Float64Array,
): Generator<Site, void, Token> {
  const { geometry, places, reading, finestPlane, lastPlanes } = language;
  const { order, parent, scalingCount, childless } = language.scan;
  const size = channelSize(geometry);
  const count = geometry.channels * size;
  // The last plane in which a coefficient lay in a zero-tree.
  const silentPlane = new Int16Array(count).fill(startingPlane + 1);
  // A tree with a significant descendant is never a zero-tree again.
  const ancestorOfSignificant = new Uint8Array(count);
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
      for (let k = 0; k < order.length; k++) {
        const place = order[k]!;
        // What ended in an earlier plane is known already.
        if (plane < lastPlanes[firstBand + 4 * places.level[place]! + places.band[place]!]!)
          continue;
        const offset = base + place;
        const above = parent[place]!;
        if (above >= 0 && silentPlane[base + above] === plane) {
          silentPlane[offset] = plane;
          continue;
        }
        const known = approximation[offset]!;
        if (known !== 0) {
          const bit = yield moveSite(site, places, base, place, SiteKind.refine, bits);
          approximation[offset] = refine(known, step, bit === NextAccuracy1);
          continue;
        }
        const treelike = k >= scalingCount;
        const legal = !treelike
          ? treeless
          : childless[place] === 1
            ? leaf
            : ancestorOfSignificant[offset] === 1
              ? treeless
              : leaf | treeless;
        const kind = treelike ? SiteKind.tree : SiteKind.coefficient;
        const token = yield moveSite(site, places, base, place, kind, legal);
        if (token === ZeroTree) {
          silentPlane[offset] = plane;
        } else if (token !== Insignificant) {
          const sign = token === NowSignificantPos ? 1 : -1;
          const found = sign * discoveryValue * threshold;
          approximation[offset] = found;
          for (let up = above; up >= 0 && ancestorOfSignificant[base + up] === 0; up = parent[up]!)
            ancestorOfSignificant[base + up] = 1;
          if (reading === "B") {
            const bit = yield moveSite(site, places, base, place, SiteKind.refine, bits);
            approximation[offset] = refine(found, step, bit === NextAccuracy1);
          }
        }
      }
    }
  }
}
