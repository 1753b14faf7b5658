import { contactSheet } from "../../data/draw/contactSheet.ts";
import { blankRaster, type Raster } from "../../data/images/raster.ts";

/** One input: its picture and the fits of it. */
export interface SheetRow {
  readonly name: string;
  /** As many as columns; undefined where a fit diverged. */
  readonly pictures: readonly (Raster | undefined)[];
}

/** Smaller pictures are magnified until they can be looked at, and there is room for a name above: pixels. */
const leastSide = 256;

/** Pictures side by side, a row for each input and a column for each way that it was drawn; a fit that is missing is gray. */
export function comparisonSheet(columns: readonly string[], rows: readonly SheetRow[]): Raster {
  const sides = rows.flatMap(({ pictures }) =>
    pictures.flatMap((picture) => (picture ? [picture.width, picture.height] : [])),
  );
  return contactSheet(
    rows.flatMap(({ pictures: [original, ...fits] }) => {
      const missing = blankRaster(original?.width ?? 1, original?.height ?? 1, 1, 200);
      return [original, ...fits].map((picture) => picture ?? missing);
    }),
    {
      columns: columns.length,
      magnify: Math.ceil(leastSide / Math.max(1, ...sides)),
      padding: 6,
      columnLabels: columns,
      rowLabels: rows.map(({ name }) => name),
    },
  );
}
