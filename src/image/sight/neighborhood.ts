import type { Places } from "../../codec/walk/geometry.ts";
import { Band, channelSize, type Geometry, scalingRegion } from "../../codec/walk/geometry.ts";

/** Which coefficients a decision looks at; a radius r is a window of (2r + 1)² coefficients. */
export interface NeighborhoodPattern {
  /** Around the coefficient, in its own band. */
  readonly own: number;
  /** Around its parent, one level coarser. */
  readonly parent: number;
  /** Around its parent's parent. */
  readonly grandparent: number;
  /** Around the same place in the two other bands of its level. */
  readonly siblings: number;
  /** Around its 2×2 children, one level finer: 2r more rows and columns. */
  readonly children: number;
}

/** Nothing is there: outside the band, or no such relative. */
export const absent = -1;

/** For every coefficient of a channel, the offsets within the channel of those it looks at, or `absent`. */
export interface Neighborhoods {
  /** Entries of each coefficient. */
  readonly size: number;
  /** Entry n of the coefficient at offset o is `offsets[o * size + n]`. */
  readonly offsets: Int32Array;
}

interface BandPlace {
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
}

/** Tabulates the neighborhood of every coefficient; the order of the entries is the same for all. */
export function tabulateNeighborhoods(
  geometry: Geometry,
  places: Places,
  pattern: NeighborhoodPattern,
): Neighborhoods {
  const scaling = scalingRegion(geometry);
  const bandAt = (level: number, band: number): BandPlace | undefined => {
    if (level < 0 || level > geometry.levels) return undefined;
    if (level === 0 || band === Band.approximation) return level === 0 ? scaling : undefined;
    const height = scaling.height * 2 ** (level - 1);
    const width = scaling.width * 2 ** (level - 1);
    const top = band === Band.vertical ? 0 : height;
    const left = band === Band.horizontal ? 0 : width;
    return { top, left, height, width };
  };

  const square = (side: number) => Math.max(0, side) ** 2;
  const size =
    [pattern.own, pattern.parent, pattern.grandparent, pattern.siblings, pattern.siblings]
      .map((radius) => square(2 * radius + 1))
      .reduce((sum, entries) => sum + entries) + square(2 * pattern.children + 2);
  const count = channelSize(geometry);
  const offsets = new Int32Array(count * size);
  let next = 0;
  for (let offset = 0; offset < count; offset++) {
    const level = places.level[offset]!;
    const band = places.band[offset]!;
    const own = bandAt(level, band)!; // every coefficient lies in a band
    const i = places.row[offset]! - own.top;
    const j = places.column[offset]! - own.left;

    const look = (region: BandPlace | undefined, row: number, column: number) => {
      const inside =
        region && row >= 0 && row < region.height && column >= 0 && column < region.width;
      offsets[next++] = inside
        ? (region.top + row) * geometry.width + region.left + column
        : absent;
    };
    const window = (region: BandPlace | undefined, row: number, column: number, radius: number) => {
      for (let a = -radius; a <= radius; a++)
        for (let b = -radius; b <= radius; b++) look(region, row + a, column + b);
    };
    /** The place `up` levels coarser: detail bands halve, and above the coarsest lies the scaling band. */
    const ancestor = (up: number, radius: number) => {
      const halvings = Math.max(0, Math.min(up, level - 1));
      const region = level === 0 || up > level ? undefined : bandAt(level - up, band);
      window(region, i >> halvings, j >> halvings, radius);
    };

    window(own, i, j, pattern.own);
    ancestor(1, pattern.parent);
    ancestor(2, pattern.grandparent);
    for (const step of [1, 2]) {
      // Beside the scaling band lie the coarsest horizontal and vertical bands.
      const other = level === 0 ? bandAt(1, step) : bandAt(level, ((band - 1 + step) % 3) + 1);
      window(other, i, j, pattern.siblings);
    }
    const finer = level === 0 ? undefined : bandAt(level + 1, band);
    for (let a = -pattern.children; a < 2 + pattern.children; a++)
      for (let b = -pattern.children; b < 2 + pattern.children; b++)
        look(finer, 2 * i + a, 2 * j + b);
  }
  return { size, offsets };
}
