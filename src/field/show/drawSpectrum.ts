import { drawSvg } from "../../data/draw/drawSvg.ts";
import { lineChart } from "../../data/draw/lineChart.ts";
import type { Raster } from "../../data/images/raster.ts";
import type { Spectrum } from "../signal/spectrum.ts";
import { binsOf, decibelsBelow, type SpectrumView } from "./spectrumPicture.ts";

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
