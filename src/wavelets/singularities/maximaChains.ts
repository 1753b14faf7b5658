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
  const points = pointsOf(all);
  const links = linksOf(all.length);
  for (let [k, from, middle] = [1, 0, levels[0]?.length ?? 0]; k < levels.length; k++) {
    const coarse = levels[k]!;
    const radius = options.reach * (coarse[0]?.scale ?? 0);
    connect(points, links, { from, middle, end: middle + coarse.length }, radius, options.turn);
    from = middle;
    middle += coarse.length;
  }
  const kept: (M & Chained)[] = [];
  for (let i = 0; i < all.length; i++) {
    const chain = chainOf(i, links);
    if (chain.length < minLength) continue;
    const exponent = slope(chain, points, links);
    if (exponent < exponents[0] || exponent > exponents[1]) continue;
    kept.push({ ...all[i]!, exponent, length: chain.length });
  }
  return kept;
}

/** The maxima of all scales, field by field: objects for each of them would take longer than all comparisons. */
interface Points {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly z: Float64Array;
  readonly angle: Float64Array;
  /** Sine and cosine of the elevation. */
  readonly sine: Float64Array;
  readonly cosine: Float64Array;
  /** log2 of scale and modulus. */
  readonly scale: Float64Array;
  readonly modulus: Float64Array;
}

function pointsOf(maxima: readonly Maximum[]): Points {
  const field = () => new Float64Array(maxima.length);
  const [x, y, z, angle] = [field(), field(), field(), field()];
  const [sine, cosine, scale, modulus] = [field(), field(), field(), field()];
  for (let i = 0; i < maxima.length; i++) {
    const maximum = maxima[i]!;
    x[i] = maximum.x;
    y[i] = maximum.y;
    z[i] = maximum.z ?? 0;
    angle[i] = maximum.angle;
    sine[i] = Math.sin(maximum.elevation ?? 0);
    cosine[i] = Math.cos(maximum.elevation ?? 0);
    scale[i] = Math.log2(maximum.scale);
    modulus[i] = Math.log2(maximum.modulus);
  }
  return { x, y, z, angle, sine, cosine, scale, modulus };
}

/** For each maximum the next ones of its chain by their places, -1 where there is none. */
interface Links {
  readonly coarser: Int32Array;
  readonly finer: Int32Array;
}

const linksOf = (count: number): Links => ({
  coarser: new Int32Array(count).fill(-1),
  finer: new Int32Array(count).fill(-1),
});

/** The places of two scales: the finer one's from `from` on, the coarser one's from `middle` on. */
interface Range {
  readonly from: number;
  readonly middle: number;
  readonly end: number;
}

/** Links the maxima of one scale to those of the next. Both are sorted into cells as wide as the reach. */
function connect(
  points: Points,
  { coarser, finer }: Links,
  { from, middle, end }: Range,
  radius: number,
  turn: number,
): void {
  const leastCosine = Math.cos(turn) - 1e-12;
  const fine = inCells(points, from, middle, radius);
  const coarse = inCells(points, middle, end, radius);
  const around = neighbors(fine, coarse);
  const candidates: number[] = [];
  for (let first = from; first < middle; first++) {
    const cell = fine.numbers[first - from]!;
    if (fine.heads.get(cell) !== first) continue; // was handled with the first one of its cell
    candidates.length = 0;
    for (const step of around)
      for (let i = coarse.heads.get(cell + step) ?? -1; i >= 0; i = coarse.next[i - middle]!)
        candidates.push(i);
    for (let i = first; i >= 0; i = fine.next[i - from]!) {
      const nearest = nearestAlike(points, i, candidates, radius, leastCosine);
      if (nearest < 0) continue;
      coarser[i] = nearest;
      const other = finer[nearest]!;
      if (
        other < 0 ||
        squaredDistance(points, i, nearest) < squaredDistance(points, other, nearest)
      )
        finer[nearest] = i;
    }
  }
}

