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
  /** The same place in another channel; and in a third channel, together with what surrounds it there. */
  peer: number;
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
  left: 0,
  top: 0,
  right: 0,
  bottom: 0,
  topLeft: 0,
  topRight: 0,
  bottomLeft: 0,
  bottomRight: 0,
  farAlong: 0,
  farAcross: 0,
  parent: 0,
  parentAround: 0,
  firstSibling: 0,
  secondSibling: 0,
  peer: 0,
  secondPeer: 0,
  child: 0,
  near: 0,
  wide: 0,
  mixed: 0,
  all: 0,
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
  const lookAtOne = oneLooker(estimates, into);
  const lookAtSquare = squareLooker(estimates, into);
  return (band, row, column, size, plane) => {
    if (size === 1) lookAtOne(band, row, column, plane);
    else lookAtSquare(band, row, column, size, plane);
    combine(into, band.channel === 0);
  };
}

/** The averages of what was seen, and the weighted ones. Quotients are those of integers. */
function combine(into: Surroundings, isFirst: boolean): void {
  const { left, right, top, bottom, topLeft, topRight, bottomLeft, bottomRight } = into;
  const sides = left + right + top + bottom;
  const near = ((2 * sides + topLeft + topRight + bottomLeft + bottomRight) / 12) | 0;
  const wide = (6 * near + into.farAlong + into.farAcross) >> 3;
  const siblings = (into.firstSibling >> 1) + (into.secondSibling >> 1);
  const mixed = ((4 * near + into.parent + siblings + wide) / 6) | 0;
  into.near = near;
  into.wide = wide;
  into.mixed = mixed;
  into.all = isFirst ? mixed : (3 * mixed + into.peer + (into.secondPeer >> 1)) >> 2;
}

/** Looks at one coefficient: what {@link squareLooker} sees, in less time, since nothing is averaged but its four children. */
function oneLooker(e: Int32Array, into: Surroundings) {
  return (band: PlannedBand, row: number, column: number, plane: number): void => {
    const { stride, parent, child, siblings, peers } = band;
    const at = band.start + row * stride + column;
    const above = at - stride;
    const below = at + stride;
    into.left = e[at - 1]! >> plane;
    into.right = e[at + 1]! >> plane;
    into.top = e[above]! >> plane;
    into.bottom = e[below]! >> plane;
    into.topLeft = e[above - 1]! >> plane;
    into.topRight = e[above + 1]! >> plane;
    into.bottomLeft = e[below - 1]! >> plane;
    into.bottomRight = e[below + 1]! >> plane;
    into.farAlong = ((e[at - 2]! >> plane) + (e[at + 2]! >> plane)) >> 1;
    into.farAcross = ((e[above - stride]! >> plane) + (e[below + stride]! >> plane)) >> 1;
    if (parent) {
      const place = parent.start + (row >> 1) * parent.stride + (column >> 1);
      into.parent = e[place]! >> plane;
      into.parentAround = aroundOne(e, place, parent.stride, plane) >> 2;
    } else {
      into.parent = 0;
      into.parentAround = 0;
    }
    if (child) {
      const coarse = Math.max(plane - plainPlanes, 0);
      const place = child.start + 2 * row * child.stride + 2 * column;
      const under = place + child.stride;
      into.child =
        ((e[place]! >> coarse) +
          (e[place + 1]! >> coarse) +
          (e[under]! >> coarse) +
          (e[under + 1]! >> coarse)) >>
        (plane - coarse + 2);
    } else into.child = 0;
    const [first, second] = siblings;
    into.firstSibling = first ? sibling(first, row, column, plane) : 0;
    into.secondSibling = second ? sibling(second, row, column, plane) : 0;
    const [peer, third] = peers;
    into.peer = peer ? e[placeIn(peer, row, column)]! >> plane : 0;
    if (third) {
      const place = third.start + row * third.stride + column;
      const sides = aroundOne(e, place, third.stride, plane);
      into.secondPeer = (4 * (e[place]! >> plane) + sides) >> 2;
    } else into.secondPeer = 0;
  };

  function sibling({ start, stride }: PlannedBand, row: number, column: number, plane: number) {
    const place = start + row * stride + column;
    return 2 * (((2 * (e[place]! >> plane) + aroundOne(e, place, stride, plane)) / 6) | 0);
  }
}

/** The four sides of an element, added. */
const aroundOne = (e: Int32Array, at: number, stride: number, plane: number): number =>
  (e[at - 1]! >> plane) +
  (e[at + 1]! >> plane) +
  (e[at - stride]! >> plane) +
  (e[at + stride]! >> plane);

