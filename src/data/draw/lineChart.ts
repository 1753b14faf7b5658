import { axis, tickText } from "./axis.ts";
import { color, gridColor, legend, legendHeight, legendWidth, textColor } from "./legend.ts";
import { type Point, strokeText } from "./strokeFont.ts";
import { fixed, textHeight, textPath } from "./svgText.ts";

/** One line of a chart. */
export interface Series {
  readonly name: string;
  /** In the order in which they are joined; a value that is not finite breaks the line. */
  readonly points: readonly Point[];
  /** For a reference, such as a baseline. */
  readonly dashed?: boolean;
}

/** What a chart shows. */
export interface ChartOptions {
  readonly title: string;
  /** With its unit: "steps", "images seen". */
  readonly xLabel: string;
  /** With its unit: "bits per image". */
  readonly yLabel: string;
  readonly series: readonly Series[];
  /** `log` leaves out points at x ≤ 0. */
  readonly xScale?: "linear" | "log";
  /** Lets the axis of y reach to 0, for shares and amounts, of which the height tells how large they are. */
  readonly yFromZero?: boolean;
  /** Puts the legend beside the curves, where it hides none; the default from five lines on. */
  readonly legendBeside?: boolean;
  readonly width?: number;
  readonly height?: number;
}

const margin = { left: 72, right: 24, top: 44, bottom: 56 } as const;
/** Left of the curves, beside the numbers: the label of the axis and gaps. */
const besideTicks = 40;
/** With more lines than this the legend stands beside the curves, which it would hide. */
const legendInside = 4;

/**
 * A chart of lines as an SVG picture. Its text is drawn as strokes, so that it looks the same on every machine; `drawSvg`
 * makes pixels of it.
 *
 * @example
 * const points = [[1, 2.3], [10, 1.9], [100, 1.2]] as const;
 * const svg = lineChart({
 *   ...{ title: "Training", xLabel: "steps", yLabel: "bits per pixel" },
 *   ...{ series: [{ name: "mine", points }], xScale: "log" },
 * });
 * await writeImage("loss.png", await drawSvg(svg));
 */
export function lineChart({
  title,
  xLabel,
  yLabel,
  series,
  xScale = "linear",
  yFromZero = false,
  legendBeside = false,
  width = 720,
  height = 440,
}: ChartOptions): string {
  const shown = series.map((line) => ({ ...line, points: line.points.filter(visible(xScale)) }));
  const points = shown.flatMap((line) => line.points).filter(([, y]) => Number.isFinite(y));
  const beside = legendBeside || series.length > legendInside;
  const rows = (range: readonly [number, number]) =>
    axis([...(yFromZero ? [0] : []), ...points.map(([, value]) => value)], range, "linear");
  const widest = Math.max(
    0,
    ...rows([0, 1]).ticks.map((at) => strokeText(tickText(at), textHeight).width),
  );
  const plot = {
    left: Math.max(margin.left, Math.ceil(widest) + besideTicks),
    right: width - margin.right - (beside ? legendWidth(series) : 0),
    top: margin.top,
    bottom: height - margin.bottom,
  };
  const x = axis(
    points.map(([value]) => value),
    [plot.left, plot.right],
    xScale,
  );
  const y = rows([plot.bottom, plot.top]);

  const grid = [
    ...x.ticks.map((at) => `M${fixed(x.place(at))} ${plot.top}V${plot.bottom}`),
    ...y.ticks.map((at) => `M${plot.left} ${fixed(y.place(at))}H${plot.right}`),
  ];
  const lines = shown.map(({ points: line, dashed = false }, i) => {
    const dash = dashed ? ' stroke-dasharray="7 5"' : "";
    const dots = lonely(line).map(
      ([px, py]) =>
        `<circle cx="${fixed(x.place(px))}" cy="${fixed(y.place(py))}" r="3.5" fill="${color(i)}"/>`,
    );
    return `<path d="${trace(line, x.place, y.place)}" stroke="${color(i)}" stroke-width="2"${dash}/>${dots.join("")}`;
  });
  /** Top of a legend at the right end, above or below, where it hides less. */
  const corner = (): number => {
    const left = plot.right - legendWidth(shown);
    const tall = legendHeight(shown);
    const hidden = (top: number) =>
      shown.reduce((sum, { points: line }) => {
        const places = between(line.map(([px, py]) => [x.place(px), y.place(py)] as const));
        return sum + places.filter(([px, py]) => px > left && py > top && py < top + tall).length;
      }, 0);
    const bottom = plot.bottom - tall;
    return hidden(bottom) < hidden(plot.top) ? bottom : plot.top;
  };
  const middle = (plot.left + plot.right) / 2;
  const texts = [
    textPath(title, [middle, 16], "middle", 13),
    textPath(xLabel, [middle, height - 22], "middle"),
    `<g transform="translate(14 ${(plot.top + plot.bottom) / 2}) rotate(-90)">${textPath(yLabel, [0, 0], "middle")}</g>`,
    ...x.ticks.map((at) => textPath(tickText(at), [x.place(at), plot.bottom + 10], "middle")),
    ...y.ticks.map((at) =>
      textPath(tickText(at), [plot.left - 8, y.place(at) - textHeight / 2], "end"),
    ),
  ];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    '<g fill="none" stroke-linecap="round" stroke-linejoin="round">',
    `<path d="${grid.join("")}" stroke="${gridColor}"/>`,
    `<path d="M${plot.left} ${plot.top}V${plot.bottom}H${plot.right}" stroke="${textColor}"/>`,
    ...lines,
    `<g stroke="${textColor}" stroke-width="1.1">${texts.join("")}</g>`,
    beside
      ? legend(shown, width - margin.right + 6, plot.top)
      : legend(shown, plot.right, corner()),
    "</g></svg>",
  ].join("\n");
}

function visible(xScale: "linear" | "log"): (point: Point) => boolean {
  return ([x]) => Number.isFinite(x) && (xScale === "linear" || x > 0);
}

/** Points along the lines that join these, a few pixels apart. */
function between(places: readonly Point[]): Point[] {
  return places.flatMap(([x1, y1], i) => {
    const [x0, y0] = places[i - 1] ?? [x1, y1];
    const count = Math.max(1, Math.ceil(Math.hypot(x1 - x0, y1 - y0) / 4));
    if (!Number.isFinite(count)) return [[x1, y1] as const];
    return Array.from({ length: count }, (_, k) => {
      const share = (k + 1) / count;
      return [x0 + (x1 - x0) * share, y0 + (y1 - y0) * share] as const;
    });
  });
}

/** The points that no line joins to another. */
function lonely(points: readonly Point[]): Point[] {
  const isShown = (point: Point | undefined) => point !== undefined && Number.isFinite(point[1]);
  return points.filter(
    (point, i) => isShown(point) && !isShown(points[i - 1]) && !isShown(points[i + 1]),
  );
}

function trace(
  points: readonly Point[],
  placeX: (value: number) => number,
  placeY: (value: number) => number,
): string {
  let joined = false;
  return points
    .map(([x, y]) => {
      if (!Number.isFinite(y)) {
        joined = false;
        return "";
      }
      const command = joined ? "L" : "M";
      joined = true;
      return `${command}${fixed(placeX(x))} ${fixed(placeY(y))}`;
    })
    .join("");
}