/** The nearest candidate within reach that faces a similar way, the first of several; -1 if there is none. */
function nearestAlike(
  points: Points,
  i: number,
  candidates: readonly number[],
  radius: number,
  leastCosine: number,
): number {
  let nearest = -1;
  let least = radius * radius;
  for (const candidate of candidates) {
    const away = squaredDistance(points, i, candidate);
    if (away > least || (away === least && nearest >= 0)) continue;
    if (cosineBetween(points, i, candidate) < leastCosine) continue;
    nearest = candidate;
    least = away;
  }
  return nearest;
}

/** The cosine of the angle between two directions. */
function cosineBetween({ angle, sine, cosine }: Points, a: number, b: number): number {
  const between = Math.cos(angle[a]! - angle[b]!);
  return sine[a]! * sine[b]! + cosine[a]! * cosine[b]! * between;
}

function squaredDistance({ x, y, z }: Points, a: number, b: number): number {
  return (x[a]! - x[b]!) ** 2 + (y[a]! - y[b]!) ** 2 + (z[a]! - z[b]!) ** 2;
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
  /** Whether all maxima are in row 0, or in layer 0. */
  readonly oneRow: boolean;
  readonly oneLayer: boolean;
}

/** In wider pictures some cells share a number, which costs comparisons but misses no maximum. */
const cellsPerRow = 2 ** 13;
const cellsPerLayer = cellsPerRow ** 2;

function inCells({ x, y, z }: Points, from: number, end: number, side: number): Cells {
  const numbers = new Float64Array(end - from);
  const next = new Int32Array(end - from);
  const heads = new Map<number, number>();
  let [oneRow, oneLayer] = [true, true];
  for (let i = end - 1; i >= from; i--) {
    const [row, layer] = [Math.floor(y[i]! / side), Math.floor(z[i]! / side)];
    oneRow &&= row === 0;
    oneLayer &&= layer === 0;
    const cell = layer * cellsPerLayer + row * cellsPerRow + Math.floor(x[i]! / side);
    numbers[i - from] = cell;
    next[i - from] = heads.get(cell) ?? -1;
    heads.set(cell, i);
  }
  return { numbers, heads, next, oneRow, oneLayer };
}

/** Steps from a cell's number to its own and its neighbors'. They contain everything within the side of a cell. */
function neighbors(fine: Cells, coarse: Cells): readonly number[] {
  const side = (only: boolean, step: number) => (only ? [0] : [-step, 0, step]);
  return side(fine.oneLayer && coarse.oneLayer, cellsPerLayer).flatMap((layer) =>
    side(fine.oneRow && coarse.oneRow, cellsPerRow).flatMap((row) =>
      [-1, 0, 1].map((column) => layer + row + column),
    ),
  );
}

/** The finest maximum of a chain, and how many it has. */
interface Chain {
  readonly finest: number;
  readonly length: number;
}

/** The chain of the maximum i. Maxima of one chain are linked both ways, so it can be followed from its finest one. */
function chainOf(i: number, { coarser, finer }: Links): Chain {
  let [finest, length] = [i, 1];
  for (let next = finer[i]!; next >= 0; next = finer[next]!) {
    finest = next;
    length++;
  }
  for (let next = coarser[i]!; next >= 0; next = coarser[next]!) length++;
  return { finest, length };
}

/** The least-squares slope of log2 modulus against log2 scale; NaN for one point. */
function slope({ finest, length }: Chain, { scale, modulus }: Points, { coarser }: Links): number {
  let sum = 0;
  for (let i = finest; i >= 0; i = coarser[i]!) sum += scale[i]!;
  const mean = sum / length;
  let covariance = 0;
  let variance = 0;
  for (let i = finest; i >= 0; i = coarser[i]!) {
    const away = scale[i]! - mean;
    covariance += away * modulus[i]!;
    variance += away * away;
  }
  return covariance / variance;
}
