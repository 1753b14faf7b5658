import { UserError } from "../../errors/userError.ts";
import { pointsOf } from "../signal/signal.ts";

/** A window on a field, in samples of the signal that it was fitted to. */
export interface View {
  /** First sample along each axis. */
  readonly from: readonly number[];
  /** Samples along each axis. */
  readonly size: readonly number[];
  /** Points per sample along each axis. */
  readonly scale: number;
}

/** The whole signal with `scale` points per sample. */
export const wholeView = (size: readonly number[], scale = 1): View => ({
  from: size.map(() => 0),
  size,
  scale,
});

/** Samples by which rounding may take a region over an edge. */
const tolerance = 1e-9;

/** Maximum number of points of a view, limited by memory. */
const mostPoints = 2 ** 26;

/** Points along each axis. Throws UserError if there are none, or more than fit into memory. */
export function viewSize({ size, scale }: View): number[] {
  const points = size.map((samples) => Math.round(samples * scale));
  if (points.some((n) => n < 1)) {
    throw new UserError(`a view of ${size.join(" x ")} samples at scale ${scale} has no points`);
  }
  const count = pointsOf(points);
  if (count > mostPoints) {
    throw new UserError(
      `a view of ${points.join(" x ")} points is too large: the maximum is ${mostPoints}, so choose a smaller scale or region`,
    );
  }
  return points;
}

/**
 * Refuses a view that reaches beyond a signal of `samples` with a UserError: a field says nothing about what lies there. A
 * view is checked where a region is chosen; `viewCoordinates` and `viewValues` take any.
 */
export function checkInside({ from, size }: View, samples: readonly number[]): void {
  const inside = samples.every(
    (n, axis) => from[axis]! >= 0 && from[axis]! + size[axis]! <= n + tolerance,
  );
  if (inside) return;
  const shown = (lengths: readonly number[]) => lengths.toReversed().join(" × ");
  throw new UserError(
    `a region of ${shown(size)} samples at ${from.toReversed().join(", ")} reaches beyond the signal of ${shown(samples)}`,
  );
}

/** Positions of the `points` points of a view along an axis, in samples from the outer edge of the first sample. */
export const axisPlaces = ({ from, size }: View, axis: number, points: number): number[] =>
  Array.from({ length: points }, (_, i) => from[axis]! + (i + 0.5) * (size[axis]! / points));

/**
 * Coordinates of a view's points, `[points, axes]`, for a field fitted to a signal of `size` (see `coordinatesOf`). Each
 * sample is cut into `scale` pieces per axis and the points are their centers, so scale 1 gives the samples themselves.
 */
export function viewCoordinates(view: View, size: readonly number[]): Float32Array<ArrayBuffer> {
  const points = viewSize(view);
  const longest = Math.max(...size);
  const axes = points.map((n, axis) =>
    axisPlaces(view, axis, n).map((at) => (2 * at - size[axis]!) / longest),
  );
  const coordinates = new Float32Array(points.reduce((a, b) => a * b, points.length));
  let repeat = coordinates.length / points.length;
  for (const [axis, places] of axes.entries()) {
    repeat /= places.length;
    for (let k = axis, i = 0; k < coordinates.length; k += points.length, i++) {
      coordinates[k] = places[Math.floor(i / repeat) % places.length]!;
    }
  }
  return coordinates;
}
