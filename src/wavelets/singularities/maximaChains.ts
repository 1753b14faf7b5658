import type { MaximaOptions } from "./maximaOptions.ts";

/** A modulus maximum at one scale. */
export interface Maximum {
  readonly x: number;
  readonly y: number;
  /** For volumes; 0 by default. */
  readonly z?: number;
  readonly scale: number;
  readonly modulus: number;
  /** Radians in the plane of x and y. */
  readonly angle: number;
  /** For volumes: radians out of this plane; 0 by default. */
  readonly elevation?: number;
}

/** The properties that a maximum has from its chain through the scales. */
export interface Chained {
  /**
   * The slope of log2 modulus against log2 scale along the chain, an estimate of the Hölder exponent: about 0 at a step, h at
   * a cusp |x|^h, negative at spikes and noise, close to 1 where the data are smooth. NaN for a chain through one scale.
   */
  readonly exponent: number;
  /** The number of scales of the chain. */
  readonly length: number;
}

/**
 * Links maxima through the scales and keeps those whose chain is long and regular enough. `levels` holds the maxima of each
 * scale, finest first. The order is preserved.
 *
 * A maximum is linked to the nearest one at the next coarser scale that is within reach and has a similar angle. Several
 * maxima can be linked to the same one, whose own chain continues with the nearest of them. So chains can share maxima, but
 * every maximum has one chain.
 */
export function chained<M extends Maximum>(
  levels: readonly (readonly M[])[],
  options: Required<MaximaOptions>,
): (M & Chained)[] {
  const { minLength, exponents } = options;
  const all = levels.flat();
  const none = new Int32Array(all.length).fill(-1);
  const links = { coarser: none, finer: none.slice() };
  const around = neighbors(all);
  for (let [k, from, middle] = [1, 0, levels[0]?.length ?? 0]; k < levels.length; k++) {
    const coarse = levels[k]!;
    const radius = options.reach * (coarse[0]?.scale ?? 0);
    const range = { from, middle, end: middle + coarse.length };
    connect(all, links, range, { radius, turn: options.turn, around });
    from = middle;
    middle = range.end;
  }
  const kept: (M & Chained)[] = [];
  for (let i = 0; i < all.length; i++) {
    const chain = chainOf(i, all, links);
    const { exponent, length } = chain;
    const irregular = exponent < exponents[0] || exponent > exponents[1];
    if (length >= minLength && !irregular) kept.push({ ...all[i]!, ...chain });
  }
  return kept;
}

/** For each maximum the next ones of its chain by their places, -1 where there is none. */
interface Links {
  readonly coarser: Int32Array;
  readonly finer: Int32Array;
}

/** The places of two scales: the finer one's from `from` on, the coarser one's from `middle` on. */
interface Range {
  readonly from: number;
  readonly middle: number;
  readonly end: number;
}

/** Where a maximum is looked for from another one: within a radius, no further turned, in the cells around its own. */
interface Reach {
  readonly radius: number;
  readonly turn: number;
  readonly around: readonly number[];
}

/** Links the maxima of one scale to those of the next. Both are sorted into cells as wide as the reach. */
function connect(
  all: readonly Maximum[],
  { coarser, finer }: Links,
  { from, middle, end }: Range,
  { radius, turn, around }: Reach,
): void {
  const leastCosine = Math.cos(turn) - 1e-12;
  const fine = inCells(all, from, middle, radius);
  const coarse = inCells(all, middle, end, radius);
  const candidates: number[] = [];
  for (let first = from; first < middle; first++) {
    const cell = fine.numbers[first - from]!;
    if (fine.heads.get(cell) !== first) continue; // was handled with the first one of its cell
    candidates.length = 0;
    for (const step of around)
      for (let i = coarse.heads.get(cell + step) ?? -1; i >= 0; i = coarse.next[i - middle]!)
        candidates.push(i);
    for (let i = first; i >= 0; i = fine.next[i - from]!) {
      const nearest = nearestAlike(all, i, candidates, radius, leastCosine);
      if (nearest < 0) continue;
      coarser[i] = nearest;
      const other = finer[nearest]!;
      const distance = (place: number) => squaredDistance(all[place]!, all[nearest]!);
      if (other < 0 || distance(i) < distance(other)) finer[nearest] = i;
    }
  }
}

