import { lineChart } from "../../data/draw/lineChart.ts";
import type { FitRecord } from "./records.ts";
import { type Axis, meanCurve } from "./summary.ts";

const labels = {
  step: "steps",
  seconds: "seconds of training",
} as const satisfies Record<Axis, string>;

/** Mean curves of all contenders over inputs and seeds, as far as all fits of each go, as an SVG chart. */
export function psnrCurves(records: readonly FitRecord[], axis: Axis): string {
  const names = [...new Set(records.map(({ settings }) => settings.contender))];
  return lineChart({
    title: "PSNR of all samples, mean of inputs and seeds",
    xLabel: labels[axis],
    yLabel: "dB",
    xScale: "log",
    legendBeside: true,
    series: names.map((name) => {
      const own = records.filter(
        ({ settings, diverged }) => settings.contender === name && !diverged,
      );
      return {
        name,
        points: meanCurve(
          own.map(({ curve }) => curve),
          axis,
        ),
      };
    }),
  });
}
