import { drawSvg } from "../../data/draw/drawSvg.ts";
import { lineChart, type Series } from "../../data/draw/lineChart.ts";
import type { Raster } from "../../data/images/raster.ts";
import { fromValue, type Signal } from "../signal/signal.ts";

/** A signal of one axis and its name in the legend. */
export interface NamedSignal {
  readonly name: string;
  readonly signal: Signal;
  readonly dashed?: boolean;
}

/** How to draw signals of one axis. */
export interface DrawChartOptions {
  readonly title: string;
  /** Positions of vertical lines, in samples from 0. */
  readonly marks?: readonly number[];
  /** Name of these lines in the legend. */
  readonly marksName?: string;
}

/** A long signal is cut into this many pieces, of which the chart shows the minimum and the maximum. */
const pieces = 600;

/**
 * Signals of one axis as curves, one for each channel, in numbers of their source, over seconds if they have a rate. Long
 * signals are drawn from their extremes, so that no peak is lost. Throws RangeError for a signal of several axes.
 */
export function drawChart(
  signals: readonly NamedSignal[],
  { title, marks = [], marksName = "singularities" }: DrawChartOptions,
): Promise<Raster> {
  const curves = signals.flatMap(curvesOf);
  const rate = signals[0]?.signal.rate;
  const heights = curves.flatMap(({ points }) => points.map(([, y]) => y));
  const [low, high] = [
    heights.reduce((a, b) => Math.min(a, b), Infinity),
    heights.reduce((a, b) => Math.max(a, b), -Infinity),
  ];
  const lines = marks.flatMap((mark) => {
    const x = mark / (rate ?? 1);
    return [[x, low] as const, [x, high] as const, [x, Number.NaN] as const];
  });
  const svg = lineChart({
    title,
    xLabel: rate === undefined ? "samples" : "seconds",
    yLabel: "value",
    series: [...curves, ...(lines.length > 0 ? [{ name: marksName, points: lines }] : [])],
  });
  return drawSvg(svg, 2);
}

function curvesOf({ name, signal, dashed = false }: NamedSignal): Series[] {
  const { size, channels, values, range, rate = 1 } = signal;
  const [length = 0] = size;
  if (size.length !== 1) throw new RangeError("drawChart: a signal of several axes");
  const step = Math.max(1, Math.ceil(length / pieces));
  return Array.from({ length: channels }, (_, c) => {
    const points: (readonly [number, number])[] = [];
    for (let start = 0; start < length; start += step) {
      const places = Array.from({ length: Math.min(step, length - start) }, (_, i) => start + i);
      places.sort((a, b) => values[a * channels + c]! - values[b * channels + c]!);
      const extremes = places.length === 1 ? places : [places[0]!, places.at(-1)!];
      for (const place of extremes.sort((a, b) => a - b)) {
        const value = values[place * channels + c]!;
        points.push([place / rate, range === undefined ? value : fromValue(value, range)]);
      }
    }
    return { name: channels === 1 ? name : `${name}, channel ${c + 1}`, points, dashed };
  });
}
