import { bandRegions, type Geometry, type Region, scalingRegion } from "./geometry.ts";

/**
 * The order in which the zero-block walk visits one channel ("Scan order" in docs/image-language.md): the root region
 * (scaling band and coarsest details), then each finer detail band. A region is cut into aligned 4×4 blocks in raster order,
 * a block into 2×2 quads (top left, top right, bottom left, bottom right), a quad into coefficients row by row. Blocks and quads are clipped at the edges of their region, so a block
 * has 1, 2 or 4 quads and a quad has 1, 2 or 4 coefficients. With `bandByBand` the bands of the root region are regions of
 * their own.
 */
export interface BlockScan {
  /** Offsets into a channel, in the order of visits. */
  readonly order: Int32Array;
  /** Quad q holds the places quadStart[q] … quadStart[q + 1] − 1 of `order`. */
  readonly quadStart: Int32Array;
  /** Block b holds the quads blockStart[b] … blockStart[b + 1] − 1. */
  readonly blockStart: Int32Array;
}

/** Tabulates the zero-block scan of one channel. Content that does not fill the matrix is always cut band by band. */
export function tabulateBlockScan(
  geometry: Geometry,
  bandByBand = geometry.content !== undefined,
): BlockScan {
  const bands = bandRegions(geometry);
  const regions = bandByBand ? bands : [rootRegion(geometry), ...bands.slice(4)];
  const order = new Int32Array(bands.reduce((sum, { height, width }) => sum + height * width, 0));
  const quadStart: number[] = [];
  const blockStart: number[] = [];
  let visited = 0;

  function visitQuad({ top, left, height, width }: Region): void {
    quadStart.push(visited);
    for (let row = top; row < top + height; row++)
      for (let column = left; column < left + width; column++)
        order[visited++] = row * geometry.width + column;
  }
  for (const region of regions)
    for (const block of tiles(region, 4)) {
      blockStart.push(quadStart.length);
      for (const quad of tiles(block, 2)) visitQuad(quad);
    }
  return {
    order,
    quadStart: Int32Array.from([...quadStart, visited]),
    blockStart: Int32Array.from([...blockStart, quadStart.length]),
  };
}

/** The scaling band together with the coarsest details, if there are any. */
function rootRegion(geometry: Geometry): Region {
  return scalingRegion({ ...geometry, levels: Math.max(geometry.levels - 1, 0) });
}

/** Cuts a region into side × side squares in raster order, clipped at its bottom and right edges. */
function* tiles({ top, left, height, width }: Region, side: number): Generator<Region> {
  for (let row = 0; row < height; row += side)
    for (let column = 0; column < width; column += side)
      yield {
        top: top + row,
        left: left + column,
        height: Math.min(side, height - row),
        width: Math.min(side, width - column),
      };
}
