import type { MetricRecord } from "../../data/files/metrics.ts";
import { isValidation } from "../run/summary.ts";

/**
 * Seconds that one rank computes for a step on one batch, as a run's metrics say: the median over its records of seconds per
 * step, intervals that begin with a validation left out. Of a run by several ranks, what they spent on each other is taken off,
 * and the batches that each of them computed are taken apart. `undefined` where the metrics are too few.
 *
 * @param parts the batches of a step, all ranks together
 */
export function measuredStep(records: readonly MetricRecord[], parts = 1): number | undefined {
  const times: { readonly seconds: number; readonly steps: number }[] = [];
  let before: MetricRecord | undefined;
  for (const record of records) {
    if (isValidation(record)) {
      before = undefined;
      continue;
    }
    const { ranks, moving, waiting } = numbersOf(record);
    const last = numbersOf(before);
    before = record;
    const steps = record.step - last.step;
    const seconds = numbersOf(record).seconds - last.seconds;
    if (!(steps > 0 && seconds > 0)) continue;
    const computing = seconds * Math.max(0, 1 - moving - waiting);
    times.push({ steps, seconds: (computing / steps) * (ranks / Math.max(ranks, parts)) });
  }
  return weightedMedian(times);
}

/** The numbers of a record that are used; those of one rank alone where it does not say. */
function numbersOf(record: MetricRecord | undefined) {
  const number = (key: string, otherwise: number) => {
    const value = record?.[key];
    return typeof value === "number" ? value : otherwise;
  };
  return {
    step: number("step", Number.NaN),
    seconds: number("seconds", Number.NaN),
    ranks: number("ranks", 1),
    moving: number("moving", 0),
    waiting: number("waiting", 0),
  };
}

/** The time of the step in the middle, were all steps sorted. */
function weightedMedian(
  times: readonly { readonly seconds: number; readonly steps: number }[],
): number | undefined {
  const half = times.reduce((sum, { steps }) => sum + steps, 0) / 2;
  let reached = 0;
  return times
    .toSorted((a, b) => a.seconds - b.seconds)
    .find(({ steps }) => {
      reached += steps;
      return reached >= half;
    })?.seconds;
}