/** Looks at a square of 2×2 or 4×4 coefficients. */
function squareLooker(e: Int32Array, into: Surroundings) {
  // What the last region has: its average, and the averages of its four sides, added.
  let average = 0;
  let around = 0;

  /** Reads a square of 1, 2 or 4 elements in each direction, and what surrounds it. */
  function read(at: number, size: number, stride: number, coarse: number, fine: number): void {
    const above = at - stride;
    const below = at + size * stride;
    let [all, left, right, top, bottom] = [0, 0, 0, 0, 0];
    for (let k = 0, from = at; k < size; k++, from += stride) {
      left += e[from - 1]! >> coarse;
      right += e[from + size]! >> coarse;
      top += e[above + k]! >> coarse;
      bottom += e[below + k]! >> coarse;
      all += e[from]! >> coarse;
      if (size > 1) all += e[from + 1]! >> coarse;
      if (size > 2) all += (e[from + 2]! >> coarse) + (e[from + 3]! >> coarse);
    }
    const shift = fine + (size >> 1); // log2 of the size
    average = all >> (shift + (size >> 1));
    around = (left >> shift) + (right >> shift) + (top >> shift) + (bottom >> shift);
  }
  /** Sum of `size`×`size` elements, 4 or 8. */
  function sum(at: number, size: number, stride: number, coarse: number): number {
    let all = 0;
    for (let i = 0, from = at; i < size; i++, from += stride)
      for (let j = from; j < from + size; j += 4) {
        all += (e[j]! >> coarse) + (e[j + 1]! >> coarse);
        all += (e[j + 2]! >> coarse) + (e[j + 3]! >> coarse);
      }
    return all;
  }

  return (band: PlannedBand, row: number, column: number, size: 2 | 4, plane: number): void => {
    const coarse = Math.max(plane - plainPlanes, 0);
    const fine = plane - coarse;
    const { stride, parent, child, siblings, peers } = band;
    const at = band.start + row * stride + column;
    const above = at - stride;
    const below = at + size * stride;
    let [left, right, top, bottom] = [0, 0, 0, 0];
    let [farLeft, farRight, farTop, farBottom] = [0, 0, 0, 0];
    for (let k = 0, from = at; k < size; k++, from += stride) {
      left += e[from - 1]! >> coarse;
      farLeft += e[from - 2]! >> coarse;
      right += e[from + size]! >> coarse;
      farRight += e[from + size + 1]! >> coarse;
      top += e[above + k]! >> coarse;
      farTop += e[above - stride + k]! >> coarse;
      bottom += e[below + k]! >> coarse;
      farBottom += e[below + stride + k]! >> coarse;
    }
    const shift = fine + (size >> 1); // log2 of the size
    into.left = left >> shift;
    into.right = right >> shift;
    into.top = top >> shift;
    into.bottom = bottom >> shift;
    into.topLeft = e[above - 1]! >> plane;
    into.topRight = e[above + size]! >> plane;
    into.bottomLeft = e[below - 1]! >> plane;
    into.bottomRight = e[below + size]! >> plane;
    into.farAlong = ((farLeft >> shift) + (farRight >> shift)) >> 1;
    into.farAcross = ((farTop >> shift) + (farBottom >> shift)) >> 1;
    average = 0;
    around = 0;
    if (parent) {
      const place = parent.start + (row >> 1) * parent.stride + (column >> 1);
      read(place, size >> 1, parent.stride, coarse, fine);
    }
    into.parent = average;
    into.parentAround = around >> 2;
    if (child) {
      const place = child.start + 2 * row * child.stride + 2 * column;
      into.child = sum(place, 2 * size, child.stride, coarse) >> (shift + (size >> 1) + 2);
    } else into.child = 0;
    average = 0;
    around = 0;
    const [first, second] = siblings; // both or none
    if (first) read(placeIn(first, row, column), size, first.stride, coarse, fine);
    into.firstSibling = 2 * (((2 * average + around) / 6) | 0);
    if (second) read(placeIn(second, row, column), size, second.stride, coarse, fine);
    into.secondSibling = 2 * (((2 * average + around) / 6) | 0);
    average = 0;
    around = 0;
    const [peer, third] = peers;
    if (peer) read(placeIn(peer, row, column), size, peer.stride, coarse, fine);
    into.peer = average;
    into.secondPeer = 0;
    if (!third) return;
    read(placeIn(third, row, column), size, third.stride, coarse, fine);
    into.secondPeer = (4 * average + around) >> 2;
  };
}

const placeIn = ({ start, stride }: PlannedBand, row: number, column: number): number =>
  start + row * stride + column;
