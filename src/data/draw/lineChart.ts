import { type Point, strokeText } from "./strokeFont.ts";

/** One line of a chart. */
export interface Series {
  readonly name: string;
  /** In the order they are joined; a value that is not finite breaks the line. */
  readonly points: readonly Point[];
  /** For a reference to compare with, such as a baseline. */
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
  /** Puts the legend beside the curves, as it is with many: for curves that end where it would hide them. */
  readonly legendBeside?: boolean;
  readonly width?: number;
  readonly height?: number;
}

/**
 * Told apart by lightness as well as by hue: Okabe and Ito's palette, for every kind of color vision, and for charts of more
 * lines than it has darker hues between.
 */
const colors = [
  ...["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9"],
  ...["#000000", "#882255", "#999933", "#888888", "#44aa99", "#332288"],
];
const textColor = "#333";
const gridColor = "#e4e4e4";
const margin = { left: 72, right: 24, top: 44, bottom: 56 } as const;
const textHeight = 10;
/** A legend of more lines than this stands beside the curves, which it would hide. */
const legendInside = 4;

/** A chart as an SVG picture with its text drawn as strokes; `drawSvg` makes pixels of it. */
export function lineChart({
  title,
  xLabel,
  yLabel,
  series,
  xScale = "linear",
  legendBeside = false,
  width = 720,
  height = 440,
}: ChartOptions): string {
  const shown = series.map((line) => ({ ...line, points: line.points.filter(visible(xScale)) }));
  const points = shown.flatMap((line) => line.points).filter(([, y]) => Number.isFinite(y));
  const beside = legendBeside || series.length > legendInside;
  const plot = {
    left: margin.left,
    right: width - margin.right - (beside ? legendWidth(series) : 0),
    top: margin.top,
    bottom: height - margin.bottom,
  };
  const x = axis(
    points.map(([value]) => value),
    [plot.left, plot.right],
    xScale,
  );
  const y = axis(
    points.map(([, value]) => value),
    [plot.bottom, plot.top],
    "linear",
  );

  const grid = [
    ...x.ticks.map((at) => `M${fixed(x.place(at))} ${plot.top}V${plot.bottom}`),
    ...y.ticks.map((at) => `M${plot.left} ${fixed(y.place(at))}H${plot.right}`),
  ];
  const lines = shown.map(({ points: line, dashed = false }, i) => {
    const dash = dashed ? ' stroke-dasharray="7 5"' : "";
    return `<path d="${trace(line, x.place, y.place)}" stroke="${color(i)}" stroke-width="2"${dash}/>`;
  });
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
    legend(shown, beside ? width - margin.right + 6 : plot.right),
    "</g></svg>",
  ].join("\n");
}

function visible(xScale: "linear" | "log"): (point: Point) => boolean {
  return ([x]) => Number.isFinite(x) && (xScale === "linear" || x > 0);
}

/** A scale: ticks at round values, and where a value lies in pixels. */
function axis(
  values: readonly number[],
  [from, to]: readonly [number, number],
  scale: "linear" | "log",
): { readonly ticks: readonly number[]; place(value: number): number } {
  const found = [
    values.reduce((a, b) => Math.min(a, b), Infinity),
    values.reduce((a, b) => Math.max(a, b), -Infinity),
  ] as const;
  const [low, high] = found[0] <= found[1] ? found : ([scale === "log" ? 1 : 0, 1] as const);
  if (scale === "log") {
    const decades = Math.log10(high / low) || 1;
    return {
      ticks: logTicks(low, high),
      place: (value) => from + ((to - from) * Math.log10(value / low)) / decades,
    };
  }
  const room = high > low ? high - low : Math.abs(high) || 1;
  const step = roundStep(room / 6);
  const [start, end] = [
    Math.floor(low / step),
    Math.max(Math.ceil(high / step), Math.floor(low / step) + 1),
  ];
  return {
    // Whole multiples, so that 0.3 does not read 0.30000000000000004 and zero is zero.
    ticks: Array.from({ length: end - start + 1 }, (_, i) =>
      Number(((start + i) * step).toPrecision(12)),
    ),
    place: (value) => from + ((to - from) * (value / step - start)) / (end - start),
  };
}

/** The least of 1, 2, 5 × 10ⁿ that is at least `step`. */
function roundStep(step: number): number {
  const power = 10 ** Math.floor(Math.log10(step));
  return power * ([1, 2, 5].find((factor) => factor * power >= step * 0.999) ?? 10);
}

/** Powers of ten, with 2 and 5 between them where there are few. */
function logTicks(low: number, high: number): number[] {
  const ticks = (factors: readonly number[]) => {
    const all: number[] = [];
    for (let n = Math.floor(Math.log10(low)); n <= Math.ceil(Math.log10(high)); n++) {
      all.push(...factors.map((factor) => Number((factor * 10 ** n).toPrecision(3))));
    }
    return all.filter((tick) => tick >= low * 0.999 && tick <= high * 1.001);
  };
  const tens = ticks([1]);
  return tens.length >= 4 ? tens : ticks([1, 2, 5]);
}

/** `12000` → `12,000`, `1e7` → `10 M`: short enough to stand under a tick. */
function tickText(value: number): string {
  return Math.abs(value) >= 1e6
    ? `${Number((value / 1e6).toPrecision(6))} M`
    : value.toLocaleString("en-US", { maximumSignificantDigits: 6 });
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

/** From the left of its box to the right end of its longest name. */
const legendWidth = (series: readonly Series[]): number =>
  66 + Math.max(0, ...series.map(({ name }) => strokeText(name, textHeight).width));

/** Top right, where a curve that falls leaves room. */
function legend(series: readonly Series[], right: number): string {
  const [left, lineHeight] = [right - legendWidth(series) + 10, 20];
  const box = `<rect x="${fixed(left - 10)}" y="${margin.top + 4}" width="${fixed(right - left + 6)}" height="${series.length * lineHeight + 8}" rx="4" fill="#fff" fill-opacity="0.9" stroke="${gridColor}"/>`;
  const rows = series.map(({ name, dashed = false }, i) => {
    const y = margin.top + 18 + i * lineHeight;
    const dash = dashed ? ' stroke-dasharray="7 5"' : "";
    return [
      `<path d="M${fixed(left)} ${y}h28" stroke="${color(i)}" stroke-width="2"${dash}/>`,
      `<g stroke="${textColor}" stroke-width="1.1">${textPath(name, [left + 38, y - textHeight / 2], "start")}</g>`,
    ].join("");
  });
  return series.length === 0 ? "" : box + rows.join("");
}

const shares = { start: 0, middle: 0.5, end: 1 } as const;

/**
 * Text as one path of strokes, which wants a `stroke` from the element around it; the point is the top of its capitals, at
 * the start, middle or end of the line.
 */
export function textPath(
  line: string,
  [x, y]: Point,
  anchor: keyof typeof shares,
  height = textHeight,
): string {
  const { strokes, width } = strokeText(line, height);
  const left = x - width * shares[anchor];
  const paths = strokes.map((stroke) => {
    const points = stroke.map(([px, py]) => `${fixed(left + px)} ${fixed(y + py)}`);
    // A stroke of one point needs a second one for its round cap to be drawn.
    return `M${points.join("L")}${points.length === 1 ? "h0.01" : ""}`;
  });
  return `<path d="${paths.join("")}"/>`;
}

function color(i: number): string {
  return colors[i % colors.length]!;
}

function fixed(value: number): string {
  return `${Number(value.toFixed(2))}`;
}
