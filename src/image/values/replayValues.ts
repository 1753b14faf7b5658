import { type Site, SiteKind } from "../../codec/index.ts";
import { bandRegions, channelSize } from "../../codec/walk/geometry.ts";
import { moveSite, newSite } from "../../codec/walk/site.ts";
import type { ImageLanguage } from "../language/language.ts";

/** A coefficient of an image, and what is known before it is told. One object is reused. */
export interface ValueDecision {
  readonly site: Site;
  readonly approximation: Float64Array;
}

/**
 * Visits all coefficients of an image in the order of their walk, each before it is told. Their sites have the threshold of
 * `valuePlane`, not that of a token.
 */
export function* replayValues(
  coefficients: Float64Array,
  { tokens }: ImageLanguage,
): Generator<ValueDecision, void, void> {
  const { geometry, places } = tokens;
  const size = channelSize(geometry);
  const approximation = new Float64Array(coefficients.length);
  const site = newSite();
  const decision: ValueDecision = { site, approximation };
  for (const { level, top, left, height, width } of bandRegions(geometry)) {
    site.plane = valuePlane(geometry, level);
    site.threshold = 2 ** site.plane;
    for (let channel = 0; channel < geometry.channels; channel++) {
      const base = channel * size;
      site.channel = channel;
      for (let row = top; row < top + height; row++)
        for (let column = left; column < left + width; column++) {
          const place = row * geometry.width + column;
          moveSite(site, places, base, place, SiteKind.coefficient, 0);
          yield decision;
          approximation[base + place] = coefficients[base + place]!;
        }
    }
  }
}

/** Values are told in units of four gray levels of the means of their level: log2 of that, as a coefficient. */
export const valuePlane = ({ levels }: { readonly levels: number }, level: number): number =>
  levels - Math.max(1, level) + 3;
