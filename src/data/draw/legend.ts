import { strokeText } from "./strokeFont.ts";
import { fixed, textHeight, textPath } from "./svgText.ts";

/** One line of a legend. */
export interface LegendEntry {
  readonly name: string;
  readonly dashed?: boolean;
}

/**
 * Colors that differ in lightness as well as in hue: Okabe and Ito's palette, which suits every kind of color vision, then
 * darker hues for charts of more lines.
 */
const colors = [
  ...["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9"],
  ...["#000000", "#882255", "#999933", "#888888", "#44aa99", "#332288"],
];
/** Color of text and axes. */
export const textColor = "#333";
/** Color of the lines of the grid. */
export const gridColor = "#e4e4e4";

/** From the left of its box to the right end of its longest name. */
export const legendWidth = (series: readonly LegendEntry[]): number =>
  66 + Math.max(0, ...series.map(({ name }) => strokeText(name, textHeight).width));

const lineHeight = 20;

/** From `top` to the lower end of its box. */
export const legendHeight = (series: readonly LegendEntry[]): number =>
  4 + series.length * lineHeight + 8 + 4;

/** The legend as SVG, from `top` down and up to `right`. */
export function legend(series: readonly LegendEntry[], right: number, top: number): string {
  const left = right - legendWidth(series) + 10;
  const box = `<rect x="${fixed(left - 10)}" y="${top + 4}" width="${fixed(right - left + 6)}" height="${series.length * lineHeight + 8}" rx="4" fill="#fff" fill-opacity="0.9" stroke="${gridColor}"/>`;
  const rows = series.map(({ name, dashed = false }, i) => {
    const y = top + 18 + i * lineHeight;
    const dash = dashed ? ' stroke-dasharray="7 5"' : "";
    return [
      `<path d="M${fixed(left)} ${y}h28" stroke="${color(i)}" stroke-width="2"${dash}/>`,
      `<g stroke="${textColor}" stroke-width="1.1">${textPath(name, [left + 38, y - textHeight / 2], "start")}</g>`,
    ].join("");
  });
  return series.length === 0 ? "" : box + rows.join("");
}

/** Color of line `i`, counted from 0. */
export function color(i: number): string {
  return colors[i % colors.length]!;
}