/** The nearest candidate within reach that faces a similar way, the first of several; -1 if there is none. */
function nearestAlike(
  all: readonly Maximum[],
  i: number,
  candidates: readonly number[],
  radius: number,
  leastCosine: number,
): number {
  let nearest = -1;
  let least = radius * radius;
  for (const candidate of candidates) {
    const away = squaredDistance(all[i]!, all[candidate]!);
    if (away > least || (away === least && nearest >= 0)) continue;
    if (cosineBetween(all[i]!, all[candidate]!) < leastCosine) continue;
    nearest = candidate;
    least = away;
  }
  return nearest;
}

/** The cosine of the angle between two directions. */
function cosineBetween(a: Maximum, b: Maximum): number {
  const cosine = Math.cos(a.angle - b.angle);
  const [up, other] = [a.elevation ?? 0, b.elevation ?? 0];
  return Math.sin(up) * Math.sin(other) + Math.cos(up) * Math.cos(other) * cosine;
}

function squaredDistance(a: Maximum, b: Maximum): number {
  return (a.x - b.x) ** 2 + (a.y - b.y) ** 2 + ((a.z ?? 0) - (b.z ?? 0)) ** 2;
}

/**
 * The maxima of one scale in square cells with the number layer · {@link cellsPerLayer} + row · {@link cellsPerRow} + column.
 * Those of a cell are a list in their order.
 */
interface Cells {
  /** The cell of each maximum. */
  readonly numbers: Float64Array;
  /** The place of the first maximum of a cell. */
  readonly heads: ReadonlyMap<number, number>;
  /** The place of the next maximum of the same cell, or -1. */
  readonly next: Int32Array;
}

/** In wider pictures some cells share a number, which costs comparisons but misses no maximum. */
const cellsPerRow = 2 ** 13;
const cellsPerLayer = cellsPerRow ** 2;

function inCells(all: readonly Maximum[], from: number, end: number, side: number): Cells {
  const numbers = new Float64Array(end - from);
  const next = new Int32Array(end - from);
  const heads = new Map<number, number>();
  for (let i = end - 1; i >= from; i--) {
    const { x, y, z = 0 } = all[i]!;
    const row = Math.floor(z / side) * cellsPerRow + Math.floor(y / side);
    const cell = row * cellsPerRow + Math.floor(x / side);
    numbers[i - from] = cell;
    next[i - from] = heads.get(cell) ?? -1;
    heads.set(cell, i);
  }
  return { numbers, heads, next };
}

/**
 * Steps from a cell's number to its own and its neighbors', which contain everything within the side of a cell. A signal has one row
 * of cells, a picture one layer.
 */
function neighbors(all: readonly Maximum[]): readonly number[] {
  const steps = [
    ...(all.some(({ z }) => z) ? [cellsPerLayer] : []),
    ...(all.some(({ y }) => y) ? [cellsPerRow] : []),
    1,
  ];
  return steps.reduce((list, step) => list.flatMap((at) => [at - step, at, at + step]), [0]);
}

/**
 * What the maximum i has from its chain: the least-squares slope of log2 modulus against log2 scale, NaN for one point, and the
 * length. Maxima of one chain are linked both ways, so it can be followed from its finest one.
 */
function chainOf(i: number, all: readonly Maximum[], { coarser, finer }: Links): Chained {
  let finest = i;
  for (let next = finer[i]!; next >= 0; next = finer[next]!) finest = next;
  let [length, sum] = [0, 0];
  for (let k = finest; k >= 0; k = coarser[k]!) {
    sum += Math.log2(all[k]!.scale);
    length++;
  }
  const mean = sum / length;
  let covariance = 0;
  let variance = 0;
  for (let k = finest; k >= 0; k = coarser[k]!) {
    const away = Math.log2(all[k]!.scale) - mean;
    covariance += away * Math.log2(all[k]!.modulus);
    variance += away * away;
  }
  return { exponent: covariance / variance, length };
}
