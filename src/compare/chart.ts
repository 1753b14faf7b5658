import { lineChart, type Series } from "../data/draw/lineChart.ts";
import type { Fit } from "./compare.ts";
import { type Axis, type Curve, meanCurve } from "./curve.ts";
import { mean } from "./welch.ts";

export interface ChartOptions {
  readonly title: string;
  readonly yLabel: string;
  /** A variant that is drawn dashed. */
  readonly baseline?: string;
  /** Which ends are the best, where there are more variants than can be told apart; lower ones by default. */
  readonly better?: "lower" | "higher";
  /** Seconds of a step by variant, measured side by side, for the axis of seconds. */
  readonly stepSeconds?: ReadonlyMap<string, number>;
}

const labels = {
  step: "steps",
  seconds: "seconds of training",
} as const satisfies Record<Axis, string>;

/** Curves that can be told apart by their colors. */
const most = 8;

/**
 * Mean curves of the variants (of more than eight, the baseline and those that end best) over inputs and seeds, as far
 * as all trainings of each go, as an SVG chart. A variant that was computed without steps has no curve: against seconds it is
 * a dot where it was ready, in the mean, and against steps a dashed line over those of the others.
 */
export function comparisonChart(
  fits: readonly Fit[],
  axis: Axis,
  { title, yLabel, baseline, better = "lower", stepSeconds }: ChartOptions,
): string {
  const all = [...new Set(fits.map(({ variant }) => variant))];
  const sign = better === "lower" ? 1 : -1;
  const end = (name: string) =>
    sign * mean(fits.flatMap(({ variant, value }) => (variant === name ? value : [])));
  const rest = all.filter((name) => name !== baseline).toSorted((a, b) => end(a) - end(b));
  const best = new Set(rest.slice(0, most - Number(rest.length < all.length)));
  const names =
    all.length <= most ? all : all.filter((name) => best.has(name) || name === baseline);
  const cut = names.length < all.length ? `: the best ${best.size} of ${rest.length}` : "";
  const timed = (name: string, curve: Curve): Curve => {
    const seconds = stepSeconds?.get(name);
    return seconds === undefined
      ? curve
      : curve.map((point) => ({ ...point, seconds: point.step * seconds }));
  };
  const span = stepSpan(fits.filter(({ variant }) => names.includes(variant)));
  return lineChart({
    ...{ title: title + cut, yLabel, xLabel: labels[axis], xScale: "log", legendBeside: true },
    series: names.map((name) => {
      const own = fits.filter(({ variant, diverged }) => variant === name && !diverged);
      if (isStepless(own)) return steplessSeries(name, own, axis, span);
      const curves = own.map(({ curve }) => timed(name, curve));
      const points = meanCurve(curves, axis).filter(([at]) => at > 0); // the axis is logarithmic
      return { name, points, dashed: name === baseline };
    }),
  });
}

/** Whether trainings took no step: their results were computed. */
const isStepless = (fits: readonly Fit[]): boolean =>
  fits.length > 0 && fits.every(({ steps }) => steps === 0);

/** What stands for the curve of a variant without one, where curves of others go over `span` steps. */
function steplessSeries(
  variant: string,
  fits: readonly Fit[],
  axis: Axis,
  span: readonly [from: number, to: number],
): Series {
  const name = `${variant}, no steps`;
  const value = mean(fits.map((fit) => fit.value));
  if (axis === "seconds")
    return { name, points: [[mean(fits.map(({ seconds }) => seconds)), value]] };
  return { name, points: span.map((at) => [at, value] as const), dashed: true };
}

/** The first and the last step after which any training was looked at; 1 and 1 where none took a step. */
function stepSpan(fits: readonly Fit[]): [from: number, to: number] {
  const steps = fits.flatMap(({ curve }) => curve.map(({ step }) => step)).filter((at) => at > 0);
  return steps.length === 0 ? [1, 1] : [Math.min(...steps), Math.max(...steps)];
}
