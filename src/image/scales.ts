import type { Site, TokenLanguage } from "../codec/index.ts";
import type { Geometry } from "../codec/walk/geometry.ts";

/**
 * The two scales of a picture: its `shape`, in bands of up to 4×4 coefficients, and its `detail`, in all larger ones,
 * which look alike at every size.
 */
export const scaleNames = ["shape", "detail"] as const;
export type Scale = (typeof scaleNames)[number];

/** Something for each scale. */
export type PerScale<T> = Readonly<Record<Scale, T>>;

export function perScale<T>(make: (scale: Scale) => T): PerScale<T> {
  return { shape: make("shape"), detail: make("detail") };
}

/** Longest side of a band that belongs to the shape. */
const shapeSide = 4;

/** Tells which scale a decision belongs to. */
export function scaleOf({ geometry }: TokenLanguage): (site: Site) => Scale {
  const levels = Array.from({ length: geometry.levels + 1 }, (_, level) => level);
  const byLevel = levels.map((level) => scaleOfLevel(geometry, level));
  return (site) => byLevel[site.level]!; // one each level
}

/** Which scale the bands of a level belong to. */
export function scaleOfLevel(geometry: Geometry, level: number): Scale {
  return longestSide(geometry, level) <= shapeSide ? "shape" : "detail";
}

/** Coefficients along the longer side of the bands of a level. */
function longestSide({ height, width, levels }: Geometry, level: number): number {
  return Math.max(height, width) / 2 ** (levels - Math.max(0, level - 1));
}
