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
      into.child = square(e, place, 2, child.stride, coarse) >> (plane - coarse + 2);
    } else into.child = 0;
    const [first, second] = siblings;
    into.firstSibling = first ? sibling(first, row, column, plane) : 0;
    into.secondSibling = second ? sibling(second, row, column, plane) : 0;
    const [peer, third] = peers;
    if (peer) {
      const place = peer.start + row * peer.stride + column;
      into.peer = e[place]! >> plane;
      into.peerAround = aroundOne(e, place, peer.stride, plane) >> 2;
    } else {
      into.peer = 0;
      into.peerAround = 0;
    }
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
  let coarse = 0;
  let fine = 0;

  /** Average of `size` elements, 1, 2 or 4. */
  const side = (at: number, step: number, size: number): number =>
    line(e, at, step, size, coarse) >> (fine + (size >> 1)); // log2 of the size
  /** Average of `size`×`size` elements, 1, 2, 4 or 8. */
  const average = (at: number, size: number, stride: number): number =>
    square(e, at, size, stride, coarse) >> (fine + 62 - 2 * Math.clz32(size));
  /** The four sides of `size`×`size` elements, added. */
  const around = (at: number, size: number, stride: number): number =>
    side(at - 1, stride, size) +
    side(at + size, stride, size) +
    side(at - stride, 1, size) +
    side(at + size * stride, 1, size);
  const placeOf = ({ start, stride }: PlannedBand, row: number, column: number): number =>
    start + row * stride + column;

  function sibling(band: PlannedBand | undefined, row: number, column: number, size: number) {
    if (!band) return 0;
    const at = placeOf(band, row, column);
    return 2 * (((2 * average(at, size, band.stride) + around(at, size, band.stride)) / 6) | 0);
  }

  return (band: PlannedBand, row: number, column: number, size: 2 | 4, plane: number): void => {
    coarse = Math.max(plane - plainPlanes, 0);
    fine = plane - coarse;
    const { stride, parent, child, siblings, peers } = band;
    const at = placeOf(band, row, column);
    const below = at + size * stride;
    into.left = side(at - 1, stride, size);
    into.right = side(at + size, stride, size);
    into.top = side(at - stride, 1, size);
    into.bottom = side(below, 1, size);
    into.topLeft = e[at - stride - 1]! >> plane;
    into.topRight = e[at - stride + size]! >> plane;
    into.bottomLeft = e[below - 1]! >> plane;
    into.bottomRight = e[below + size]! >> plane;
    into.farAlong = (side(at - 2, stride, size) + side(at + size + 1, stride, size)) >> 1;
    into.farAcross = (side(at - 2 * stride, 1, size) + side(below + stride, 1, size)) >> 1;
    into.parent = 0;
    into.parentAround = 0;
    if (parent) {
      const above = placeOf(parent, row >> 1, column >> 1);
      into.parent = average(above, size >> 1, parent.stride);
      into.parentAround = around(above, size >> 1, parent.stride) >> 2;
    }
    into.child = child ? average(placeOf(child, 2 * row, 2 * column), 2 * size, child.stride) : 0;
    into.firstSibling = sibling(siblings[0], row, column, size);
    into.secondSibling = sibling(siblings[1], row, column, size);
    into.peer = 0;
    into.peerAround = 0;
    const [peer, third] = peers;
    if (peer) {
      const place = placeOf(peer, row, column);
      into.peer = average(place, size, peer.stride);
      into.peerAround = around(place, size, peer.stride) >> 2;
    }
    into.secondPeer = 0;
    if (third) {
      const place = placeOf(third, row, column);
      const sides = around(place, size, third.stride);
      into.secondPeer = (4 * average(place, size, third.stride) + sides) >> 2;
    }
  };
}

/** Sum of `size` elements, 1, 2 or 4, each shifted. */
function line(e: Int32Array, at: number, step: number, size: number, shift: number): number {
  if (size === 1) return e[at]! >> shift;
  const two = (e[at]! >> shift) + (e[at + step]! >> shift);
  return size === 2 ? two : two + (e[at + 2 * step]! >> shift) + (e[at + 3 * step]! >> shift);
}

/** Sum of `size`×`size` elements, 1, 2, 4 or 8, each shifted. */
function square(e: Int32Array, at: number, size: number, stride: number, shift: number): number {
  if (size === 1) return e[at]! >> shift;
  if (size === 2) return line(e, at, 1, 2, shift) + line(e, at + stride, 1, 2, shift);
  let sum = 0;
  for (let i = 0, from = at; i < size; i++, from += stride)
    for (let j = 0; j < size; j += 4) sum += line(e, from + j, 1, 4, shift);
  return sum;
}
