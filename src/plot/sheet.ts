import { checkCount } from "../wavelets/arguments/numbers.ts";
import { checkOptions, optionNames } from "../wavelets/arguments/options.ts";
import { picture } from "./svg/picture.ts";

/** Options of {@link plotSheet}. */
export interface SheetOptions {
  /** Stands above all plots, and is what a screen reader says first; the titles of the plots by default. */
  readonly title?: string;
  /** Plots side by side; 1 by default. */
  readonly columns?: number;
}

const names = optionNames<SheetOptions>({ title: true, columns: true });

/** Room of the title of a sheet. */
const titleHeight = 34;

/** The beginning of a plot, with its size. */
const head = /^<svg [^>]*?width="(\d+)" height="(\d+)"/;

/**
 * Several plots in one SVG picture, row by row; each row is as tall as its tallest plot, each column as wide as its widest. A screen
 * reader hears the titles and descriptions of all.
 *
 * Throws TypeError for anything but plots of this library and for unknown options, RangeError without plots and for columns out of range.
 *
 * @example
 * ```ts
 * const sheet = plotSheet([plotWavelet("db2"), plotWavelet("db4")], { columns: 2, title: "Two wavelets" });
 * console.log(/viewBox="([^"]*)"/.exec(sheet)[1]);
 * // → 0 0 1680 462
 * ```
 */
export function plotSheet(plots: readonly string[], options: SheetOptions = {}): string {
  checkOptions(options, names);
  const columns = checkCount("the number of columns", options.columns ?? 1, 100);
  if (!Array.isArray(plots) || !plots.every((plot) => typeof plot === "string" && head.test(plot)))
    throw new TypeError("a sheet is made of a list of plots, SVG texts as plotWavelet returns one");
  if (plots.length === 0) throw new RangeError("a sheet needs at least one plot");
  const sizes = plots.map((plot) => head.exec(plot)!.slice(1).map(Number));
  const widths: number[] = [];
  const heights: number[] = [];
  for (const [i, [width, height]] of sizes.entries()) {
    const [row, column] = [Math.floor(i / columns), i % columns];
    widths[column] = Math.max(widths[column] ?? 0, width!);
    heights[row] = Math.max(heights[row] ?? 0, height!);
  }
  const placed = plots.map((plot, i) => {
    const x = sum(widths.slice(0, i % columns));
    const y = titleHeight + sum(heights.slice(0, Math.floor(i / columns)));
    return plot.replace("<svg ", `<svg x="${x}" y="${y}" `);
  });
  const titles = plots.map((plot) => said(plot, "title"));
  return picture(
    {
      title: options.title ?? [...new Set(titles)].join(", "),
      description: plots.map((plot, i) => `${titles[i]}. ${said(plot, "desc")}`).join(" "),
      ...{ width: sum(widths), height: titleHeight + sum(heights) },
    },
    placed,
  );
}

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

/** The text of the first element of a name. */
function said(plot: string, name: "title" | "desc"): string {
  const [, text = ""] = new RegExp(`<${name}>([^<]*)</${name}>`).exec(plot) ?? [];
  return text
    .replaceAll("&quot;", '"')
    .replaceAll("&gt;", ">")
    .replaceAll("&lt;", "<")
    .replaceAll("&amp;", "&");
}
