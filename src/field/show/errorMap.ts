import { drawOver } from "../../data/draw/drawSvg.ts";
import { textPath } from "../../data/draw/svgText.ts";
import { blankRaster, type Raster } from "../../data/images/raster.ts";
import { pointsOf, type Signal } from "../signal/signal.ts";
import { diverging, glowing } from "./colorMaps.ts";
import { meanOf } from "./drawPicture.ts";
import { svgOver } from "./svgOver.ts";

/** How to draw an error. */
export interface ErrorMapOptions {
  /** Blue where the approximation is too dark, red where it is too light; by default, lighter colors for larger errors. */
  readonly signed?: boolean;
  /** The error at the end of the color scale; by default, a thousandth of the pixels exceed it. */
  readonly scale?: number;
}

/** An error map and its color scale. */
export interface ErrorMap {
  readonly raster: Raster;
  /** The error at the end of the color scale; 2 is the whole range from black to white. */
  readonly scale: number;
}

/** Height of the color bar with its labels. */
const legendHeight = 36;
/** Minimum width of the color bar, in pixels. */
const legendWidth = 176;

/**
 * The error of an approximation of a picture, as the mean over its channels (of magnitudes, unless the map is signed), with a
 * color bar in percent of the range from black to white. Throws RangeError unless both are pictures of one size.
 */
export async function errorMap(
  original: Signal,
  approximation: Signal,
  { signed = false, scale: given }: ErrorMapOptions = {},
): Promise<ErrorMap> {
  const [height, width] = original.size;
  if (original.size.length !== 2 || height === undefined || width === undefined) {
    throw new RangeError("errorMap: the signal is not a picture");
  }
  if (
    `${original.size}×${original.channels}` !== `${approximation.size}×${approximation.channels}`
  ) {
    throw new RangeError("errorMap: the approximation has another size");
  }
  const { channels } = original;
  const differences = approximation.values.map((value, i) => {
    const difference = value - original.values[i]!;
    return signed ? difference : Math.abs(difference);
  });
  const errors = Float32Array.from({ length: pointsOf(original.size) }, (_, point) =>
    meanOf(differences, point * channels, channels),
  );
  const scale = given ?? nearlyLargest(errors);
  const color = signed ? diverging : glowing;

  // A small picture is magnified until it is as wide as the color bar.
  const magnify = Math.ceil(legendWidth / width);
  const bottom = magnify * height;
  const canvas = blankRaster(magnify * width, bottom + legendHeight, 3, 255);
  const paint = (x: number, y: number, error: number) =>
    canvas.data.set(color(error), 3 * (y * canvas.width + x));
  for (let y = 0; y < bottom; y++) {
    const row = Math.floor(y / magnify) * width;
    for (let x = 0; x < canvas.width; x++) {
      paint(x, y, errors[row + Math.floor(x / magnify)]! / scale);
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
  return { raster: await drawOver(canvas, svgOver(canvas, body)), scale };
}

/** The magnitude that a thousandth of the errors exceed; never 0. */
function nearlyLargest(errors: Float32Array): number {
  const magnitudes = errors.map(Math.abs).sort();
  return magnitudes[Math.floor(0.999 * (magnitudes.length - 1))] || 1e-6;
}
