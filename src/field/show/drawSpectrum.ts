import { drawSvg } from "../../data/draw/drawSvg.ts";
import { lineChart } from "../../data/draw/lineChart.ts";
import { blankRaster, type Raster } from "../../data/images/raster.ts";
import type { Spectrum } from "../signal/spectrum.ts";

/** How to draw a spectrum. */
export interface SpectrumView {
  /** Pixels along each side of a picture. */
  readonly side?: number;
  /** Dynamic range: from white at the greatest power to black. */
  readonly decibels?: number;
}

/**
 * A picture of log power with zero frequency in the middle: frequencies of the last axis run to the right, those of the axis
 * before it downwards, up to half a cycle per sample. It is square for signals of any shape, so that directions are true. Other
 * axes are summed over.
 */
export function spectrumPicture(
  { size, power }: Spectrum,
  { side = 512, decibels = 100 }: SpectrumView = {},
): Raster {
  const [height, width] = size.slice(-2);
  if (height === undefined || width === undefined) {
    throw new RangeError("spectrumPicture: a spectrum of one axis is drawn by spectrumChart");
  }
  const plane = new Float64Array(height * width);
  for (const [bin, own] of power.entries()) plane[bin % plane.length]! += own;
  const [rows, columns] = [binsOf(height, side), binsOf(width, side)];
  const shown = rows.flatMap((ys) =>
    columns.map((xs) => {
      let sum = 0;
      for (let y = ys.from; y < ys.to; y++) {
        for (let x = xs.from; x < xs.to; x++) sum += plane[y * width + x]!;
      }
      return sum / ((ys.to - ys.from) * (xs.to - xs.from));
    }),
  );
  const levels = decibelsBelow(shown, decibels);
  const picture = blankRaster(side, side, 1);
  levels.forEach((level, i) => {
    picture.data[i] = Math.round(255 * (1 + level / decibels));
  });
  return picture;
}

/** One line of a chart of spectra. */
export interface SpectrumLine {
  readonly name: string;
  readonly spectrum: Spectrum;
}

/** How to draw a chart of spectra. */
export interface SpectrumChartOptions extends Pick<SpectrumView, "decibels"> {
  readonly title: string;
  /** Samples per second of a sound; frequencies are then in Hz. */
  readonly rate?: number;
  /** Shows negative frequencies too, which differ from positive ones if values are complex. */
  readonly bothSides?: boolean;
}

/** Maximum number of points of a line. */
const chartPoints = 400;

/** A chart of spectra of one axis: power in decibels below the maximum of all lines, over frequency. */
export async function spectrumChart(
  lines: readonly SpectrumLine[],
  { title, rate, bothSides = false, decibels = 100 }: SpectrumChartOptions,
): Promise<Raster> {
  const curves = lines.map(({ name, spectrum: { size, power } }) => {
    const [bins = 1] = size;
    if (size.length !== 1) throw new RangeError("spectrumChart: a spectrum of several axes");
    const first = bothSides ? 0 : Math.floor(bins / 2);
    const spans = binsOf(bins - first, Math.min(chartPoints, bins - first));
    return {
      name,
      points: spans.map(({ from, to }) => {
        const [start, end] = [first + from, first + to];
        const mean = power.subarray(start, end).reduce((a, b) => a + b, 0) / (end - start);
        const frequency = ((start + end - 1) / 2 - Math.floor(bins / 2)) / bins;
        return { frequency: frequency * (rate ?? 1), mean };
      }),
    };
  });
  const levels = decibelsBelow(
    curves.flatMap(({ points }) => points.map(({ mean }) => mean)),
    decibels,
  );
  let taken = 0;
  const svg = lineChart({
    title,
    xLabel: rate === undefined ? "cycles per sample" : "Hz",
    yLabel: "power in dB",
    series: curves.map(({ name, points }) => ({
      name,
      points: points.map(({ frequency }) => [frequency, levels[taken++] ?? 0] as const),
    })),
  });
  return drawSvg(svg, 2);
}

/** Powers in decibels relative to the greatest, limited to `-least`. */
function decibelsBelow(powers: readonly number[], least: number): number[] {
  const most = powers.reduce((a, b) => Math.max(a, b), 0);
  return powers.map((power) =>
    power > 0 ? Math.max(-least, 10 * Math.log10(power / most)) : -least,
  );
}

/** Cuts `bins` into `parts` consecutive spans; with fewer bins than parts, spans share bins. */
function binsOf(bins: number, parts: number): readonly { from: number; to: number }[] {
  return Array.from({ length: parts }, (_, i) => {
    const from = Math.floor((i * bins) / parts);
    return { from, to: Math.max(from + 1, Math.floor(((i + 1) * bins) / parts)) };
  });
}
