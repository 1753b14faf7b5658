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
import type { Measure } from "../../train/trainable.ts";

/** The summary as a table in Markdown, best mixing first; `measure` is what they are compared by. */
export function mixingTable(
  summaries: readonly VariantSummary[],
  measure: Pick<Measure, "unit" | "higherIsBetter">,
): string {
  const { unit, higherIsBetter = false } = measure;
  const digits = higherIsBetter ? 1 : 4;
  const nats: readonly Column[] = [
    {
      head: unit.replace("nats/", "bits/"),
      cell: ({ mean }) => figure(mean / Math.LN2, 4),
    },
  ];
  const columns: readonly Column[] = [
    { head: "mixing", cell: ({ name }) => name },
    { head: "rate", cell: ({ rate }) => `${rate}` },
    { head: "parameters", cell: ({ inputs }) => `${inputs[0]?.parameters}` },
    {
      head: `validation, ${unit} (mean ± s.d.)`,
      cell: ({ mean, deviation }) => withDeviation(mean, deviation, digits),
    },
    ...(unit.startsWith("nats/") ? nats : []),
    { head: "ms per step", cell: ({ secondsPerStep }) => figure(1000 * secondsPerStep, 0) },
    {
      head: "against none (95 % of resampled seeds)",
      cell: ({ more }) => withInterval(more?.mean, more?.interval, digits),
    },
    {
      head: "steps saved",
      cell: ({ stepsSaved, stepsSavedInterval }) =>
        percentWithInterval(stepsSaved, stepsSavedInterval),
    },
    { head: "seconds saved", cell: ({ secondsSaved }) => percent(secondsSaved) },
    { head: "p", cell: ({ p }) => pText(p) },
  ];
  return variantTable(ranked(summaries, higherIsBetter ? "higher" : "lower"), columns);
}
