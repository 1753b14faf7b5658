import { mean } from "./welch.ts";

/** What a curve is drawn against. */
export type Axis = "step" | "seconds";

/** A validation on the way of a training. */
export interface CurvePoint {
  readonly step: number;
  /** Of the start and of training steps. */
  readonly seconds: number;
  /** What variants are compared by: a loss, a PSNR …. */
  readonly value: number;
}

export type Curve = readonly CurvePoint[];

/** The value of a curve, linear between its points; `undefined` before its first and after its last. */
export function valueAt(curve: Curve, axis: Axis, at: number): number | undefined {
  const i = curve.findIndex((point) => point[axis] >= at);
  const [before, after] = [curve[i - 1], curve[i]];
  if (after?.[axis] === at) return after.value;
  if (!before || !after) return undefined;
  const part = (at - before[axis]) / (after[axis] - before[axis]);
  return before.value + part * (after.value - before.value);
}

/** The mean of curves at the points that any of them has, where all of them are known. */
export function meanCurve(
  curves: readonly Curve[],
  axis: Axis,
): (readonly [at: number, value: number])[] {
  const from = Math.max(...curves.map((curve) => curve[0]?.[axis] ?? Number.NaN));
  const to = Math.min(...curves.map((curve) => curve.at(-1)?.[axis] ?? Number.NaN));
  if (!(from <= to)) return [];
  const places = new Set(curves.flatMap((curve) => curve.map((point) => point[axis])));
  return [...places]
    .filter((at) => from <= at && at <= to)
    .toSorted((a, b) => a - b)
    .map((at) => [at, mean(curves.map((curve) => valueAt(curve, axis, at) ?? Number.NaN))] as const)
    .filter(([, value]) => Number.isFinite(value));
}

/**
 * Where a curve first reaches a level, linear between its points: at the first point if it is there already; `undefined`
 * where it never does.
 */
export function reaches(
  curve: readonly (readonly [at: number, value: number])[],
  level: number,
  better: "lower" | "higher",
): number | undefined {
  const sign = better === "lower" ? 1 : -1;
  const i = curve.findIndex(([, value]) => sign * value <= sign * level);
  const [before, after] = [curve[i - 1], curve[i]];
  if (!after) return undefined;
  if (!before) return after[0];
  const part = (before[1] - level) / (before[1] - after[1]);
  return before[0] + part * (after[0] - before[0]);
}
