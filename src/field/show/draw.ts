import { drawOver, drawSvg } from "../../data/draw/drawSvg.ts";
import { lineChart, type Series } from "../../data/draw/lineChart.ts";
import { textPath } from "../../data/draw/svgText.ts";
import { blankRaster, type Raster } from "../../data/images/raster.ts";
import { middleSlice } from "../signal/crop.ts";
import { fromValue, pointsOf, type Signal } from "../signal/signal.ts";

/**
 * A signal of two axes as it looks, of three the slice in its middle: color where it has three channels, else the mean of
 * its channels in gray. Values beyond black and white are clipped.
 */
export function drawPicture(signal: Signal): Raster {
  const [height, width] = signal.size.slice(-2);
  if (height === undefined || width === undefined) {
    throw new RangeError("drawPicture: a signal of one axis is drawn by drawChart");
  }
  const { channels, values } = middleSlice(signal);
  const shown = channels === 3 ? 3 : 1;
  const picture = blankRaster(width, height, shown);
  for (let i = 0; i < picture.data.length; i++) {
    const value = shown === 3 ? values[i]! : meanOf(values, i * channels, channels); // inside the slice
    picture.data[i] = level((value + 1) / 2);
  }
  return picture;
}

/** A signal of one axis and what a chart calls it. */
export interface NamedSignal {
  readonly name: string;
  readonly signal: Signal;
  readonly dashed?: boolean;
}

/** How signals of one axis are drawn. */
export interface DrawChartOptions {
  readonly title: string;
  /** Places, counted in samples from 0, that get a line from bottom to top. */
  readonly marks?: readonly number[];
  /** What the chart calls these places. */
  readonly marksName?: string;
}

/** Stretches of a long signal, of which a chart shows the least and the greatest value. */
const stretches = 600;

/**
 * Signals of one axis as curves, in numbers of their source, over seconds where they have a rate. The channels of a
 * signal are curves of their own. A long signal is drawn from its extremes, so no peak is lost.
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
  const step = Math.max(1, Math.ceil(length / stretches));
  return Array.from({ length: channels }, (_, c) => {
    const points: (readonly [number, number])[] = [];
    for (let start = 0; start < length; start += step) {
      const places = Array.from({ length: Math.min(step, length - start) }, (_, i) => start + i);
      places.sort((a, b) => values[a * channels + c]! - values[b * channels + c]!); // a, b < length
      const extremes = places.length === 1 ? places : [places[0]!, places.at(-1)!]; // at least two
      for (const place of extremes.sort((a, b) => a - b)) {
        const value = values[place * channels + c]!; // place < length
        points.push([place / rate, range === undefined ? value : fromValue(value, range)]);
      }
    }
    return { name: channels === 1 ? name : `${name}, channel ${c + 1}`, points, dashed };
  });
}

/** How an error is drawn. */
export interface ErrorMapOptions {
  /** Blue where the approximation is too dark, red where it is too light; else black, and lighter the more it is off. */
  readonly signed?: boolean;
  /** The error, in values, at the end of the colors; by default that which a thousandth of the pixels exceed. */
  readonly scale?: number;
}

/** An error map and what its colors mean. */
export interface ErrorMap {
  readonly raster: Raster;
  /** The error, in values, at the end of the colors; a value may err by 2 at most. */
  readonly scale: number;
}

/** Height of the strip with the colors and what they mean. */
const legendHeight = 36;
/** Width that this strip needs, in pixels. */
const legendWidth = 176;

/**
 * Where an approximation of a picture is off and by how much, as the mean over its channels: the mean of the magnitudes
 * unless the map is signed. Below it stand the colors and, in per cent of the way from black to white, what they mean.
 */
export async function errorMap(
  original: Signal,
  approximation: Signal,
  { signed = false, scale: given }: ErrorMapOptions = {},
): Promise<ErrorMap> {
  const [height, width] = original.size;
  if (original.size.length !== 2 || height === undefined || width === undefined) {
    throw new RangeError("errorMap: the signal is no picture");
  }
  if (
    `${original.size}×${original.channels}` !== `${approximation.size}×${approximation.channels}`
  ) {
    throw new RangeError("errorMap: the approximation has another size");
  }
  const { channels } = original;
  const differences = approximation.values.map((value, i) => {
    const difference = value - original.values[i]!; // both have as many values
    return signed ? difference : Math.abs(difference);
  });
  const errors = Float32Array.from({ length: pointsOf(original.size) }, (_, point) =>
    meanOf(differences, point * channels, channels),
  );
  const scale = given ?? nearlyLargest(errors);
  const color = signed ? diverging : glowing;

  // A tiny picture is magnified until the legend is no wider.
  const magnify = Math.ceil(legendWidth / width);
  const bottom = magnify * height;
  const canvas = blankRaster(magnify * width, bottom + legendHeight, 3, 255);
  const paint = (x: number, y: number, error: number) =>
    canvas.data.set(color(error), 3 * (y * canvas.width + x));
  for (let y = 0; y < bottom; y++) {
    const row = Math.floor(y / magnify) * width;
    for (let x = 0; x < canvas.width; x++) {
      paint(x, y, errors[row + Math.floor(x / magnify)]! / scale); // inside the picture
    }
  }
  const [left, right] = [24, canvas.width - 24];
  for (let x = left; x < right; x++) {
    const along = (x - left) / (right - left - 1);
    for (let y = bottom + 6; y < bottom + 14; y++) paint(x, y, signed ? 2 * along - 1 : along);
  }
  const percent = `${Number((50 * scale).toPrecision(2))} %`;
  const labels: readonly [string, number][] = signed
    ? [
        [`−${percent}`, left],
        ["0", (left + right) / 2],
        [`+${percent}`, right],
      ]
    : [
        ["0", left],
        [percent, right],
      ];
  const texts = labels.map(([label, x]) => textPath(label, [x, bottom + 20], "middle"));
  const body = `<g fill="none" stroke="#333" stroke-width="1.1" stroke-linecap="round">${texts.join("")}</g>`;
  return { raster: await drawOver(canvas, svgOf(canvas, body)), scale };
}

