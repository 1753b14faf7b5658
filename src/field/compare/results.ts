import { join } from "node:path";
import { writeFileAtomically } from "../../data/files/atomicWrite.ts";
import { readImage } from "../../data/images/decodeImage.ts";
import type { Raster } from "../../data/images/raster.ts";
import { writeImage } from "../../data/images/writeImage.ts";
import { drawPicture } from "../show/draw.ts";
import type { FieldComparison } from "./comparison.ts";
import { psnrCurves } from "./curves.ts";
import { type FinishedFit, isPicture } from "./finishFit.ts";
import { comparisonSheet } from "./sheet.ts";
import { type ContenderSummary, summaryTable } from "./summary.ts";

/**
 * Writes what a comparison has found so far into its folder: the tables, the summary, the curves and, where an input is a
 * picture, the sheet of them.
 */
export async function writeResults(
  folder: string,
  { contenders, inputs }: FieldComparison,
  fits: readonly FinishedFit[],
  summaries: readonly ContenderSummary[],
): Promise<void> {
  const records = fits.map(({ record }) => record);
  const write = (name: string, text: string) => writeFileAtomically(join(folder, name), text);
  await write("table.md", summaryTable(summaries));
  await write("summary.json", `${JSON.stringify(summaries, undefined, 2)}\n`);
  await write("curves-step.svg", psnrCurves(records, "step"));
  await write("curves-seconds.svg", psnrCurves(records, "seconds"));
  const shown = inputs.filter(({ signal }) => isPicture(signal));
  if (shown.length === 0) return;
  const rows: { readonly name: string; readonly pictures: readonly (Raster | undefined)[] }[] = [];
  for (const { name, signal } of shown) {
    const pictures: (Raster | undefined)[] = [drawPicture(signal)];
    for (const contender of contenders) {
      const found = fits.find(
        ({ record: { settings } }) =>
          settings.input === name && settings.contender === contender.name && settings.seed === 1,
      );
      pictures.push(found?.picture === undefined ? undefined : await readImage(found.picture));
    }
    rows.push({ name, pictures });
  }
  const columns = ["original", ...contenders.map(({ name }) => name)];
  await writeImage(join(folder, "sheet.png"), comparisonSheet(columns, rows));
}
