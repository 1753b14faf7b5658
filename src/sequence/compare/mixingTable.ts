import type { VariantSummary } from "../../compare/summary.ts";
import {
  type Column,
  figure,
  percent,
  percentWithInterval,
  pText,
  ranked,
  variantTable,
  withDeviation,
  withInterval,
} from "../../compare/table.ts";

/** The summary as a table in Markdown, best mixing first. */
export function mixingTable(summaries: readonly VariantSummary[], unit: string): string {
  const columns: readonly Column[] = [
    { head: "mixing", cell: ({ name }) => name },
    { head: "rate", cell: ({ rate }) => `${rate}` },
    { head: "parameters", cell: ({ inputs }) => `${inputs[0]?.parameters}` },
    {
      head: `validation, nats per ${unit} (mean ± s.d.)`,
      cell: ({ mean, deviation }) => withDeviation(mean, deviation, 4),
    },
    { head: `bits per ${unit}`, cell: ({ mean }) => figure(mean / Math.LN2, 4) },
    { head: "ms per step", cell: ({ secondsPerStep }) => figure(1000 * secondsPerStep, 0) },
    {
      head: "against none (95 % of resampled seeds)",
      cell: ({ more }) => withInterval(more?.mean, more?.interval, 4),
    },
    {
      head: "steps saved",
      cell: ({ stepsSaved, stepsSavedInterval }) =>
        percentWithInterval(stepsSaved, stepsSavedInterval),
    },
    { head: "seconds saved", cell: ({ secondsSaved }) => percent(secondsSaved) },
    { head: "p", cell: ({ p }) => pText(p) },
  ];
  return variantTable(ranked(summaries, "lower"), columns);
}
