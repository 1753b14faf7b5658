import type { TokenSet } from "../tokens.ts";
import type { Site } from "../walk/site.ts";
import { planeLimit } from "../walk/startingPlane.ts";

/**
 * The context of a decision, as one number: site kind, log2 T, level, band, channel and legal tokens.
 * The spec's figures (§10.5) count the legal tokens; the set itself says the same wherever blocks are
 * whole, and keeps sets of one size apart where they are clipped. Neither position nor neighbors enter.
 */
export function contextOf({ kind, plane, level, band, channel, legal }: Site): number {
  const small = (((plane + planeLimit + 1) * 16 + level) * 4 + band) * 8 + kind;
  return (channel * 2 ** 17 + small) * 128 + legal;
}

/** The legal tokens of a context, read back from its number. */
export function legalIn(context: number): TokenSet {
  return context % 128;
}
