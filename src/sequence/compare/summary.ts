import { deviation, mean, welchP } from "../../compare/welch.ts";
import type { MixingName } from "../mixings.ts";

/** Held-out loss of a run as it went. */
export interface CurvePoint {
  readonly step: number;
  /** Nats per token of the held-out part. */
  readonly nats: number;
}

/** One finished run of a comparison. */
export interface FinishedRun {
  readonly mixing: MixingName;
  readonly rate: number;
  readonly seed: number;
  readonly parameters: number;
  readonly curve: readonly CurvePoint[];
}

/** What a comparison says of one mixing. */
export interface ArmSummary {
  readonly mixing: MixingName;
  readonly rate: number;
  readonly parameters: number;
  /** Held-out nats per token at the end, of each seed. */
  readonly finals: readonly number[];
  readonly mean: number;
  readonly deviation: number;
  /** Of training alone, timed in turns with the other mixings. */
  readonly secondsPerStep: number;
  /**
   * Share of the plain model's steps and seconds that was not needed to reach the plain model's final loss; negative
   * where it took longer, absent where it was not reached.
   */
  readonly stepsSaved?: number;
  readonly secondsSaved?: number;
  /** Two-sided Welch's t-test of the final losses against the plain model's. */
  readonly p?: number;
}

/** The mean of several curves, point by point: runs of one plan are scored at the same fractions of it. */
export function meanCurve(curves: readonly (readonly CurvePoint[])[]): CurvePoint[] {
  const length = Math.min(...curves.map((curve) => curve.length));
  return Array.from({ length }, (_, i) => {
    const meanOf = (key: keyof CurvePoint) => mean(curves.map((curve) => curve[i]![key])); // i < length of each
    return { step: meanOf("step"), nats: meanOf("nats") };
  });
}

/** The step at which a curve first comes down to `nats`, straight between its points; undefined where it does not. */
export function reaches(curve: readonly CurvePoint[], nats: number): number | undefined {
  const i = curve.findIndex((point) => point.nats <= nats);
  const [before, after] = [curve[i - 1], curve[i]];
  if (!after) return undefined;
  if (!before) return after.step;
  const part = (before.nats - nats) / (before.nats - after.nats);
  return before.step + part * (after.step - before.step);
}

/**
 * Sums up finished runs, one rate for each mixing: each against the plain model, `none`, where there is one. `times` are
 * the seconds of a step of each.
 */
export function summarize(
  runs: readonly FinishedRun[],
  times: ReadonlyMap<MixingName, number>,
): ArmSummary[] {
  const names = [...new Set(runs.map(({ mixing }) => mixing))];
  const arms = names.map((mixing) => {
    const own = runs.filter((run) => run.mixing === mixing);
    const curve = meanCurve(own.map((run) => run.curve));
    const finals = own.map((run) => run.curve.at(-1)?.nats ?? Number.NaN);
    const secondsPerStep = times.get(mixing) ?? Number.NaN;
    const { rate, parameters } = own[0]!; // a name comes from a run
    return { mixing, rate, parameters, finals, curve, secondsPerStep };
  });
  const plain = arms.find(({ mixing }) => mixing === "none");
  return arms.map(({ curve, ...arm }) => {
    const isPlain = arm.mixing === "none";
    const reached = plain && reaches(curve, mean(plain.finals));
    const end = plain?.curve.at(-1)?.step;
    return {
      ...arm,
      mean: mean(arm.finals),
      deviation: deviation(arm.finals),
      ...(plain && end && reached && !isPlain
        ? {
            stepsSaved: 1 - reached / end,
            secondsSaved: 1 - (reached * arm.secondsPerStep) / (end * plain.secondsPerStep),
          }
        : {}),
      ...(plain && !isPlain && { p: welchP(arm.finals, plain.finals) }),
    };
  });
}

/** The summary as a table in Markdown, best mixing first. */
export function summaryTable(arms: readonly ArmSummary[], unit: string): string {
  const percent = (share: number | undefined) =>
    share === undefined ? "-" : `${(100 * share).toFixed(0)} %`;
  const small = (p: number | undefined) =>
    p === undefined || Number.isNaN(p) ? "-" : p < 1e-4 ? "< 0.0001" : p.toFixed(4);
  const rows = arms
    .toSorted((a, b) => a.mean - b.mean)
    .map((arm) =>
      [
        arm.mixing,
        `${arm.rate}`,
        `${arm.parameters}`,
        `${arm.mean.toFixed(4)} ± ${Number.isNaN(arm.deviation) ? "?" : arm.deviation.toFixed(4)}`,
        (arm.mean / Math.LN2).toFixed(4),
        `${(1000 * arm.secondsPerStep).toFixed(0)}`,
        percent(arm.stepsSaved),
        percent(arm.secondsSaved),
        small(arm.p),
      ].join(" | "),
    );
  const head = [
    "mixing",
    "rate",
    "parameters",
    `held out, nats per ${unit} (mean ± s.d.)`,
    `bits per ${unit}`,
    "ms per step",
    "steps saved",
    "seconds saved",
    "p",
  ];
  return [
    `| ${head.join(" | ")} |`,
    `|${"---|".repeat(head.length)}`,
    ...rows.map((row) => `| ${row} |`),
    "",
  ].join("\n");
}