/** The magnitude that a thousandth of the errors exceed, and never 0. */
function nearlyLargest(errors: Float32Array): number {
  const magnitudes = errors.map(Math.abs).sort();
  return magnitudes[Math.floor(0.999 * (magnitudes.length - 1))] || 1e-6;
}

/** A color of -1 … 1: blue over white to red. */
function diverging(error: number): readonly number[] {
  const amount = Math.min(1, Math.abs(error));
  const end = error < 0 ? [5, 48, 97] : [103, 0, 31];
  const middle = error < 0 ? [67, 147, 195] : [214, 96, 77];
  return between([[255, 255, 255], middle, end], amount);
}

/** A color of 0 … 1: black over purple and orange to light yellow, each lighter than the one before. */
const glowing = (error: number): readonly number[] =>
  between(
    [
      [0, 0, 4],
      [87, 16, 110],
      [188, 55, 84],
      [249, 142, 9],
      [252, 255, 164],
    ],
    Math.min(1, error),
  );

/** The color at a share of the way through several. */
function between(colors: readonly (readonly number[])[], share: number): readonly number[] {
  const at = share * (colors.length - 1);
  const i = Math.min(colors.length - 2, Math.floor(at));
  const [from = [], to = []] = colors.slice(i, i + 2);
  return from.map((value, c) => Math.round(value + (at - i) * ((to[c] ?? value) - value)));
}

/** A part of a picture, in pixels. */
export interface Region {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A part of a picture, each pixel of it a square of `magnify` by `magnify`. It must lie inside. */
export function magnifiedCrop(raster: Raster, region: Region, magnify: number): Raster {
  const { x: left, y: top, width, height } = region;
  if (left < 0 || top < 0 || left + width > raster.width || top + height > raster.height) {
    throw new RangeError(
      `magnifiedCrop: ${width}×${height} at (${left}, ${top}) leaves ${raster.width}×${raster.height}`,
    );
  }
  const { channels } = raster;
  const crop = blankRaster(width * magnify, height * magnify, channels);
  for (let y = 0; y < crop.height; y++) {
    const row = (top + Math.floor(y / magnify)) * raster.width;
    for (let x = 0; x < crop.width; x++) {
      const from = (row + left + Math.floor(x / magnify)) * channels;
      crop.data.set(raster.data.subarray(from, from + channels), (y * crop.width + x) * channels);
    }
  }
  return crop;
}

/** A point of a picture with a direction. */
export interface DirectedPoint {
  /** In pixels; (0, 0) is the middle of the top left one. */
  readonly x: number;
  readonly y: number;
  /** In radians from the right, growing downwards. */
  readonly angle: number;
  /** Of the line that shows the direction, in pixels. */
  readonly length: number;
  /** Which of the colors of {@link pointColors}; they start again after the last. */
  readonly color: number;
}

/** Told apart by lightness too and seen on any picture: orange, sky blue, yellow, pink, green. */
export const pointColors: readonly string[] = [
  "#ff7f00",
  "#56b4e9",
  "#f0e442",
  "#ff8fd0",
  "#00c78c",
];

/**
 * Points over a picture that is magnified by whole numbers: a dot, and a line from it in its direction. A dark rim sets
 * them off from light places.
 */
export function drawPoints(
  raster: Raster,
  points: readonly DirectedPoint[],
  { magnify = 1 }: { readonly magnify?: number } = {},
): Promise<Raster> {
  const whole = { x: 0, y: 0, width: raster.width, height: raster.height };
  const canvas = magnifiedCrop(raster, whole, magnify);
  const fixed = (value: number) => Number((magnify * value).toFixed(2));
  const lines = points.map(({ x, y, angle, length }) => {
    const [dx, dy] = [length * Math.cos(angle), length * Math.sin(angle)];
    return `M${fixed(x + 0.5)} ${fixed(y + 0.5)}l${fixed(dx)} ${fixed(dy)}`;
  });
  const dots = points.map(({ x, y }) => `M${fixed(x + 0.5)} ${fixed(y + 0.5)}h0.01`);
  const pen = (path: string, color: string, width: number) =>
    `<path d="${path}" stroke="${color}" stroke-width="${width}"/>`;
  const rims = [pen(lines.join(""), "#000", 2.6), pen(dots.join(""), "#000", 5)];
  const inks = points.flatMap(({ color }, i) => {
    const ink = pointColors[color % pointColors.length] ?? "#fff";
    return [pen(lines[i] ?? "", ink, 1.2), pen(dots[i] ?? "", ink, 3.4)];
  });
  const body = `<g fill="none" stroke-linecap="round">${[...rims, ...inks].join("\n")}</g>`;
  return drawOver(canvas, svgOf(canvas, body));
}

function svgOf({ width, height }: Raster, body: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${body}</svg>`;
}

function meanOf(values: Float32Array, start: number, count: number): number {
  return values.subarray(start, start + count).reduce((a, b) => a + b, 0) / count;
}

/** A sample of [0, 1] in eight bits. */
const level = (sample: number) => Math.round(255 * Math.max(0, Math.min(1, sample)));
