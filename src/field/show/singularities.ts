import type { Raster } from "../../data/images/raster.ts";
import {
  type MaximaOptions,
  type ModulusMaximum,
  modulusMaxima,
  modulusMaxima1,
  modulusMaxima3,
} from "../../wavelets/index.ts";
import { graySignal } from "../signal/graySignal.ts";
import type { Signal } from "../signal/signal.ts";
import { drawChart, drawPicture, drawPoints } from "./draw.ts";

/** A modulus maximum of a signal of one, two or three axes. */
export interface Singularity extends ModulusMaximum {
  /** Of a volume: the place along its first axis, and radians toward it out of the plane that `angle` lies in. */
  readonly z?: number;
  readonly elevation?: number;
}

/**
 * The wavelet modulus maxima of a picture's luma, or of a volume or a sound, its channels mixed to one; finest scale first. A
 * sound's have y 0, and angle 0 where it rises and π where it falls.
 */
export function singularitiesOf(
  signal: Signal,
  scales: readonly number[],
  options: MaximaOptions = {},
): Singularity[] {
  const { size, values: data } = graySignal(signal);
  const [width = 1, height, depth] = size.toReversed();
  if (height === undefined) {
    return modulusMaxima1(data, scales, options).map(({ sign, ...maximum }) => {
      return { ...maximum, y: 0, angle: sign > 0 ? 0 : Math.PI };
    });
  }
  if (depth === undefined) return modulusMaxima({ height, width, data }, scales, options);
  return modulusMaxima3({ depth, height, width, data }, scales, options);
}

/** The maxima of one scale in numbers. */
export interface ScaleSummary {
  readonly scale: number;
  readonly count: number;
  /** Absent where there is none, or where chains of one scale have no exponent. */
  readonly medianExponent?: number;
}

/** Counts maxima and takes the median of their exponents, scale by scale. */
export function summarizeScales(
  maxima: readonly Singularity[],
  scales: readonly number[],
): ScaleSummary[] {
  return scales.map((scale) => {
    const own = maxima.filter((maximum) => maximum.scale === scale);
    const exponents = own.map(({ exponent }) => exponent).filter(Number.isFinite);
    const count = own.length;
    return exponents.length === 0
      ? { scale, count }
      : { scale, count, medianExponent: median(exponents) };
  });
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [Math.floor, Math.ceil].map(
    (round) => sorted[round((sorted.length - 1) / 2)],
  );
  return ((low ?? Number.NaN) + (high ?? Number.NaN)) / 2;
}

/** Pixels of the longer side of a drawn picture, at least, so that points can be told apart. */
const drawnSide = 1024;
/** Pixels between two drawn points of a scale, about and at least. */
const drawnApart = 8;
/** Lines on a chart, at most. */
const drawnLines = 50;

/**
 * Maxima over their picture, which is gray and faint: a dot each, and a line as long as its scale to where it grows
 * brighter; scales have colors of their own. Of maxima that crowd, nearer to each other than their scale, the strongest
 * is drawn. Of a volume the slice in its middle is shown with what lies within half a voxel. Of a sound a chart with a line at the strongest maxima of the finest scale.
 */
export function drawSingularities(
  signal: Signal,
  maxima: readonly Singularity[],
  scales: readonly number[],
): Promise<Raster> {
  if (signal.size.length === 1) {
    const [finest] = scales;
    const own = maxima.filter(({ scale }) => scale === finest);
    const marks = own
      .toSorted((a, b) => b.modulus - a.modulus)
      .slice(0, drawnLines)
      .map(({ x }) => x);
    const which = marks.length < own.length ? `${marks.length} strongest of ${own.length} ` : "";
    const marksName = `${which}maxima at scale ${finest}`;
    return drawChart([{ name: "signal", signal }], { title: "Singularities", marks, marksName });
  }
  const picture = drawPicture(graySignal(signal));
  const faint = { ...picture, data: picture.data.map((level) => Math.round(level / 2)) };
  const magnify = Math.ceil(drawnSide / Math.max(picture.width, picture.height));
  // Fine scales last: their short lines would vanish under the long ones.
  const middle = signal.size.length === 3 ? Math.floor(signal.size[0]! / 2) : 0; // three axes
  const shown = maxima.filter(({ z = middle }) => Math.abs(z - middle) <= 0.5);
  const points = thinned(shown, drawnApart / magnify)
    .toSorted((a, b) => b.scale - a.scale)
    .map(({ x, y, angle, elevation = 0, scale }) => {
      return { x, y, angle, length: scale * Math.cos(elevation), color: scales.indexOf(scale) };
    });
  return drawPoints(faint, points, { magnify });
}

/** The strongest maximum of each scale in every square as wide as the scale, or as `least` if that is wider. */
function thinned(maxima: readonly Singularity[], least: number): Singularity[] {
  const strongest = new Map<string, Singularity>();
  for (const maximum of maxima) {
    const { x, y, scale, modulus } = maximum;
    const side = Math.max(scale, least);
    const cell = `${scale}/${Math.floor(x / side)}/${Math.floor(y / side)}`;
    if (modulus > (strongest.get(cell)?.modulus ?? 0)) strongest.set(cell, maximum);
  }
  return [...strongest.values()];
}
