import { lineChart } from "../data/draw/lineChart.ts";
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

/** Mean curves of the variants (of more than eight, the baseline and those that end best) over inputs and seeds, as far as all trainings of each go, as an SVG chart. */
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
  return lineChart({
    ...{ title: title + cut, yLabel, xLabel: labels[axis], xScale: "log", legendBeside: true },
    series: names.map((name) => {
      const own = fits.filter(({ variant, diverged }) => variant === name && !diverged);
      const curves = own.map(({ curve }) => timed(name, curve));
      const points = meanCurve(curves, axis).filter(([at]) => at > 0); // the axis is logarithmic
      return { name, points, dashed: name === baseline };
    }),
  });
}
