import { Band } from "../walk/geometry.ts";

/** What is transformed: channels of one size, and the number of analysis steps. */
export interface Extent {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  readonly levels: number;
  /** Further steps of analysis, finer than these, whose bands are not planned; none by default. */
  readonly omitted?: number;
}

/** How many steps of analysis made a band. */
export const stepsOf = ({ levels, omitted = 0 }: Extent, level: number): number =>
  omitted + (level === 0 ? levels : levels - level + 1);

/** What comes first in a code: of all levels the upper planes, or of the coarse levels all planes. */
export type CodeOrder = "quality" | "resolution";

/** A band of coefficients, and where it lies in the arrays of a {@link BandPlan}. */
export interface PlannedBand {
  readonly channel: number;
  /** 0 in the scaling band, 1 in the coarsest detail bands, … `levels` in the finest. */
  readonly level: number;
  /** One of `Band`. */
  readonly band: number;
  readonly height: number;
  readonly width: number;
  /** log2 of the threshold at which the band ends. */
  readonly lastPlane: number;
  /** Index of the first coefficient in the arrays of the plan. */
  readonly start: number;
  /** Distance of rows there. */
  readonly stride: number;
  /** The same band one level coarser; undefined in the two coarsest levels. */
  readonly parent: PlannedBand | undefined;
  /** The two other bands of its level; none in the scaling band. */
  readonly siblings: readonly PlannedBand[];
  /** The same band of the other channels, the first channel first. */
  readonly peers: readonly PlannedBand[];
  /**
   * The same band one level finer; undefined in the finest level, of the scaling band, and where finer bands are coded later, so that
   * nothing is known of them.
   */
  readonly child: PlannedBand | undefined;
}

/**
 * All bands in the order in which they are coded, channel by channel and from coarse to fine. Bands lie one after another in arrays
 * of `length` elements, each with a margin of zeros around it, so that what surrounds a coefficient can be read without a check.
 */
export interface BandPlan {
  readonly extent: Extent;
  readonly order: CodeOrder;
  readonly bands: readonly PlannedBand[];
  readonly length: number;
}

/** Zeros before and behind each row and column: as far as neighborhoods of 4×4 blocks reach. */
export const before = 2;
export const behind = 7;

/** log2 of the last threshold of a band. */
export type LastPlaneOf = (band: Pick<PlannedBand, "channel" | "level" | "band">) => number;

/** Plans the bands of a transform that splits N samples into ⌈N/2⌉ low and ⌊N/2⌋ high ones at each step. */
export function bandPlan(
  extent: Extent,
  lastPlane: LastPlaneOf,
  order: CodeOrder = "quality",
): BandPlan {
  type Open = { -readonly [K in keyof PlannedBand]: PlannedBand[K] };
  const { channels, height, width, levels } = extent;
  const low = (n: number, steps: number) => Math.ceil(n / 2 ** steps);
  const high = (n: number, steps: number) => low(n, steps - 1) - low(n, steps);
  const bands: Open[] = [];
  let length = 0;
  function add(channel: number, level: number, band: number, rows: number, columns: number): void {
    const stride = columns + before + behind;
    const place = { channel, level, band };
    const start = length + before * stride + before;
    length += stride * (rows + before + behind);
    const own = {
      ...place,
      height: rows,
      width: columns,
      lastPlane: lastPlane(place),
      start,
      stride,
    };
    bands.push({ ...own, parent: undefined, siblings: [], peers: [], child: undefined });
  }
  for (let channel = 0; channel < channels; channel++) {
    add(channel, 0, Band.approximation, low(height, levels), low(width, levels));
    for (let level = 1; level <= levels; level++) {
      const steps = levels - level + 1;
      add(channel, level, Band.vertical, low(height, steps), high(width, steps));
      add(channel, level, Band.horizontal, high(height, steps), low(width, steps));
      add(channel, level, Band.diagonal, high(height, steps), high(width, steps));
    }
  }
  const ofChannel = 3 * levels + 1;
  for (const [i, own] of bands.entries()) {
    const base = own.channel * ofChannel;
    own.peers = Array.from({ length: channels }, (_, channel) => channel)
      .filter((channel) => channel !== own.channel)
      .map((channel) => bands[i - base + channel * ofChannel]!);
    if (own.level === 0) continue;
    if (own.level > 1) own.parent = bands[i - 3];
    if (own.level < levels && order === "quality") own.child = bands[i + 3];
    const first = base + 1 + 3 * (own.level - 1);
    own.siblings = bands.slice(first, first + 3).filter((other) => other !== own);
  }
  return { extent, order, bands, length };
}
