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

/** A maximum, and the next maxima of its chain. */
interface Link<M extends Maximum> {
  readonly maximum: M;
  coarser: Link<M> | undefined;
  finer: Link<M> | undefined;
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
  const links = levels.map((level) =>
    level.map((maximum): Link<M> => ({ maximum, coarser: undefined, finer: undefined })),
  );
  links.forEach((coarse, k) => {
    connect(links[k - 1] ?? [], coarse, options);
  });
  return links.flat().flatMap((link) => {
    const chain = chainOf(link);
    const exponent = slope(chain);
    const irregular = exponent < exponents[0] || exponent > exponents[1];
    if (chain.length < minLength || irregular) return [];
    return [{ ...link.maximum, exponent, length: chain.length }];
  });
}

/** Links the maxima of one scale to those of the next. Both are sorted into cells as wide as the reach. */
function connect<M extends Maximum>(
  fine: readonly Link<M>[],
  coarse: readonly Link<M>[],
  { reach, turn }: Required<MaximaOptions>,
): void {
  const radius = reach * (coarse[0]?.maximum.scale ?? 0);
  const leastCosine = Math.cos(turn) - 1e-12;
  const cells = inCells(coarse, radius);
  for (const [cell, links] of inCells(fine, radius)) {
    const candidates = around(cell).flatMap((near) => cells.get(near) ?? []);
    for (const link of links) {
      const nearest = nearestAlike(link.maximum, candidates, radius, leastCosine);
      if (nearest) join(link, nearest);
    }
  }
}

function nearestAlike<M extends Maximum>(
  maximum: M,
  candidates: readonly Link<M>[],
  radius: number,
  leastCosine: number,
): Link<M> | undefined {
  let nearest: Link<M> | undefined;
  let least = radius * radius;
  for (const candidate of candidates) {
    const away = squaredDistance(maximum, candidate.maximum);
    if (away > least || (away === least && nearest)) continue;
    if (cosineBetween(maximum, candidate.maximum) < leastCosine) continue;
    nearest = candidate;
    least = away;
  }
  return nearest;
}

function join<M extends Maximum>(finer: Link<M>, coarser: Link<M>): void {
  finer.coarser = coarser;
  const distance = ({ maximum }: Link<M>) => squaredDistance(maximum, coarser.maximum);
  if (!coarser.finer || distance(finer) < distance(coarser.finer)) coarser.finer = finer;
}

/** The cosine of the angle between two directions. */
function cosineBetween(a: Maximum, b: Maximum): number {
  const cosine = Math.cos(a.angle - b.angle);
  const [up, other] = [a.elevation ?? 0, b.elevation ?? 0];
  return Math.sin(up) * Math.sin(other) + Math.cos(up) * Math.cos(other) * cosine;
}

/** Square cells with the number layer · {@link cellsPerLayer} + row · {@link cellsPerRow} + column. */
type Cells<M extends Maximum> = ReadonlyMap<number, readonly Link<M>[]>;

/** In wider pictures some cells share a number, which costs comparisons but misses no maximum. */
const cellsPerRow = 2 ** 13;
const cellsPerLayer = cellsPerRow ** 2;

function inCells<M extends Maximum>(links: readonly Link<M>[], side: number): Cells<M> {
  const cells = new Map<number, Link<M>[]>();
  for (const link of links) {
    const { x, y, z = 0 } = link.maximum;
    const [column, row, layer] = [x, y, z].map((at) => Math.floor(at / side)) as [
      number,
      number,
      number,
    ];
    const cell = layer * cellsPerLayer + row * cellsPerRow + column;
    const others = cells.get(cell);
    if (others) others.push(link);
    else cells.set(cell, [link]);
  }
  return cells;
}

/** A cell and its neighbors. They contain everything within the side of a cell. */
function around(cell: number): number[] {
  const layers = [cell - cellsPerLayer, cell, cell + cellsPerLayer];
  const rows = layers.flatMap((middle) => [middle - cellsPerRow, middle, middle + cellsPerRow]);
  return rows.flatMap((middle) => [middle - 1, middle, middle + 1]);
}

function squaredDistance(a: Maximum, b: Maximum): number {
  return (a.x - b.x) ** 2 + (a.y - b.y) ** 2 + ((a.z ?? 0) - (b.z ?? 0)) ** 2;
}

function chainOf<M extends Maximum>(link: Link<M>): M[] {
  const chain = [link.maximum];
  for (let next = link.finer; next; next = next.finer) chain.unshift(next.maximum);
  for (let next = link.coarser; next; next = next.coarser) chain.push(next.maximum);
  return chain;
}

/** The least-squares slope of log2 modulus against log2 scale; NaN for one point. */
function slope(chain: readonly Maximum[]): number {
  const scales = chain.map(({ scale }) => Math.log2(scale));
  const mean = scales.reduce((sum, scale) => sum + scale, 0) / chain.length;
  let covariance = 0;
  let variance = 0;
  chain.forEach(({ scale, modulus }) => {
    const away = Math.log2(scale) - mean;
    covariance += away * Math.log2(modulus);
    variance += away * away;
  });
  return covariance / variance;
}
