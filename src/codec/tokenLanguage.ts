import type { Vocabulary } from "./tokens.ts";
import { type BlockScan, tabulateBlockScan } from "./walk/blockScan.ts";
import {
  bandCount,
  bandNumber,
  bandRegions,
  checkGeometry,
  type Geometry,
  type Places,
  tabulatePlaces,
} from "./walk/geometry.ts";
import { planeLimit } from "./walk/startingPlane.ts";
import { type TreeScan, tabulateTreeScan } from "./walk/treeScan.ts";

/**
 * The two readings of the paper's refinement rule ("The walk" in docs/image-language.md).
 * `A`: a coefficient is refined from the plane after its discovery on, each time by ±T/2.
 * `B`: it is refined at once after its discovery as well, each time by ±T/4; one bit more per coefficient.
 */
export type Reading = "A" | "B";

/** What distinguishes one token language from another. */
export interface TokenLanguageOptions {
  readonly geometry: Geometry;
  /**
   * log2 of the last threshold T_f; or of each band, where bands end at thresholds of their own. What is coarser ends no
   * later than what is finer. Blocks then do not cross bands.
   */
  readonly finestPlane: number | LastPlane;
  /** `planes` by default; the vocabulary `trees` has no other. */
  readonly order?: Order;
  /** What values are possible, in the order `coefficients`; all by default. */
  readonly bounds?: ValueBounds | undefined;
  /** `blocks` by default. */
  readonly vocabulary?: Vocabulary;
  /** `A` by default. */
  readonly reading?: Reading;
}

/**
 * What comes first: all coefficients of a plane, or all planes of a coefficient. Coefficient by coefficient, band after band,
 * everything before a coefficient is known down to its last plane, and there are no groups.
 */
export type Order = "planes" | "coefficients";

/** A band of a channel. */
export interface BandPlace {
  readonly channel: number;
  readonly level: number;
  readonly band: number;
}

/**
 * Tells the least and the greatest value of each coefficient of a band, given what is known of the bands before it, in the
 * order `coefficients`. A walk does not ask what only one token can answer.
 */
export type ValueBounds = (
  language: TokenLanguage,
  band: BandPlace,
  known: Float64Array,
  tell: (offset: number, least: number, most: number) => void,
) => void;

/** log2 of the last threshold of a band. */
export type LastPlane = (band: BandPlace) => number;

/** A token language for matrices of one geometry, with its tables. Immutable: share it between walks. */
export type TokenLanguage = {
  readonly geometry: Geometry;
  /** log2 of the last threshold of the stream. */
  readonly finestPlane: number;
  /** log2 of the last threshold of every band, by `bandNumber`. */
  readonly lastPlanes: Int16Array;
  readonly order: Order;
  readonly bounds: ValueBounds | undefined;
  readonly reading: Reading;
  readonly places: Places;
} & (
  | { readonly vocabulary: "blocks"; readonly scan: BlockScan }
  | { readonly vocabulary: "trees"; readonly scan: TreeScan }
);

/** Resolves options and tabulates the scan. Throws RangeError for an impossible geometry or plane. */
export function tokenLanguage(options: TokenLanguageOptions): TokenLanguage {
  const { vocabulary = "blocks", reading = "A", order = "planes", bounds } = options;
  if (order === "coefficients" ? vocabulary !== "blocks" : bounds !== undefined)
    throw new RangeError("the order coefficients needs the vocabulary blocks, and bounds need it");
  const geometry = checkGeometry(options.geometry);
  const lastPlanes = tabulateLastPlanes(geometry, options.finestPlane);
  const finestPlane = lastPlanes.reduce((least, plane) => Math.min(least, plane));
  const common = {
    geometry,
    finestPlane,
    lastPlanes,
    order,
    bounds,
    reading,
    places: tabulatePlaces(geometry),
  };
  const bandByBand = geometry.content !== undefined || typeof options.finestPlane === "function";
  return vocabulary === "blocks"
    ? { ...common, vocabulary, scan: tabulateBlockScan(geometry, bandByBand) }
    : { ...common, vocabulary, scan: tabulateTreeScan(geometry) };
}

function tabulateLastPlanes(geometry: Geometry, finest: number | LastPlane): Int16Array {
  const bands = Array.from({ length: geometry.channels }, (_, channel) =>
    bandRegions(geometry).map(({ level, band }) => ({ channel, level, band })),
  ).flat();
  const planes = bands.map((band) => (typeof finest === "function" ? finest(band) : finest));
  const impossible = planes.find((p) => !Number.isInteger(p) || Math.abs(p) > planeLimit);
  if (impossible !== undefined)
    throw new RangeError(
      `the finest plane must be a whole number within ±${planeLimit}, not ${impossible}`,
    );
  const table = new Int16Array(bandCount(geometry)).fill(Math.max(...planes));
  for (const [i, band] of bands.entries()) table[bandNumber(geometry, band)] = planes[i]!; // one a band
  return table;
}
