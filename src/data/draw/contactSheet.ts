import { blankRaster, type Raster, toRgb } from "../images/raster.ts";
import { type Point, strokeText } from "./strokeFont.ts";

/** The layout of a sheet; lengths are in pixels of the sheet. */
export interface SheetOptions {
  readonly columns: number;
  /** Side of the square that a pixel of a picture becomes. */
  readonly magnify?: number;
  /** Space around and between the pictures. */
  readonly padding?: number;
  /** Gray level of that space; text is black on a light background and white on a dark one. */
  readonly background?: number;
  /** One text before each row. */
  readonly rowLabels?: readonly string[];
  /** One text above each column. */
  readonly columnLabels?: readonly string[];
}

/** Height of a capital letter on the sheet. */
const textHeight = 9;
const penRadius = 0.55;

/**
 * Pictures in a grid, row by row, each in the top left corner of a cell as large as the largest picture.
 *
 * @example
 * await writeImage("sheet.png", contactSheet(rasters, { columns: 8, magnify: 2 }));
 */
export function contactSheet(
  rasters: readonly Raster[],
  {
    columns,
    magnify = 1,
    padding = 2,
    background = 255,
    rowLabels = [],
    columnLabels = [],
  }: SheetOptions,
): Raster {
  const side = (of: "width" | "height") =>
    magnify * Math.max(0, ...rasters.map((raster) => raster[of]));
  const [cellWidth, cellHeight] = [side("width"), side("height")];
  const rows = Math.ceil(rasters.length / columns);
  const labelWidths = rowLabels.map((label) => strokeText(label, textHeight).width);
  const left = rowLabels.length === 0 ? 0 : Math.ceil(Math.max(...labelWidths)) + 2 * padding + 4;
  const top = columnLabels.length === 0 ? 0 : textHeight + padding + 6;
  const place = (row: number, column: number): Point => [
    left + padding + column * (cellWidth + padding),
    top + padding + row * (cellHeight + padding),
  ];

  const channels = rasters.some((raster) => raster.channels === 3) ? 3 : 1;
  const [width, height] = place(rows, columns);
  const sheet = blankRaster(width, height, channels, background);
  const ink = background < 128 ? 255 : 0;
  rasters.forEach((raster, i) => {
    const at = place(Math.floor(i / columns), i % columns);
    paste(sheet, channels === 3 ? toRgb(raster) : raster, at, magnify);
  });
  rowLabels.slice(0, rows).forEach((label, row) => {
    const [, y] = place(row, 0);
    drawText(sheet, label, [padding + 2, y + (cellHeight - textHeight) / 2], ink);
  });
  columnLabels.slice(0, columns).forEach((label, column) => {
    const [x] = place(0, column);
    const inset = (cellWidth - strokeText(label, textHeight).width) / 2;
    drawText(sheet, label, [x + inset, padding + 3], ink);
  });
  return sheet;
}

function paste(sheet: Raster, raster: Raster, [left, top]: Point, magnify: number): void {
  const { width, height, channels, data } = raster;
  for (let y = 0; y < height * magnify; y++) {
    for (let x = 0; x < width * magnify; x++) {
      const from = (Math.floor(y / magnify) * width + Math.floor(x / magnify)) * channels;
      const to = ((top + y) * sheet.width + left + x) * channels;
      for (let c = 0; c < channels; c++) sheet.data[to + c] = data[from + c]!;
    }
  }
}

/**
 * Draws a line of text into a raster, in gray `ink`, its capitals' top left corner at `origin`. A pixel is
 * covered by how far its center lies inside the round trace of the nearest stroke.
 */
function drawText(sheet: Raster, text: string, [left, top]: Point, ink: number): void {
  const { strokes, width } = strokeText(text, textHeight);
  const spans = strokes.flatMap((points) =>
    points.map((point, i): Span => [points[Math.max(0, i - 1)]!, point]),
  );
  const margin = Math.ceil(textHeight / 2);
  const [x0, y0] = [Math.floor(left), Math.floor(top)];
  for (let y = Math.max(0, y0 - 1); y < Math.min(sheet.height, y0 + textHeight + margin); y++) {
    for (let x = Math.max(0, x0 - 1); x < Math.min(sheet.width, x0 + width + 2); x++) {
      let nearest = Infinity;
      for (const span of spans) nearest = Math.min(nearest, distance([x - left, y - top], span));
      const cover = Math.min(1, penRadius + 0.5 - nearest);
      if (cover <= 0) continue;
      const at = (y * sheet.width + x) * sheet.channels;
      for (let i = at; i < at + sheet.channels; i++) {
        sheet.data[i] = Math.round(sheet.data[i]! + cover * (ink - sheet.data[i]!));
      }
    }
  }
}

type Span = readonly [from: Point, to: Point];

/** From a point to a straight span. */
function distance([x, y]: Point, [[ax, ay], [bx, by]]: Span): number {
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  const t = length === 0 ? 0 : ((x - ax) * dx + (y - ay) * dy) / length;
  const near = Math.min(1, Math.max(0, t));
  return Math.hypot(x - ax - near * dx, y - ay - near * dy);
}
