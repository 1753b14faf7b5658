import { lineChart } from "../data/draw/lineChart.ts";
import type { Fit } from "./compare.ts";
import { type Axis, type Curve, meanCurve } from "./curve.ts";

export interface ChartOptions {
  readonly title: string;
  readonly yLabel: string;
  /** A variant that is drawn dashed. */
  readonly baseline?: string;
  /** Seconds of a step by variant, measured side by side, for the axis of seconds. */
  readonly stepSeconds?: ReadonlyMap<string, number>;
}

const labels = {
  step: "steps",
  seconds: "seconds of training",
} as const satisfies Record<Axis, string>;

/** Mean curves of all variants over inputs and seeds, as far as all trainings of each go, as an SVG chart. */
export function comparisonChart(
  fits: readonly Fit[],
  axis: Axis,
  { title, yLabel, baseline, stepSeconds }: ChartOptions,
): string {
  const names = [...new Set(fits.map(({ variant }) => variant))];
  const timed = (name: string, curve: Curve): Curve => {
    const seconds = stepSeconds?.get(name);
    return seconds === undefined
      ? curve
      : curve.map((point) => ({ ...point, seconds: point.step * seconds }));
  };
  return lineChart({
    ...{ title, yLabel, xLabel: labels[axis], xScale: "log", legendBeside: true },
    series: names.map((name) => {
      const own = fits.filter(({ variant, diverged }) => variant === name && !diverged);
      const curves = own.map(({ curve }) => timed(name, curve));
      const points = meanCurve(curves, axis).filter(([at]) => at > 0); // the axis is logarithmic
      return { name, points, dashed: name === baseline };
    }),
  });
}
