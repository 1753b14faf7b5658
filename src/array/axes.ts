/*
 * How the axes of an array are analyzed: each so often that a few low-pass samples remain, and all together, a step after the other.
 */

/** Axes at most. */
export const rankLimit = 4;

/** Analysis steps along an axis at most. */
const levelLimit = 10;

/** What a head says of an array whose axes are analyzed as often as they allow. */
export const allLevels = 15;

/** Analysis steps along an axis of so many samples: so many that 4 to 8 low-pass samples remain, at least one where there are two samples. */
export function levelsOf(length: number): number {
  if (length < 2) return 0;
  return Math.min(Math.max(32 - Math.clz32(length - 1) - 2, 1), levelLimit); // ⌈log2 length⌉ − 2
}

/** An axis of an array and how often it is analyzed. */
export interface Axis {
  readonly length: number;
  readonly levels: number;
  /** Distance of neighbors along it in the row-major array. */
  readonly stride: number;
}

/** The axes of a row-major array of this shape; an array of fewer than two gets axes of length 1 in front. */
export function axesOf(shape: readonly number[]): readonly Axis[] {
  const lengths = [...Array.from({ length: Math.max(2 - shape.length, 0) }, () => 1), ...shape];
  return lengths.map((length, k) => ({
    length,
    levels: levelsOf(length),
    stride: lengths.slice(k + 1).reduce((product, n) => product * n, 1),
  }));
}

/** Number of samples of an array. */
export const sampleCount = (shape: readonly number[]): number =>
  shape.reduce((product, n) => product * n, 1);

/** Low-pass samples after some analysis steps. */
export const lowLength = (length: number, steps: number): number =>
  steps === 0 ? length : Math.ceil(length / 2 ** steps);

/** The most analysis steps of an axis. */
export const depthOf = (axes: readonly Axis[]): number =>
  axes.reduce((most, { levels }) => Math.max(most, levels), 0);

/** Where the coefficients of a band lie along an axis of an array that was transformed in place. */
export interface Comb {
  readonly first: number;
  readonly spacing: number;
  readonly count: number;
}

/** The high-pass samples of a step, or the low-pass ones that are left after it. */
export function combOf({ length, levels }: Axis, step: number, isHigh: boolean): Comb {
  if (isHigh)
    return {
      first: 2 ** (step - 1),
      spacing: 2 ** step,
      count: lowLength(length, step - 1) - lowLength(length, step),
    };
  const steps = Math.min(step, levels);
  return { first: 0, spacing: 2 ** steps, count: lowLength(length, steps) };
}
