import { UserError } from "../../../errors/userError.ts";
import { describeSignal, pointsOf } from "../../signal/signal.ts";

/**
 * The positions of the atoms of an expansion: the samples of a signal, extended at the end of each axis to a length of
 * `2^levels m + 1`. Mirrored at its first and last position, such an axis splits into its even positions, which are an axis of
 * the same kind, and its odd positions, once per level. No border needs special treatment.
 *
 * The position of an atom on an axis determines its kind: at an odd multiple of 2^j sits a wavelet that is split off at level
 * j, at a multiple of `2^levels` a scaling function.
 */
export interface DyadicGrid {
  /** Samples of the signal along each axis. */
  readonly samples: readonly number[];
  /** Positions along each axis. */
  readonly size: readonly number[];
  /** Splits of each axis. */
  readonly levels: readonly number[];
  /** The maximum of `levels`. */
  readonly depth: number;
}

/**
 * Minimum number of steps between the coarsest scaling functions along an axis. With 8, pictures of 24 × 36 pixels lose 0.4 to
 * 4 dB, and large pictures do not change.
 */
const coarsestSteps = 4;

/** The grid of a signal with these numbers of samples. Axes of up to 8 samples are not split. */
export function dyadicGrid(samples: readonly number[]): DyadicGrid {
  const levels = samples.map((n) => Math.max(0, Math.floor(Math.log2((n - 1) / coarsestSteps))));
  const size = samples.map((n, axis) => {
    const step = 2 ** levels[axis]!;
    return Math.ceil((n - 1) / step) * step + 1;
  });
  return { samples, size, levels, depth: Math.max(0, ...levels) };
}

/** Positions are stored as float32, which represents all integers up to here. */
const mostPlaces = 2 ** 24;

/** The grid of a signal with these numbers of samples and channels. Throws UserError if it has too many places for an expansion. */
export function gridFor(samples: readonly number[], channels: number): DyadicGrid {
  const grid = dyadicGrid(samples);
  const places = pointsOf(grid.size) * channels;
  if (places > mostPlaces) {
    throw new UserError(
      `${describeSignal({ size: samples, channels })} need a grid of ${places} places; a wavelet expansion has at most ${mostPlaces}, so reduce the signal`,
      "sizes-do-not-fit",
    );
  }
  return grid;
}

/** Number of positions of an axis of `size` that are multiples of `2^level`. */
export const lengthAt = (size: number, level: number): number => (size - 1) / 2 ** level + 1;

/** Splits of an axis with `levels` splits in all that come before `level`. */
export const levelOf = (levels: number, level: number): number => Math.min(levels, level);

/** The level at which the wavelet at a position is split off; `depth` if a scaling function sits there. */
export function levelAt(place: readonly number[], { levels, depth }: DyadicGrid): number {
  for (let level = 0; level < depth; level++) {
    if (place.some((i, axis) => level < levels[axis]! && (i >> level) & 1)) return level;
  }
  return depth;
}

/**
 * The position of an atom in the mosaic, where along every axis the even positions of each level come before the odd ones. The
 * coarse corner of the mosaic contains the next level.
 */
export function mosaicPlace(place: readonly number[], grid: DyadicGrid): number[] {
  const level = levelAt(place, grid);
  return place.map((i, axis) => {
    const levels = grid.levels[axis]!;
    if (level >= levels) return i >> levels;
    const even = lengthAt(grid.size[axis]!, level + 1);
    return (i >> (level + 1)) + ((i >> level) & 1 ? even : 0);
  });
}

/** The grid position and the level (see `levelAt`) of the atom at a position in the mosaic: the inverse of `mosaicPlace`. */
export function placeAt(
  inMosaic: readonly number[],
  { size, levels, depth }: DyadicGrid,
): { place: number[]; level: number } {
  const isOdd = (axis: number, level: number) =>
    level < levels[axis]! && inMosaic[axis]! >= lengthAt(size[axis]!, level + 1);
  let level = 0;
  while (level < depth && !inMosaic.some((_, axis) => isOdd(axis, level))) level++;
  const place = inMosaic.map((i, axis) => {
    if (level >= levels[axis]!) return i << levels[axis]!;
    if (!isOdd(axis, level)) return i << (level + 1);
    return ((i - lengthAt(size[axis]!, level + 1)) << (level + 1)) + (1 << level);
  });
  return { place, level };
}

/** Calls `visit` with every position of the grid and its index. The array is reused by the next call. */
export function forEachPlace(
  { size }: Pick<DyadicGrid, "size">,
  visit: (place: readonly number[], index: number) => void,
): void {
  const place = size.map(() => 0);
  const count = pointsOf(size);
  for (let index = 0; index < count; index++) {
    visit(place, index);
    for (let axis = size.length - 1; axis >= 0; axis--) {
      place[axis]! += 1;
      if (place[axis]! < size[axis]!) break;
      place[axis] = 0;
    }
  }
}

/** Mirrors a position at the first and the last of `length` positions until it lies between them. */
export function mirrored(place: number, length: number): number {
  if (length === 1) return 0;
  const period = 2 * (length - 1);
  const within = ((place % period) + period) % period;
  return Math.min(within, period - within);
}
