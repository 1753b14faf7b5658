import type { BandPlan, PlannedBand } from "../codec/planes/bandPlan.ts";
import { type Axis, type Comb, combOf, depthOf } from "./axes.ts";

/** A band of an array's transform. */
export interface ArrayBand {
  /** The analysis step that made it, 1 being the first; the last one in the scaling band. */
  readonly step: number;
  /** Along which axes it is high. */
  readonly isHigh: readonly boolean[];
}

/** Where the coefficients of a slice lie in an array that was transformed in place. */
export interface SlicePlace {
  readonly first: number;
  readonly rowSpacing: number;
  readonly columnSpacing: number;
}

/**
 * The bands of an array, as stacks of slices. The two longest axes are the rows and columns of a slice, and each slice is a band of the plan;
 * the slices before and behind it are its peers.
 */
export interface ArrayPlan {
  readonly plan: BandPlan;
  /** Of each slice, in the order of the plan. */
  readonly places: readonly SlicePlace[];
  readonly arrayBands: readonly ArrayBand[];
}

/** log2 of the last threshold of a band. */
export type LastPlaneOf = (band: ArrayBand) => number;

type Open = { -readonly [K in keyof PlannedBand]: PlannedBand[K] };

/** The slices of a band. */
interface Stack {
  readonly band: ArrayBand;
  /** Along each axis that is not in the plane, the number of slices. */
  readonly counts: readonly number[];
  readonly slices: readonly Open[];
}

/** Zeros before and behind rows and columns, as far as contexts look. */
const before = 2;
const behind = 7;

/** Levels that contexts tell apart. */
const levelLimit = 7;

/** Plans the bands of an array of at least two axes. */
export function arrayPlan(axes: readonly Axis[], lastPlane: LastPlaneOf): ArrayPlan {
  const depth = depthOf(axes);
  const [rows, columns] = planeAxes(axes);
  const across = axes.map((_, k) => k).filter((k) => k !== rows && k !== columns);
  const isVolume = across.some((k) => axes[k]!.length > 1);
  const stacks = new Map<string, Stack>();
  const bands: Open[] = [];
  const places: SlicePlace[] = [];
  const arrayBands: ArrayBand[] = [];
  let length = 0;

  function addStack(band: ArrayBand, level: number): void {
    const { step, isHigh } = band;
    const combs = axes.map((axis, k) => combOf(axis, step, isHigh[k]!));
    const [rowComb, columnComb] = [combs[rows]!, combs[columns]!];
    const stride = columnComb.count + before + behind;
    const counts = across.map((k) => combs[k]!.count);
    const own = {
      channel: isVolume ? (across.some((k) => isHigh[k]) ? 2 : 1) : 0,
      level,
      band: orientation(isHigh[rows]!, isHigh[columns]!),
      height: rowComb.count,
      width: columnComb.count,
      lastPlane: lastPlane(band),
      stride,
    };
    const firstInPlane = offset(rowComb, axes[rows]!) + offset(columnComb, axes[columns]!);
    const slices = indices(counts).map((index): Open => {
      const start = length + before * stride + before;
      length += stride * (rowComb.count + before + behind);
      const fromSlices = across.reduce(
        (sum, k, i) => sum + (combs[k]!.first + index[i]! * combs[k]!.spacing) * axes[k]!.stride,
        0,
      );
      places.push({
        first: firstInPlane + fromSlices,
        rowSpacing: rowComb.spacing * axes[rows]!.stride,
        columnSpacing: columnComb.spacing * axes[columns]!.stride,
      });
      arrayBands.push(band);
      return { ...own, start, parent: undefined, siblings: [], peers: [], child: undefined };
    });
    bands.push(...slices);
    stacks.set(keyOf(band), { band, counts, slices });
  }

  addStack({ step: depth, isHigh: axes.map(() => false) }, 0);
  for (let step = depth; step >= 1; step--)
    for (const isHigh of orientations(axes, step))
      addStack({ step, isHigh }, Math.max(Math.min(depth, levelLimit) - step + 1, 1));

  const isSplit = (k: number, step: number) => axes[k]!.levels >= step;
  for (const stack of stacks.values()) {
    const { band, counts, slices } = stack;
    const { step, isHigh } = band;
    for (const [i, index] of indices(counts).entries()) {
      const own = slices[i]!;
      own.peers = neighborsOf(stack, index);
      if (own.level === 0 && !isHigh.some(Boolean)) continue;
      own.siblings = siblingsOf(stacks, band, [rows, columns], index);
      const parent = stacks.get(keyOf({ step: step + 1, isHigh }));
      const isHalved = [rows, columns].every((k) => axes[k]!.length === 1 || isSplit(k, step + 1));
      if (!parent || !isHalved) continue;
      const above = sliceAt(
        parent,
        index.map((z, k) => (isSplit(across[k]!, step + 1) ? z >> 1 : z)),
      );
      if (!above) continue;
      own.parent = above;
      above.child ??= own; // the first of two
    }
  }
  const { length: height } = axes[rows]!;
  const { length: width } = axes[columns]!;
  const extent = { channels: 1, height, width, levels: depth };
  const plan = { extent, order: "quality", bands, length } as const;
  return { plan, places, arrayBands };
}

