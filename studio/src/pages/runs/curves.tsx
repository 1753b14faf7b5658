import { useMemo } from "preact/hooks";
import type { Curve } from "../../../../src/server/api.ts";
import { Chart, type Line } from "../../shared/chart.tsx";
import { Figure } from "../../shared/figure.tsx";
import { type Axis, align, type Points, pointsOf, smooth } from "./series.ts";
import { countText } from "./text.ts";

export interface CurvesProps {
  /** The runs that are drawn, with their colors; the same array as long as they are the same. */
  readonly names: readonly string[];
  readonly colors: ReadonlyMap<string, `--${string}`>;
  readonly curves: ReadonlyMap<string, Curve>;
  readonly metric: string;
  readonly axis: Axis;
  readonly logX: boolean;
  readonly logY: boolean;
  readonly smoothing: number;
  readonly parts: Parts;
}

/** Which curves of a run are drawn. */
export const parts = { both: "Both", training: "Training", validation: "Validation" } as const;
export type Parts = keyof typeof parts;

/** Of more runs, what lies behind smoothed and thinned lines is not drawn, and there is no legend. */
const mostDetailed = 6;
const mostNamed = 12;

type Drawn = Omit<Line, "values"> & { readonly points: Points };

/** The curves of runs over each other: training in full, validation dashed. */
export function Curves(props: CurvesProps) {
  const { names, colors, curves, metric, axis, logX, logY, smoothing, parts } = props;
  const { x, lines, rough } = useMemo(() => {
    const drawn: Drawn[] = [];
    const detailed = names.length <= mostDetailed;
    for (const name of names) {
      const curve = curves.get(name);
      if (!curve) continue;
      const color = colors.get(name) ?? "--line-1";
      const add = (part: "training" | "validation") => {
        const series = curve[part];
        if (series.value.length === 0) return;
        const over = (values: readonly number[]) => pointsOf(series, values, axis, { logX, logY });
        const smoothed = smoothing > 0 ? smooth(series.value, smoothing) : series.value;
        const dashed = part === "validation";
        const label = dashed ? `${name}, validation` : name;
        const behind = [series.low, series.high, smoothing > 0 ? series.value : undefined];
        for (const values of detailed ? behind : []) {
          if (values) drawn.push({ label, color, faint: true, points: over(values) });
        }
        drawn.push({ label, color, dashed, points: over(smoothed) });
      };
      if (parts !== "validation") add("training");
      if (parts !== "training") add("validation");
    }
    const aligned = align(
      drawn.map(({ points }) => points),
      logX,
    );
    return {
      x: aligned.x,
      lines: drawn.map(
        ({ points: _, ...line }, i): Line => ({ ...line, values: aligned.lines[i] ?? [] }),
      ),
      rough: !detailed && names.some((name) => (curves.get(name)?.training.step.length ?? 0) > 100),
    };
  }, [names, colors, curves, metric, axis, logX, logY, smoothing, parts]);

  const missing = names.filter((name) => !curves.has(name)).length;
  const last = x.at(-1);
  const said = `${metric} of ${names.length} ${names.length === 1 ? "run" : "runs"} by ${axis === "step" ? "steps" : "seconds"}${last === undefined ? "" : `, up to ${countText(Math.floor(last))}`}`;
  const note = [
    "Validation is dashed.",
    ...(lines.some(({ faint }) => faint)
      ? ["Faint: as it was measured, between least and greatest."]
      : []),
    ...(rough ? ["Of many runs, some rows are drawn; of few, all."] : []),
    "Drag over the chart to look closer, double-click to see all.",
  ];
  return (
    <Figure title={`Curves: ${metric}`} wide busy={missing > 0} note={note.join(" ")}>
      {lines.length === 0 ? (
        <p class="note">
          {names.length === 0
            ? "Mark runs in the table to draw them."
            : "No values of this metric yet."}
        </p>
      ) : (
        <Chart
          label={`Chart of ${said}`}
          x={x}
          xLabel={axis === "step" ? "steps" : "seconds"}
          yLabel={metric}
          lines={lines}
          height={360}
          logX={logX}
          logY={logY}
          legend={names.length <= mostNamed}
        />
      )}
    </Figure>
  );
}
