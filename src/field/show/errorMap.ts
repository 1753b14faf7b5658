import { drawOver } from "../../data/draw/drawSvg.ts";
import { textPath } from "../../data/draw/svgText.ts";
import { blankRaster, type Raster } from "../../data/images/raster.ts";
import { pointsOf, type Signal } from "../signal/signal.ts";
import { diverging, glowing } from "./colorMaps.ts";
import { meanOf } from "./drawPicture.ts";
import { svgOver } from "./svgOver.ts";

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
  return { raster: await drawOver(canvas, svgOver(canvas, body)), scale };
}

/** The magnitude that a thousandth of the errors exceed, and never 0. */
function nearlyLargest(errors: Float32Array): number {
  const magnitudes = errors.map(Math.abs).sort();
  return magnitudes[Math.floor(0.999 * (magnitudes.length - 1))] || 1e-6;
}
