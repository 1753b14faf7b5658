import type { Raster } from "../../data/images/raster.ts";
import { graySignal } from "../signal/graySignal.ts";
import type { Signal } from "../signal/signal.ts";
import type { Singularity } from "../signal/singularities.ts";
import { drawChart } from "./drawChart.ts";
import { drawPicture } from "./drawPicture.ts";
import { drawPoints } from "./drawPoints.ts";

/** Minimum length of the longer side, in pixels, so that points do not merge. */
const drawnSide = 1024;
/** Approximate minimum distance of two drawn points of a scale, in pixels. */
const drawnApart = 8;
/** Maximum number of lines on a chart. */
const drawnLines = 50;

/**
 * Draws maxima over a faint gray version of their picture: each as a dot with a line, as long as its scale, toward brighter
 * values; each scale has its own color. Where maxima are closer than their scale, only the strongest is drawn. A volume is
 * shown by its middle slice and the maxima within half a voxel of it; a sound by a chart with lines at the strongest maxima of
 * the finest scale.
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
  // Fine scales last, else the long lines of coarse scales would cover them.
  const middle = signal.size.length === 3 ? Math.floor(signal.size[0]! / 2) : 0;
  const shown = maxima.filter(({ z = middle }) => Math.abs(z - middle) <= 0.5);
  const points = thinned(shown, drawnApart / magnify)
    .toSorted((a, b) => b.scale - a.scale)
    .map(({ x, y, angle, elevation = 0, scale }) => {
      return { x, y, angle, length: scale * Math.cos(elevation), color: scales.indexOf(scale) };
    });
  return drawPoints(faint, points, { magnify });
}

/** The strongest maximum of each scale in every square cell, whose side is the scale or `least`, whichever is larger. */
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
