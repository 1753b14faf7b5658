import type { Raster } from "../../data/images/raster.ts";
import { graySignal } from "../signal/graySignal.ts";
import type { Signal } from "../signal/signal.ts";
import type { Singularity } from "../signal/singularities.ts";
import { drawChart } from "./drawChart.ts";
import { drawPicture } from "./drawPicture.ts";
import { drawPoints } from "./drawPoints.ts";

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
