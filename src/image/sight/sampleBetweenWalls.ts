import type { Walls } from "../language/language.ts";

/** Numbers that describe a sample. */
export const perSample = 3;

/** Distances to the walls are told apart up to this many thresholds. */
const reach = 4;

/**
 * Describes a sample of a picture by its value, as a share of the range from black to white, and its distance to either of
 * these walls in units of `threshold`. `gain` is what the filters have multiplied the picture's samples with.
 */
export function writeSample(
  out: Float32Array,
  k: number,
  value: number,
  { low, high }: Walls,
  gain: number,
  threshold: number,
): void {
  const perReach = 1 / (reach * threshold);
  out[k] = value / (gain * (high - low));
  out[k + 1] = clip((value - gain * low) * perReach);
  out[k + 2] = clip((gain * high - value) * perReach);
}

function clip(x: number): number {
  return x > 1 ? 1 : x < -1 ? -1 : x;
}
