import type { Raster } from "../data/raster.ts";
import { UserError } from "../userError.ts";
import {
  type MaximaOptions,
  type ModulusMaximum,
  modulusMaxima,
  modulusMaxima1,
} from "../wavelets/index.ts";
import { drawChart, drawPicture, drawPoints } from "./draw.ts";
import { greySignal } from "./loadSignal.ts";
import type { Signal } from "./signal.ts";

/**
 * The wavelet modulus maxima of a picture's luma or of a sound, its channels mixed to one; finest scale first. A sound's
 * have y 0, and angle 0 where it rises and π where it falls. Throws UserError for a volume.
 */
export function singularitiesOf(
  signal: Signal,
  scales: readonly number[],
  options: MaximaOptions = {},
): ModulusMaximum[] {
  const { size, values } = greySignal(signal);
  const [first = 1, second] = size;
  if (size.length > 2) {
    throw new UserError(`maxima are of pictures and sounds, not of ${size.length} axes`);
  }
  if (second !== undefined) {
    return modulusMaxima({ height: first, width: second, data: values }, scales, options);
  }
  return modulusMaxima1(values, scales, options).map(({ sign, ...maximum }) => {
    return { ...maximum, y: 0, angle: sign > 0 ? 0 : Math.PI };
  });
}

/** The maxima of one scale in numbers. */
export interface ScaleSummary {
  readonly scale: number;
  readonly count: number;
  /** Absent where there is none, or where chains of one scale have no exponent. */
  readonly medianExponent?: number;
}

/** Counts maxima and takes the median of their exponents, scale by scale. */
export function summariseScales(
  maxima: readonly ModulusMaximum[],
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
 * Maxima over their picture, which is grey and faint: a dot each, and a line as long as its scale to where it grows
 * brighter; scales have colours of their own. Of maxima that crowd, nearer to each other than their scale, the strongest
 * is drawn. Of a sound a chart with a line at the strongest maxima of the finest scale.
 */
export function drawSingularities(
  signal: Signal,
  maxima: readonly ModulusMaximum[],
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
  const picture = drawPicture(greySignal(signal));
  const faint = { ...picture, data: picture.data.map((level) => Math.round(level / 2)) };
  const magnify = Math.ceil(drawnSide / Math.max(picture.width, picture.height));
  // Fine scales last: their short lines would vanish under the long ones.
  const points = thinned(maxima, drawnApart / magnify)
    .toSorted((a, b) => b.scale - a.scale)
    .map(({ x, y, angle, scale }) => {
      return { x, y, angle, length: scale, colour: scales.indexOf(scale) };
    });
  return drawPoints(faint, points, { magnify });
}

/** The strongest maximum of each scale in every square as wide as the scale, or as `least` if that is wider. */
function thinned(maxima: readonly ModulusMaximum[], least: number): ModulusMaximum[] {
  const strongest = new Map<string, ModulusMaximum>();
  for (const maximum of maxima) {
    const { x, y, scale, modulus } = maximum;
    const side = Math.max(scale, least);
    const cell = `${scale}/${Math.floor(x / side)}/${Math.floor(y / side)}`;
    if (modulus > (strongest.get(cell)?.modulus ?? 0)) strongest.set(cell, maximum);
  }
  return [...strongest.values()];
}
