import { axisPlaces, viewSize } from "../../evaluate/view.ts";
import type { Viewer } from "../../family.ts";
import { alongAxis, type Taps } from "../../signal/resample.ts";
import { pointsOf } from "../../signal/signal.ts";
import { channelRotation, rotateChannels } from "./channelRotation.ts";
import { mirrored } from "./dyadicGrid.ts";
import { synthesize } from "./gridTransform.ts";
import type { Expansion } from "./sparseFit.ts";

/** The root, inside the unit circle, of the filter [1, 4, 1] / 6 that maps coefficients of a cubic spline to its samples. */
const root = Math.sqrt(3) - 2;

/** Number of terms after which the powers of the root are below the precision of float64. */
const reach = 28;

/**
 * A cubic spline on a grid: coefficient k of an axis belongs to the B-spline centered at k, in samples from the center of the
 * first; coefficients, `[…size, channels]`, are mirrored at the first and the last place of the grid.
 */
export interface Spline {
  readonly samples: readonly number[];
  /** Places along each axis, of which the first `samples` lie in the signal. */
  readonly size: readonly number[];
  readonly channels: number;
  readonly coefficients: Float64Array<ArrayBuffer>;
}

/** The cubic spline through the values of an expansion. */
export function splineOf({ grid, channels, coefficients }: Expansion): Spline {
  const { size, samples } = grid;
  const values = coefficients.slice();
  synthesize(values, grid, channels);
  rotateChannels(values, channelRotation(channels), "back");
  for (const [axis, length] of size.entries()) {
    splineCoefficientsAlong(values, length, pointsOf(size.slice(axis + 1)) * channels);
  }
  return { samples, size, channels, coefficients: values };
}

/**
 * Views of the spline through the values of an expansion. Because the points of a view form a grid and B-splines are products,
 * one axis is evaluated after another. This needs few operations per point, while `splineAt` gathers 4^dimensions coefficients.
 */
export function splineViewer(expansion: Expansion): Viewer {
  const { size, samples, channels, coefficients: values } = splineOf(expansion);
  const longest = Math.max(...samples);
  return (view, orders = size.map(() => 0)) => {
    const points = viewSize(view);
    let reached: Float64Array<ArrayBuffer> = values;
    for (const [axis, length] of size.entries()) {
      const [n, order] = [samples[axis]!, orders[axis]!];
      const unit = (longest / 2) ** order;
      const places = axisPlaces(view, axis, points[axis]!);
      const taps = places.map((at) => tapsAt(at, n, length, { order, unit }));
      const inner = pointsOf(size.slice(axis + 1)) * channels;
      reached = alongAxis(reached, length, inner, taps);
    }
    return new Float32Array(reached);
  };
}

/**
 * Replaces values along an axis of `length` positions, `stride` numbers apart, by the coefficients of the cubic spline through
 * them, mirrored at the first and the last: a forward and a backward recursion (Unser, Aldroubi & Eden 1993).
 */
function splineCoefficientsAlong(x: Float64Array, length: number, stride: number): void {
  if (length === 1) return;
  const block = length * stride;
  const first = new Float64Array(stride);
  for (let from = 0; from < x.length; from += block) {
    first.fill(0);
    for (let k = 0; k < reach; k++) {
      const [at, factor] = [from + mirrored(k, length) * stride, root ** k];
      for (let j = 0; j < stride; j++) first[j]! += factor * x[at + j]!;
    }
    x.set(first, from);
    const end = from + block;
    for (let i = from + stride; i < end; i++) x[i]! += root * x[i - stride]!;
    const last = end - stride;
    for (let i = last; i < end; i++) {
      x[i] = (root / (root ** 2 - 1)) * (x[i]! + root * x[i - stride]!);
    }
    for (let i = last - 1; i >= from; i--) x[i] = root * (x[i + stride]! - x[i]!);
    for (let i = from; i < end; i++) x[i]! *= 6;
  }
}

/**
 * The weights of `length` coefficients for the value of a spline, or for `unit` times its derivative, at the distance `at` (in
 * samples) from the outer edge of the first of `samples`. The function is mirrored at the outer edges of the first and last.
 */
function tapsAt(
  at: number,
  samples: number,
  length: number,
  { order, unit }: { readonly order: number; readonly unit: number },
): Taps {
  const period = 2 * samples;
  const within = at - period * Math.floor(at / period + 0.5);
  const place = Math.abs(within) - 0.5;
  const factor = within < 0 && order % 2 === 1 ? -unit : unit;
  const below = Math.floor(place);
  const places = [-1, 0, 1, 2].map((k) => mirrored(below + k, length));
  const start = Math.min(...places);
  const weights = new Float64Array(Math.max(...places) + 1 - start);
  for (const [k, weight] of bSpline(place - below, order).entries()) {
    weights[places[k]! - start]! += factor * weight;
  }
  return { start, weights };
}

/** The cubic B-spline, or a derivative, at 1 + t, t, t - 1 and t - 2 from its center. */
function bSpline(t: number, order: number): readonly number[] {
  const s = 1 - t;
  switch (order) {
    case 0:
      return [s ** 3 / 6, 2 / 3 - t ** 2 + t ** 3 / 2, 2 / 3 - s ** 2 + s ** 3 / 2, t ** 3 / 6];
    case 1:
      return [-(s ** 2) / 2, 1.5 * t ** 2 - 2 * t, 2 * s - 1.5 * s ** 2, t ** 2 / 2];
    case 2:
      return [s, 3 * t - 2, 3 * s - 2, t];
    default:
      throw new RangeError(`a cubic spline has derivatives up to order 2, not ${order}`);
  }
}
