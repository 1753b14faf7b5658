import { join } from "node:path";
import { writeFileAtomically } from "../data/files/atomicWrite.ts";
import { type ChartOptions, comparisonChart } from "./chart.ts";
import type { Fit } from "./compare.ts";
import type { VariantSummary } from "./summary.ts";

/** Writes `table.md`, `summary.json` and the charts against steps and seconds. */
export async function writeResults(
  folder: string,
  fits: readonly Fit[],
  summaries: readonly VariantSummary[],
  { table, chart }: { readonly table: string; readonly chart: ChartOptions },
): Promise<void> {
  const write = (name: string, text: string) => writeFileAtomically(join(folder, name), text);
  await write("table.md", table);
  await write("summary.json", `${JSON.stringify(summaries, undefined, 2)}\n`);
  await write("curves-step.svg", comparisonChart(fits, "step", chart));
  await write("curves-seconds.svg", comparisonChart(fits, "seconds", chart));
}
