/**
 * Whether what a mixing saves lasts: finished comparisons of several sizes or lengths (`sequence compare`, each with its folder)
 * as a table, and a chart of the share of steps saved against the parameters of the baseline or the tokens of a training.
 *
 *   node scripts/scaling.ts size-64 size-128 size-256 --against parameters --out docs/pictures/scaling-size.svg
 */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { defineCommand } from "../src/cli/parser/command.ts";
import type { VariantSummary } from "../src/compare/index.ts";
import {
  markdown,
  percentWithInterval,
  withDeviation,
  withInterval,
} from "../src/compare/table.ts";
import { lineChart } from "../src/data/draw/lineChart.ts";
import { writeFileAtomically } from "../src/data/files/atomicWrite.ts";
import { UserError } from "../src/errors/index.ts";
import { runScript } from "./runScript.ts";

/** One comparison: its variants, and what its trainings cost. */
interface Comparison {
  readonly folder: string;
  readonly variants: readonly VariantSummary[];
  /** Of the baseline. */
  readonly parameters: number;
  /** That each training sees: batch × context × steps. */
  readonly tokens: number;
}

/** What the chart can be drawn against. */
const axes = {
  parameters: "parameters of the baseline",
  tokens: "tokens of each training",
} as const satisfies Partial<Record<keyof Comparison, string>>;

const axisNames = Object.keys(axes) as (keyof typeof axes)[];

const json = async (path: string) => JSON.parse(await readFile(path, "utf8"));

async function readComparison(folder: string): Promise<Comparison> {
  // JSON has no infinity: a bound that was "never" is null there.
  const unbounded = (_: string, value: unknown) => value ?? Number.NEGATIVE_INFINITY;
  const text = await readFile(join(folder, "summary.json"), "utf8").catch(() => {
    throw new UserError(`${folder}: has no summary.json; let \`sequence compare\` finish it first`);
  });
  const variants = JSON.parse(text, unbounded) as VariantSummary[];
  const baseline = variants.find(({ p }) => p === undefined)?.inputs[0];
  const [run = ""] = await readdir(join(folder, "runs"));
  const { options } = await json(join(folder, "runs", run, "config.json"));
  if (baseline === undefined || options?.batch === undefined) {
    throw new UserError(`${folder}: not a comparison of sequence models`);
  }
  const tokens = options.batch * options.context * baseline.steps;
  return { folder, variants, parameters: baseline.parameters, tokens };
}

const rowOf = ({ parameters, tokens }: Comparison, variant: VariantSummary) => [
  ...[String(parameters), String(tokens), variant.name],
  withDeviation(variant.mean, variant.deviation, 4),
  withInterval(variant.more?.mean, variant.more?.interval, 4),
  percentWithInterval(variant.stepsSaved, variant.stepsSavedInterval),
];

/** A line for each mixing and, of what the chart is not drawn against, each value; two points are the least. */
function linesOf(comparisons: readonly Comparison[], against: keyof typeof axes) {
  const other = axisNames.find((name) => name !== against)!; // there are two
  const lines = Map.groupBy(
    comparisons.flatMap((one) => one.variants.map((variant) => ({ one, variant }))),
    ({ one, variant }) => `${variant.name}, ${short(one[other])} ${other}`,
  );
  return Array.from(lines, ([name, all]) => ({
    name,
    points: all.flatMap(({ one, variant: { stepsSaved } }) =>
      stepsSaved === undefined ? [] : ([[one[against], 100 * stepsSaved]] as const),
    ),
  })).filter(({ points }) => points.length > 1);
}

/** A number in thousands or millions. */
const short = (value: number): string =>
  value < 1e6 ? `${Math.round(value / 1e3)} k` : `${(value / 1e6).toFixed(1)} M`;

const command = defineCommand({
  positionals: { folders: { several: "finished comparisons" } },
  options: {
    against: {
      type: "choice",
      choices: axisNames,
      default: "parameters",
      help: "what the chart is drawn against",
    },
    out: { type: "string", placeholder: "FILE", required: true, help: "chart to write (.svg)" },
  },
  examples: ["scripts/scaling.ts size-64 size-128 --against parameters --out scaling.svg"],
  async run({ folders, against, out }, io) {
    const all = await Promise.all(folders.map(readComparison));
    const comparisons = all.toSorted((a, b) => a[against] - b[against]);
    await writeFileAtomically(
      out,
      lineChart({
        ...{ title: "Steps that a mixing saves", xLabel: axes[against], xScale: "log" },
        ...{ yLabel: "% of the baseline's steps", yFromZero: true, legendBeside: true },
        series: linesOf(comparisons, against),
      }),
    );
    io.print(
      markdown(
        ["parameters", "tokens", "mixing", "validation", "against the baseline", "steps saved"],
        comparisons.flatMap((one) => one.variants.map((variant) => rowOf(one, variant))),
      ),
    );
    return { out, comparisons: comparisons.length };
  },
});

await runScript("scripts/scaling.ts", "whether what a mixing saves lasts", command);
