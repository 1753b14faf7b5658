import type { Bounds } from "../../codec/bounds.ts";
import type { Raster } from "../../data/images/raster.ts";
import { analyze, type ImageLanguage } from "../language/language.ts";
import { type Rectangle, within } from "../rectangle.ts";
import { type AxisTable, dependence, reaching, type Span } from "./axis.ts";

/**
 * What a picture with a hole says about its coefficients. One whose synthesis wavelet does not reach into the hole is fixed
 * at its value, which is the picture's, hole included. Every other one lies between the values that it can take while the
 * pixels around the hole are those of the picture and the pixels of the hole anything from black to white.
 */
export function aroundHole(raster: Raster, hole: Rectangle, language: ImageLanguage): Bounds {
  const values = analyze(raster, language);
  const part = within(hole, raster);
  if (part === undefined) return { low: values, high: values };
  const { levels, wavelet } = language;
  const { rows, columns } = framed(part, language);
  const [reachOfRows, reachOfColumns] = [reaching(rows, wavelet), reaching(columns, wavelet)];
  const [rowWeights, columnWeights] = [dependence(rows, wavelet), dependence(columns, wavelet)];
  const blank = analyze(painted(raster, part), language);
  const [low, high] = [values.slice(), values.slice()];

  const { geometry, places } = language.tokens;
  const size = geometry.height * geometry.width;
  for (let place = 0; place < size; place++) {
    const [row, column, level] = [places.row[place]!, places.column[place]!, places.level[place]!];
    const step = levels - Math.max(level, 1); // of the tables
    const height = geometry.height / 2 ** (step + 1);
    const width = geometry.width / 2 ** (step + 1);
    const product = (ofRows: AxisTable, ofColumns: AxisTable) =>
      at(ofRows[step]!, row, height) * at(ofColumns[step]!, column, width);
    if (levels > 0 && product(reachOfRows, reachOfColumns) === 0) continue;
    if (levels === 0 && !(isIn(row, rows) && isIn(column, columns))) continue;
    const weight = levels === 0 ? 1 : product(rowWeights, columnWeights);
    const room = weight * farthestFromGray + rounding;
    for (let offset = place; offset < values.length; offset += size) {
      low[offset] = blank[offset]! - room;
      high[offset] = blank[offset]! + room;
    }
  }
  return { low, high };
}

/** The level of gray that holes are painted with, and how far a sample of any channel can be from it. */
const gray = 128;
export const farthestFromGray = gray / 255;

/** Sums of some hundred weights are exact to this. */
const rounding = 1e-9;

/** A coefficient of one axis: below `half` it is of the low band, from there on of the high one. */
const at = ({ low, high }: AxisTable[number], i: number, half: number): number =>
  i < half ? low[i]! : high[i - half]!;

const isIn = (i: number, { from, to }: Span): boolean => i >= from && i < to;

/** The rows and columns of the coefficient matrix's frame that depend on the pixels of a rectangle. */
export function framed(
  { x, y, width, height }: Rectangle,
  { frame, levels, padding, ...size }: ImageLanguage,
): { readonly rows: Span; readonly columns: Span } {
  const span = (from: number, to: number, start: number, inside: number, length: number): Span => ({
    // A frame that repeats the border repeats the hole where it touches the border.
    from: padding === "edge" && from === 0 ? 0 : start + from,
    to: padding === "edge" && to === inside ? length : start + to,
    length,
    steps: levels,
  });
  return {
    rows: span(y, y + height, frame.top, size.height, frame.height),
    columns: span(x, x + width, frame.left, size.width, frame.width),
  };
}

/** A picture with a gray rectangle in it. */
export function painted(raster: Raster, { x, y, width, height }: Rectangle): Raster {
  const data = raster.data.slice();
  for (let row = y; row < y + height; row++) {
    const start = row * raster.width + x;
    data.fill(gray, raster.channels * start, raster.channels * (start + width));
  }
  return { ...raster, data };
}
