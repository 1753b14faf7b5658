import type { Vocabulary } from "./tokens.ts";
import { type BlockScan, tabulateBlockScan } from "./walk/blockScan.ts";
import { checkGeometry, type Geometry, type Places, tabulatePlaces } from "./walk/geometry.ts";
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
  /** log2 of the last threshold T_f. */
  readonly finestPlane: number;
  /** `blocks` by default. */
  readonly vocabulary?: Vocabulary;
  /** `A` by default. */
  readonly reading?: Reading;
}

/** A token language for matrices of one geometry, with its tables. Immutable: share it between walks. */
export type TokenLanguage = {
  readonly geometry: Geometry;
  readonly finestPlane: number;
  readonly reading: Reading;
  readonly places: Places;
} & (
  | { readonly vocabulary: "blocks"; readonly scan: BlockScan }
  | { readonly vocabulary: "trees"; readonly scan: TreeScan }
);

/** Resolves options and tabulates the scan. Throws RangeError for an impossible geometry or plane. */
export function tokenLanguage(options: TokenLanguageOptions): TokenLanguage {
  const { finestPlane, vocabulary = "blocks", reading = "A" } = options;
  const geometry = checkGeometry(options.geometry);
  if (!Number.isInteger(finestPlane) || Math.abs(finestPlane) > planeLimit)
    throw new RangeError(
      `the finest plane must be a whole number within ±${planeLimit}, not ${finestPlane}`,
    );
  const common = { geometry, finestPlane, reading, places: tabulatePlaces(geometry) };
  return vocabulary === "blocks"
    ? { ...common, vocabulary, scan: tabulateBlockScan(geometry) }
    : { ...common, vocabulary, scan: tabulateTreeScan(geometry) };
}