/** Bands in a plane are named by the edges to which they respond; see `Band`. */
const orientation = (highRows: boolean, highColumns: boolean): number =>
  highRows ? (highColumns ? 3 : 1) : highColumns ? 2 : 0;

/** The two longest axes, in their order; the later ones of equals. */
function planeAxes(axes: readonly Axis[]): readonly [rows: number, columns: number] {
  const sorted = axes.map((_, k) => k).sort((a, b) => axes[b]!.length - axes[a]!.length || b - a);
  const [first = 0, second = 1] = sorted;
  return [Math.min(first, second), Math.max(first, second)];
}

const offset = ({ first }: Comb, { stride }: Axis): number => first * stride;

const keyOf = ({ step, isHigh }: ArrayBand): string =>
  `${step} ${isHigh.map((high) => (high ? "h" : "l")).join("")}`;

/** All ways to be high along at least one of the axes that a step splits; the last axis changes first. */
function orientations(axes: readonly Axis[], step: number): readonly (readonly boolean[])[] {
  const all: boolean[][] = [];
  for (let bits = 1; bits < 2 ** axes.length; bits++) {
    const isHigh = axes.map((_, k) => ((bits >> (axes.length - 1 - k)) & 1) === 1);
    if (isHigh.every((high, k) => !high || axes[k]!.levels >= step)) all.push(isHigh);
  }
  return all;
}

/** All places of a box of these lengths, the last axis changing first. */
function indices(counts: readonly number[]): readonly (readonly number[])[] {
  return counts.reduce<readonly (readonly number[])[]>(
    (some, count) =>
      some.flatMap((index) => Array.from({ length: count }, (_, i) => [...index, i])),
    [[]],
  );
}

function sliceAt({ counts, slices }: Stack, index: readonly number[]): Open | undefined {
  if (index.some((z, k) => z < 0 || z >= counts[k]!)) return undefined;
  return slices[index.reduce((at, z, k) => at * counts[k]! + z, 0)];
}

/** The slices before and behind along the last axis across. */
function neighborsOf(stack: Stack, index: readonly number[]): readonly Open[] {
  const last = index.length - 1;
  if (last < 0) return [];
  return [-1, 1]
    .map((step) => sliceAt(stack, index.with(last, index[last]! + step)))
    .filter((slice) => slice !== undefined);
}

/** The same slice of two other bands of the step: those that differ in the plane alone. */
function siblingsOf(
  stacks: ReadonlyMap<string, Stack>,
  { step, isHigh }: ArrayBand,
  [rows, columns]: readonly [number, number],
  index: readonly number[],
): readonly Open[] {
  const inPlane = [
    [false, true],
    [true, false],
    [true, true],
    [false, false],
  ] as const;
  return inPlane
    .filter(([row, column]) => row !== isHigh[rows] || column !== isHigh[columns])
    .map(([row, column]) => {
      const other = stacks.get(
        keyOf({ step, isHigh: isHigh.with(rows, row).with(columns, column) }),
      );
      return other?.band.isHigh.some(Boolean) ? sliceAt(other, index) : undefined;
    })
    .filter((slice) => slice !== undefined)
    .slice(0, 2);
}
