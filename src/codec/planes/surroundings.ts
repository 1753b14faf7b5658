import type { PlannedBand } from "./bandPlan.ts";

/**
 * Magnitudes around a coefficient, quad or block, in 16ths of the threshold 2^plane: averages of what is known of the neighbors in its
 * band, and of the same place in other bands.
 */
export interface Surroundings {
  left: number;
  top: number;
  right: number;
  bottom: number;
  topLeft: number;
  topRight: number;
  bottomLeft: number;
  bottomRight: number;
  /** One further away, along the rows and along the columns. */
  farAlong: number;
  farAcross: number;
  /** The same place one level coarser, and what surrounds it. */
  parent: number;
  parentAround: number;
  /** The same place and what surrounds it in the two other bands of the level. */
  firstSibling: number;
  secondSibling: number;
  /** The same place in another channel, what surrounds it there, and both in a third channel. */
  peer: number;
  peerAround: number;
  secondPeer: number;
  /** The same place one level finer. */
  child: number;
  /** Weighted averages: of the eight neighbors; of these and those further away; of neighbors, parent and siblings; of all. */
  near: number;
  wide: number;
  mixed: number;
  all: number;
}

/** Surroundings to be written to. */
export const noSurroundings = (): Surroundings => ({
  ...{ left: 0, top: 0, right: 0, bottom: 0, topLeft: 0, topRight: 0, bottomLeft: 0 },
  ...{ bottomRight: 0, farAlong: 0, farAcross: 0, parent: 0, parentAround: 0, firstSibling: 0 },
  ...{ secondSibling: 0, peer: 0, peerAround: 0, secondPeer: 0, child: 0 },
  ...{ near: 0, wide: 0, mixed: 0, all: 0 },
});

/** Looks at the `size`×`size` coefficients (1, 2 or 4) at a place of a band. */
export type Look = (
  band: PlannedBand,
  row: number,
  column: number,
  size: 1 | 2 | 4,
  plane: number,
) => void;

/** Estimates are shifted by what of the plane is beyond this before they are added, so that sums fit into 32 bits. */
const plainPlanes = 16;

/** Looks into estimates and writes what it sees. */
export function looker(estimates: Int32Array, into: Surroundings): Look {
  let coarse = 0;
  let fine = 0;

  /** Average of `rows`×`columns` elements, 1, 2, 4 or 8 each. */
  function average(at: number, rows: number, columns: number, stride: number): number {
    let sum = 0;
    for (let i = 0, from = at; i < rows; i++, from += stride)
      for (let j = 0; j < columns; j++) sum += estimates[from + j]! >> coarse;
    return sum >> (fine + 62 - Math.clz32(rows) - Math.clz32(columns));
  }
  /** The four sides of `rows`×`columns` elements, added. */
  const around = (at: number, size: number, stride: number): number =>
    average(at - 1, size, 1, stride) +
    average(at + size, size, 1, stride) +
    average(at - stride, 1, size, stride) +
    average(at + size * stride, 1, size, stride);

  function sibling(
    band: PlannedBand | undefined,
    row: number,
    column: number,
    size: number,
  ): number {
    if (!band) return 0;
    const at = band.start + row * band.stride + column;
    const { stride } = band;
    return 2 * Math.trunc((2 * average(at, size, size, stride) + around(at, size, stride)) / 6);
  }

  return (band, row, column, size, plane) => {
    coarse = Math.max(plane - plainPlanes, 0);
    fine = plane - coarse;
    const { stride, parent, child, siblings, peers } = band;
    const at = band.start + row * stride + column;
    const corner = (place: number) => estimates[place]! >> plane;
    const left = average(at - 1, size, 1, stride);
    const right = average(at + size, size, 1, stride);
    const top = average(at - stride, 1, size, stride);
    const bottom = average(at + size * stride, 1, size, stride);
    into.left = left;
    into.right = right;
    into.top = top;
    into.bottom = bottom;
    into.topLeft = corner(at - stride - 1);
    into.topRight = corner(at - stride + size);
    into.bottomLeft = corner(at + size * stride - 1);
    into.bottomRight = corner(at + size * stride + size);
    into.farAlong =
      (average(at - 2, size, 1, stride) + average(at + size + 1, size, 1, stride)) >> 1;
    into.farAcross =
      (average(at - 2 * stride, 1, size, stride) +
        average(at + (size + 1) * stride, 1, size, stride)) >>
      1;
    into.parent = 0;
    into.parentAround = 0;
    if (parent) {
      const half = size > 1 ? size >> 1 : 1;
      const above = parent.start + (row >> 1) * parent.stride + (column >> 1);
      into.parent = average(above, half, half, parent.stride);
      into.parentAround = around(above, half, parent.stride) >> 2;
    }
    into.child = 0;
    if (child) {
      const below = child.start + 2 * row * child.stride + 2 * column;
      into.child = average(below, 2 * size, 2 * size, child.stride);
    }
    into.firstSibling = sibling(siblings[0], row, column, size);
    into.secondSibling = sibling(siblings[1], row, column, size);
    into.peer = 0;
    into.peerAround = 0;
    into.secondPeer = 0;
    const [peer, second] = peers;
    if (peer) {
      const place = peer.start + row * peer.stride + column;
      into.peer = average(place, size, size, peer.stride);
      into.peerAround = around(place, size, peer.stride) >> 2;
    }
    if (second) {
      const place = second.start + row * second.stride + column;
      const { stride: step } = second;
      into.secondPeer = (4 * average(place, size, size, step) + around(place, size, step)) >> 2;
    }
    const { topLeft, topRight, bottomLeft, bottomRight } = into;
    into.near = Math.trunc(
      (2 * (left + right + top + bottom) + topLeft + topRight + bottomLeft + bottomRight) / 12,
    );
    into.wide = (6 * into.near + into.farAlong + into.farAcross) >> 3;
    into.mixed = Math.trunc(
      (4 * into.near +
        into.parent +
        (into.firstSibling >> 1) +
        (into.secondSibling >> 1) +
        into.wide) /
        6,
    );
    into.all =
      band.channel === 0 ? into.mixed : (3 * into.mixed + into.peer + (into.secondPeer >> 1)) >> 2;
  };
}
