import { channelSize, detailRegions, type Geometry, scalingRegion } from "./geometry.ts";

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
  /** The places of `order` from `leafStart` on have no children. */
  readonly leafStart: number;
}

/** Tabulates the zero-tree scan of one channel. */
export function tabulateTreeScan(geometry: Geometry): TreeScan {
  const order = new Int32Array(channelSize(geometry));
  const parent = new Int32Array(order.length).fill(-1);
  const scaling = { ...scalingRegion(geometry), level: 0 };
  let visited = 0;
  for (const { level, top, left, height, width } of [scaling, ...detailRegions(geometry)])
    for (let row = top; row < top + height; row++)
      for (let column = left; column < left + width; column++) {
        const offset = row * geometry.width + column;
        order[visited++] = offset;
        if (level >= 2) parent[offset] = (row >> 1) * geometry.width + (column >> 1);
      }
  const scalingCount = scaling.height * scaling.width;
  const leafStart = geometry.levels === 0 ? scalingCount : order.length / 4;
  return { order, parent, scalingCount, leafStart };
}
