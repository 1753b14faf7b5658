import { bandRegions, channelSize, type Geometry } from "./geometry.ts";

/**
 * The order in which the zero-tree walk visits one channel: raster order in each band, coarse →
 * fine. The children of (i, j) are (2i, 2j), (2i, 2j + 1), (2i + 1, 2j), (2i + 1, 2j + 1); scaling
 * coefficients head no tree.
 */
export interface TreeScan {
  /** Offsets into a channel, in the order of visits. */
  readonly order: Int32Array;
  /** Offset of each coefficient's parent, by offset; −1 where there is none. */
  readonly parent: Int32Array;
  /** The first `scalingCount` places of `order` are the scaling band. */
  readonly scalingCount: number;
  /** 1 where a coefficient has no children, by offset. */
  readonly childless: Uint8Array;
}

/** Tabulates the zero-tree scan of one channel. */
export function tabulateTreeScan(geometry: Geometry): TreeScan {
  const bands = bandRegions(geometry);
  const order = new Int32Array(bands.reduce((sum, { height, width }) => sum + height * width, 0));
  const isThere = new Uint8Array(channelSize(geometry));
  const parent = new Int32Array(isThere.length).fill(-1);
  const childless = new Uint8Array(isThere.length).fill(1);
  let visited = 0;
  for (const { level, top, left, height, width } of bands)
    for (let row = top; row < top + height; row++)
      for (let column = left; column < left + width; column++) {
        const offset = row * geometry.width + column;
        order[visited++] = offset;
        isThere[offset] = 1;
        const above = (row >> 1) * geometry.width + (column >> 1);
        // At the end of an odd number of rows or columns there may be a coefficient without a parent.
        if (level < 2 || isThere[above] === 0) continue;
        parent[offset] = above;
        childless[above] = 0;
      }
  const [scaling] = bands;
  return { order, parent, scalingCount: scaling!.height * scaling!.width, childless }; // never without
}
