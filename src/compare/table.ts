import type { Interval } from "./bootstrap.ts";
import type { Axis } from "./curve.ts";
import type { VariantSummary } from "./summary.ts";

/** A column of a table of variants. */
export interface Column {
  readonly head: string;
  cell(variant: VariantSummary): string;
}

/** A number with so many digits after the decimal point; `-` where it is not finite. */
export const figure = (value: number | undefined, digits: number): string =>
  value !== undefined && Number.isFinite(value) ? value.toFixed(digits) : "-";

/** `1.234 ± 0.012`; `?` for a deviation of fewer than two values. */
export const withDeviation = (mean: number, deviation: number, digits: number): string =>
  Number.isNaN(mean)
    ? "-"
    : `${mean.toFixed(digits)} ± ${Number.isNaN(deviation) ? "?" : deviation.toFixed(digits)}`;

/** A share in percent. */
export const percent = (share: number | undefined): string =>
  share === undefined ? "-" : `${(100 * share).toFixed(0)} %`;

/** `-0.012 (-0.015, -0.009)`: a number and its interval. */
export const withInterval = (
  value: number | undefined,
  interval: Interval | undefined,
  digits: number,
): string =>
  interval === undefined
    ? "-"
    : `${figure(value, digits)} (${interval.map((end) => figure(end, digits)).join(", ")})`;

/** `29 % (25, 33)`: a share and its interval in percent. */
export const percentWithInterval = (
  share: number | undefined,
  interval: Interval | undefined,
): string =>
  share === undefined || interval === undefined
    ? percent(share)
    : `${percent(share)} (${interval.map((end) => (end === -Infinity ? "never" : figure(100 * end, 0))).join(", ")})`;

/** A p-value. */
export const pText = (p: number | undefined): string =>
  p === undefined || Number.isNaN(p) ? "-" : p < 1e-4 ? "< 0.0001" : p.toFixed(4);

/** Variants by their mean, best first; those of which a training diverged come last. */
export function ranked(
  variants: readonly VariantSummary[],
  better: "lower" | "higher",
): VariantSummary[] {
  const sign = better === "lower" ? 1 : -1;
  return variants.toSorted(
    (a, b) => Number(a.diverged > 0) - Number(b.diverged > 0) || sign * (a.mean - b.mean) || 0,
  );
}

/** A table in Markdown. */
export function markdown(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [
    `| ${head.join(" | ")} |`,
    `|${"---|".repeat(head.length)}`,
    ...rows.map((row) => `| ${row.join(" | ")} |`),
    "",
  ].join("\n");
}

/** The main table: a row for each variant. */
export const variantTable = (
  variants: readonly VariantSummary[],
  columns: readonly Column[],
): string =>
  markdown(
    columns.map(({ head }) => head),
    variants.map((variant) => columns.map(({ cell }) => cell(variant))),
  );

/** Values of each variant on each input. */
export function inputTable(
  variants: readonly VariantSummary[],
  title: string,
  digits: number,
): string {
  const inputs = variants[0]?.inputs.map(({ input }) => input) ?? [];
  return markdown(
    [title, ...inputs],
    variants.map(({ name, inputs: own }) => [
      name,
      ...inputs.map((input) => {
        const found = own.find((summary) => summary.input === input);
        return found ? withDeviation(found.mean, found.deviation, digits) : "-";
      }),
    ]),
  );
}

/** Values after some steps and seconds; empty where no training goes that far. */
export function markTable(
  variants: readonly VariantSummary[],
  title: string,
  digits: number,
): string {
  const axes: readonly Axis[] = ["step", "seconds"];
  const heads = axes.flatMap((axis) =>
    (variants[0]?.marks[axis] ?? []).map(({ at }) => (axis === "step" ? `${at} steps` : `${at} s`)),
  );
  if (heads.length === 0) return "";
  return markdown(
    [title, ...heads],
    variants.map(({ name, marks }) => [
      name,
      ...axes.flatMap((axis) => marks[axis].map(({ value }) => figure(value, digits))),
    ]),
  );
}
