import type { TokenSet } from "../tokens.ts";
import type { Places } from "./geometry.ts";

/** The object of a decision. */
export const SiteKind = {
  /** An intact 4×4 block. */
  block: 0,
  /** An intact 2×2 quad of a broken block. */
  quad: 1,
  /** An insignificant coefficient. */
  coefficient: 2,
  /** The next bit of a significant coefficient. */
  refine: 3,
  /** An insignificant coefficient that heads a tree, which may be a single leaf. */
  tree: 4,
} as const;

/** Names of the site kinds, by number. */
export const siteKindNames = Object.keys(SiteKind) as readonly (keyof typeof SiteKind)[];

/**
 * One decision of a walk. The walk reuses one object: read it before sending the token, and copy what
 * must outlive that. A block or quad is placed at its first (top-left) coefficient.
 */
export interface Site {
  /** One of {@link SiteKind}. */
  readonly kind: number;
  /** log2 of the threshold. */
  readonly plane: number;
  /** T = 2^plane. */
  readonly threshold: number;
  readonly channel: number;
  readonly row: number;
  readonly column: number;
  /** 0 in the scaling band, 1 in the coarsest detail bands, … `levels` in the finest. */
  readonly level: number;
  /** One of `Band`. */
  readonly band: number;
  /** Index into the coefficients of all channels: (channel · height + row) · width + column. */
  readonly offset: number;
  /** The tokens that may follow; always at least two. */
  readonly legal: TokenSet;
}

/** A site that its walk can move. */
export type MutableSite = { -readonly [K in keyof Site]: Site[K] };

/** The site a walk starts from, before its first move. */
export function newSite(): MutableSite {
  return {
    kind: 0,
    plane: 0,
    // A fraction, so that the engine represents the field as a double from the start.
    threshold: 0.5,
    channel: 0,
    row: 0,
    column: 0,
    level: 0,
    band: 0,
    offset: 0,
    legal: 0,
  };
}

/** Moves a site to the coefficient at `place` of its channel, which starts at `base`; returns the site. */
export function moveSite(
  site: MutableSite,
  places: Places,
  base: number,
  place: number,
  kind: number,
  legal: TokenSet,
): Site {
  site.kind = kind;
  site.row = places.row[place]!;
  site.column = places.column[place]!;
  site.level = places.level[place]!;
  site.band = places.band[place]!;
  site.offset = base + place;
  site.legal = legal;
  return site;
}
