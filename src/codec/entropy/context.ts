import type { TokenLanguage } from "../tokenLanguage.ts";
import { type TokenSet, tokenLimit } from "../tokens.ts";
import { Band } from "../walk/geometry.ts";
import { type Site, SiteKind } from "../walk/site.ts";
import { planeLimit } from "../walk/startingPlane.ts";

/*
 * A context packs six small numbers into one. Files hold these numbers (a run's static coder), so the layout is fixed:
 *
 *   legal  7 bits | kind  3 bits | band  2 bits | level  4 bits | plane, from 0 at -planeLimit - 1 | channel, times 2^8 planes
 */
const sets = room(2 ** 7, 2 ** tokenLimit);
const kinds = room(2 ** 3, Object.keys(SiteKind).length);
const bands = room(2 ** 2, Object.keys(Band).length);
const levels = 2 ** 4;
/** Planes of a stream with contexts of their own where there are several channels. */
const planes = 2 ** 8;

/** The room of a part of the number, checked to hold what is there. */
function room(size: number, needed: number): number {
  if (needed <= size) return size;
  throw new RangeError("contexts: a site has more legal tokens, kinds or bands than were planned");
}

/**
 * The context of a decision, as one number: site kind, log2 T, level, band, channel and set of legal tokens. Neither
 * position nor neighbors enter. See "Contexts and coder" in docs/image-language.md.
 */
export function contextOf({ kind, plane, level, band, channel, legal }: Site): number {
  const small = (((plane + planeLimit + 1) * levels + level) * bands + band) * kinds + kind;
  return (channel * (planes * levels * bands * kinds) + small) * sets + legal;
}

/** The legal tokens of a context, read back from its number. */
export function legalIn(context: number): TokenSet {
  return context % sets;
}

/**
 * Throws RangeError where two different decisions of a stream would have the same context: beyond 15 levels, or with several
 * channels and 256 planes or more.
 */
export function checkContexts(
  startingPlane: number,
  { geometry, finestPlane }: TokenLanguage,
): void {
  if (geometry.levels >= levels) {
    throw new RangeError(
      `contexts have room for ${levels - 1} levels, and the language has ${geometry.levels}`,
    );
  }
  const count = startingPlane - finestPlane + 1;
  if (geometry.channels > 1 && count > planes) {
    throw new RangeError(
      `contexts of several channels have room for ${planes} planes, and the stream has ${count}`,
    );
  }
}
