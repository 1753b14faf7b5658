import type { Site } from "../../codec/index.ts";
import { bandNumber } from "../../codec/walk/geometry.ts";
import { toInteger, unitOf } from "../language/integerBands.ts";
import type { ImageLanguage } from "../language/language.ts";

/** Between which integers the coefficients of a walk lie, both of them possible. */
export interface ValueRanges {
  /** To be called at every coefficient before it is asked about; true where a band begins. */
  enter(site: Site, approximation: Float64Array): boolean;
  /** The unit of the present band's integers. */
  unit(): number;
  low(offset: number): number;
  high(offset: number): number;
}

/**
 * The ranges of one walk, in units of each band: what the bounds of the language leave, and the starting plane, above which no
 * coefficient lies. Throws RangeError where the language has no bounds.
 */
export function valueRanges({ tokens }: ImageLanguage, startingPlane: number): ValueRanges {
  const { bounds, geometry, places } = tokens;
  if (!bounds) throw new RangeError("the language does not bound its coefficients");
  const size = geometry.channels * places.level.length;
  const low = new Int32Array(size);
  const high = new Int32Array(size);
  let band = -1;
  let unit = 1;
  return {
    enter(site, approximation) {
      const { channel, level } = site;
      const now = bandNumber(geometry, site);
      if (now === band) return false;
      band = now;
      unit = unitOf(tokens, channel, { level, band: site.band });
      const most = Math.max(0, 2 ** (startingPlane + 1) / unit - 1);
      bounds(tokens, site, approximation, (offset, least, greatest) => {
        const from = Math.max(-most, toInteger(least, unit));
        const to = Math.min(most, toInteger(greatest, unit));
        // Where a forged starting plane contradicts the bounds, the plane alone counts.
        low[offset] = from <= to ? from : -most;
        high[offset] = from <= to ? to : most;
      });
      return true;
    },
    unit: () => unit,
    low: (offset) => low[offset]!,
    high: (offset) => high[offset]!,
  };
}
