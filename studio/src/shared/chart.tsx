import { useEffect, useRef } from "preact/hooks";
import UPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { onThemeChange, themeColor } from "./theme.ts";

/** One line of a chart: a value for each x; null where there is none. */
export interface Line {
  readonly label: string;
  readonly values: readonly (number | null)[] | Float32Array | Float64Array;
  /** A color of the style sheet; by position otherwise. */
  readonly color?: `--${string}`;
  readonly dashed?: boolean;
  readonly width?: number;
  /** A curve where nothing else is asked for; dots; or stems, dots on lines from 0. */
  readonly form?: "curve" | "dots" | "stems";
  /** Behind the others and left out of the legend: what a smoothed line was made from, and the like. */
  readonly faint?: boolean;
}

export interface ChartProps {
  /** What it shows, for people who do not see it. */
  readonly label: string;
  readonly x: readonly number[] | Float32Array | Float64Array;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly lines: readonly Line[];
  readonly height?: number;
  readonly logX?: boolean;
  readonly logY?: boolean;
  /** Bounds of the values; by what there is otherwise. */
  readonly range?: readonly [number, number];
  readonly legend?: boolean;
}

/** The color of a line. */
const strokeOf = (chart: UPlot, i: number): string => {
  const { stroke } = chart.series[i] ?? {};
  return typeof stroke === "function" ? String(stroke(chart, i)) : String(stroke ?? "");
};

const colors = ["--line-1", "--line-2", "--line-3", "--line-4", "--line-5", "--line-6"] as const;

/** Of more lines, none has a point under the cursor: hundreds of them would make it slow. */
const mostPoints = 40;

/** Lines over a common axis; drawn anew when values, size or colors change. */
export function Chart(props: ChartProps) {
  const host = useRef<HTMLDivElement>(null);
  const chart = useRef<UPlot | undefined>(undefined);
  const { x, lines, label, xLabel, yLabel, height = 220, logX = false, logY = false } = props;
  const { range, legend = lines.length > 1 } = props;
  const form = JSON.stringify([
    lines.map(({ values: _, ...line }) => line),
    [label, xLabel, yLabel, height, logX, logY, range, legend],
  ]);
  const data = [x, ...lines.map(({ values }) => values)] as unknown as UPlot.AlignedData; // uPlot reads and does not write
  const newest = useRef(data);
  newest.current = data;

  // `form` stands for all that decides the options
  useEffect(() => {
    const box = host.current;
    if (!box) return;
    const draw = () => {
      chart.current?.destroy();
      const known = new Map<string, string>();
      const colorOf = (name: `--${string}`): string => {
        const color = known.get(name) ?? themeColor(name);
        known.set(name, color);
        return color;
      };
      const text = themeColor("--text-soft");
      const grid = { stroke: themeColor("--grid"), width: 1 };
      const axis = {
        stroke: text,
        grid,
        ticks: grid,
        font: "12px system-ui",
        labelFont: "12px system-ui",
      };
      const scale = (log: boolean): UPlot.Scale => (log ? { distr: 3 } : {});
      const options: UPlot.Options = {
        width: Math.max(200, box.clientWidth),
        height,
        scales: {
          x: { time: false, ...scale(logX) },
          y: { ...scale(logY), ...(range && { range: [range[0], range[1]] }) },
        },
        legend: { show: legend, markers: { width: 0, fill: (u, i) => strokeOf(u, i) } },
        padding: [8, 12, 0, 0],
        cursor: { points: { size: 6, show: lines.length <= mostPoints } },
        axes: [
          { ...axis, label: xLabel, labelSize: 18, size: 34 },
          { ...axis, label: yLabel, labelSize: 18, size: 52 },
        ],
        series: [
          { label: xLabel },
          ...lines.map((line, i) => {
            const stroke = colorOf(line.color ?? colors[i % colors.length]!); // not empty
            const { label, dashed, faint, form = "curve", width = faint ? 1 : 1.6 } = line;
            return {
              ...{ label, stroke, width, spanGaps: true },
              points:
                form === "curve"
                  ? { show: false }
                  : { show: true, size: 6, space: 0, fill: stroke },
              ...(form === "dots" && { paths: () => null }),
              // The full build of uPlot has bars.
              ...(form === "stems" && {
                fill: stroke,
                paths: UPlot.paths.bars!({ size: [0.4, 2], align: 0 }),
              }),
              ...(dashed && { dash: [5, 4] }),
              ...(faint && { alpha: 0.3, class: "faint" }),
            };
          }),
        ],
      };
      chart.current = new UPlot(options, newest.current, box);
    };
    draw();
    const resized = new ResizeObserver(() =>
      chart.current?.setSize({ width: Math.max(200, box.clientWidth), height }),
    );
    resized.observe(box);
    const stop = onThemeChange(draw);
    return () => {
      stop();
      resized.disconnect();
      chart.current?.destroy();
      chart.current = undefined;
    };
  }, [form]);

  // Drawn again when any of the arrays is another
  useEffect(() => chart.current?.setData(newest.current), data);

  return <div ref={host} class="chart" role="img" aria-label={label} />;
}
