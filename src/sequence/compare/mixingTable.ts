import { shareInterval } from "../../compare/shareInterval.ts";
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
import type { Guess } from "../classify/guess.ts";

export interface MixingTableOptions {
  /** What mixings are compared by. */
  readonly measure: Pick<Measure, "unit" | "higherIsBetter">;
  /** Where it is a share of right answers, in percent: what guessing comes to. */
  readonly guess?: Guess;
}

/**
 * The summary as a table in Markdown, best mixing first. Shares of right answers have two intervals, over seeds and over
 * examples, and a line below says what guessing comes to.
 */
export function mixingTable(
  summaries: readonly VariantSummary[],
  { measure: { unit, higherIsBetter = false }, guess }: MixingTableOptions,
): string {
  const digits = higherIsBetter ? 1 : 4;
  // The baseline alone is not tested against it.
  const baseline = summaries.find(({ p }) => p === undefined)?.name ?? "the first";
  const nats: readonly Column[] = [
    {
      head: unit.replace("nats/", "bits/"),
      cell: ({ mean }) => figure(mean / Math.LN2, 4),
    },
  ];
  const shares = (guess: Guess): readonly Column[] => [
    {
      head: "95 % of resampled seeds",
      cell: ({ interval }) => interval.map((end) => figure(end, 1)).join(" to "),
    },
    {
      head: `95 % of ${guess.examples} examples`,
      cell: ({ mean }) =>
        shareInterval(mean / 100, guess.examples)
          .map((end) => figure(100 * end, 1))
          .join(" to "),
    },
  ];
  const time: Column = {
    head: "ms per step",
    cell: ({ secondsPerStep }) => figure(1000 * secondsPerStep, 0),
  };
  const saved: readonly Column[] = [
    {
      head: "steps saved",
      cell: ({ stepsSaved, stepsSavedInterval }) =>
        percentWithInterval(stepsSaved, stepsSavedInterval),
    },
    { head: "seconds saved", cell: ({ secondsSaved }) => percent(secondsSaved) },
  ];
  // Classifiers: points on the way score few examples, and batches have several lengths, so neither savings nor times mean much.
  const columns: readonly Column[] = [
    { head: "mixing", cell: ({ name }) => name },
    { head: "rate", cell: ({ rate }) => `${rate}` },
    { head: "parameters", cell: ({ inputs }) => `${inputs[0]?.parameters}` },
    {
      head: `validation, ${unit} (mean ± s.d.)`,
      cell: ({ mean, deviation }) => withDeviation(mean, deviation, digits),
    },
    ...(unit.startsWith("nats/") ? nats : []),
    ...(guess ? shares(guess) : []),
    ...(guess ? [] : [time]),
    {
      head: `against ${baseline} (95 % of resampled seeds)`,
      cell: ({ more }) => withInterval(more?.mean, more?.interval, digits),
    },
    ...(guess ? [] : saved),
    { head: "p", cell: ({ p }) => pText(p) },
  ];
  const table = variantTable(ranked(summaries, higherIsBetter ? "higher" : "lower"), columns);
  return guess ? `${table}\n${guessText(guess)}\n` : table;
}

const guessText = ({ classes, mostFrequent }: Guess): string =>
  `A guess among ${classes} classes is right in ${figure(100 / classes, 1)} %, the most frequent class always in ` +
  `${figure(100 * mostFrequent, 1)} %.`;
