import { basename, join } from "node:path";
import { type Arm, armsOf, type Comparison, compare, runArm } from "../../compare/compare.ts";
import { writeResults } from "../../compare/results.ts";
import { type InputSummary, summarize, type VariantSummary } from "../../compare/summary.ts";
import {
  type Column,
  figure,
  inputTable,
  markTable,
  pText,
  ranked,
  variantTable,
  withDeviation,
} from "../../compare/table.ts";
import { makeFolder } from "../../data/files/makeFolder.ts";
import { readImage } from "../../data/images/decodeImage.ts";
import type { Raster } from "../../data/images/raster.ts";
import { writeImage } from "../../data/images/writeImage.ts";
import { drawPicture } from "../show/drawPicture.ts";
import { snrOf } from "../signal/quality.ts";
import {
  type ComparedInput,
  checkSizes,
  type FieldComparison,
  type FieldVariant,
} from "./comparison.ts";
import { type FinishedFit, type FinishOptions, finishFit, isPicture } from "./finishFit.ts";
import { comparisonSheet } from "./sheet.ts";

export interface CompareOptions extends FinishOptions {
  /** Called with a sentence about sizes that are not equal. */
  notice(sentence: string): void;
}

/**
 * Tries every factor of the learning rate for every variant, then fits with the best one and all seeds, in memory. A
 * finished fit is a record in `folder/fits`, so an interrupted comparison continues where it was. Writes `table.md`,
 * `summary.json`, the charts and, where an input is a picture, `sheet.png`; anew after each seed, for an early look. Throws
 * UserError where records are of other settings, or a variant does not fit into `parameters`.
 */
export async function compareFields(
  folder: string,
  comparison: FieldComparison,
  { notice, ...options }: CompareOptions,
): Promise<VariantSummary[]> {
  checkSizes(comparison, notice);
  const place = join(folder, fitFolder);
  await makeFolder(place);
  let summaries: VariantSummary[] = [];
  await compare(
    ofRates(comparison),
    (variant, input, wish) => finishFit(place, comparison, { ...wish, variant, input }, options),
    async (fits) => {
      summaries = summarize(fits, { better: "higher" });
      await writeResults(folder, fits, summaries, {
        table: fieldTable(summaries, comparison.inputs),
        chart: { title: "PSNR of all samples, mean of inputs and seeds", yLabel: "dB" },
      });
      await writeSheet(folder, comparison, fits);
    },
  );
  return summaries;
}

/** The same comparison, as `compare` takes it. */
const ofRates = (comparison: FieldComparison): Comparison<FieldVariant, ComparedInput> => ({
  ...{ ...comparison, rates: comparison.factors, better: "higher" },
});

/** Fits of a comparison that depend on no others. */
export type FieldArm = Arm<FieldVariant, ComparedInput>;

/** A comparison in arms: see `armsOf`. */
export const fieldArms = (comparison: FieldComparison): FieldArm[] => armsOf(ofRates(comparison));

/**
 * Makes the fits of an arm in `folder/fits`, as {@link compareFields} makes them, which then finds them there. Gives the names of
 * their files in that folder.
 */
export async function fitArm(
  folder: string,
  comparison: FieldComparison,
  arm: FieldArm,
  options: FinishOptions,
): Promise<string[]> {
  const place = join(folder, fitFolder);
  await makeFolder(place);
  const files: string[] = [];
  await runArm(ofRates(comparison), arm, async (variant, input, wish) => {
    const fit = await finishFit(place, comparison, { ...wish, variant, input }, options);
    files.push(basename(fit.record), ...(fit.picture === undefined ? [] : [basename(fit.picture)]));
    return fit;
  });
  return files;
}

/** The folder of a comparison that holds its fits. */
export const fitFolder = "fits";

/**
 * The summary as tables in Markdown, best variant first: in all, by input, and on the way. Where all `inputs` are given and are
 * sounds, it has their signal-to-noise ratio too.
 */
export function fieldTable(
  summaries: readonly VariantSummary[],
  given: readonly ComparedInput[] = [],
): string {
  const variants = ranked(summaries, "higher");
  const [first] = summaries;
  const inputs = first?.inputs ?? [];
  const several = inputs.length > 1;
  const fitsOf = ({ inputs, diverged }: VariantSummary) =>
    inputs.reduce((sum, { values }) => sum + values.length, diverged);
  const columns: readonly Column[] = [
    { head: "model", cell: ({ name }) => name },
    { head: "rate", cell: ({ rate }) => (rate === 1 ? "its own" : `× ${rate}`) },
    {
      head: "parameters",
      cell: (variant) => span(variant.inputs.map(({ parameters }) => parameters)),
    },
    {
      head: "used",
      // What is kept in bytes leaves out parameters that are 0.
      cell: ({ inputs }) =>
        span(inputs.map(({ parameters, sizes }) => sizes?.usedParameters ?? parameters)),
    },
    {
      head: "bits of places",
      cell: ({ inputs }) => {
        const bits = inputs.flatMap(({ sizes }) => sizes?.placeBits ?? []);
        return bits.length === 0 ? "-" : span(bits);
      },
    },
    {
      head: "bytes",
      // What is kept as parameters takes four bytes for each.
      cell: ({ inputs }) =>
        span(inputs.map(({ parameters, sizes }) => sizes?.fileBytes ?? 4 * parameters)),
    },
    {
      head: `PSNR in dB, ${several ? `mean of ${inputs.length} inputs` : inputs[0]?.input} (± s.d. over seeds)`,
      cell: ({ mean, deviation }) => withDeviation(mean, deviation, 2),
    },
    ...snrColumn(given),
    { head: "steps", cell: ({ steps }) => figure(steps, 0) },
    { head: "seconds", cell: ({ seconds }) => figure(seconds, 1) },
    { head: "ms per step", cell: ({ seconds, steps }) => figure((1000 * seconds) / steps, 1) },
    {
      head: "diverged",
      cell: (variant) =>
        variant.diverged === 0 ? "-" : `${variant.diverged} of ${fitsOf(variant)}`,
    },
    { head: `p against ${first?.name}`, cell: ({ p }) => pText(p) },
  ];
  return [
    variantTable(variants, columns),
    several ? inputTable(variants, "PSNR in dB", 2) : "",
    markTable(variants, "PSNR in dB after", 2),
  ]
    .filter((table) => table !== "")
    .join("\n");
}

/** The mean over inputs of their signal-to-noise ratios, of sounds alone: no other 0 is silence. */
function snrColumn(given: readonly ComparedInput[]): Column[] {
  if (given.length === 0 || given.some(({ signal }) => signal.rate === undefined)) return [];
  const sounds = new Map(given.map(({ name, signal }) => [name, signal]));
  const snr = ({ input, mean }: InputSummary) => {
    const sound = sounds.get(input);
    return sound ? snrOf(mean, sound) : Number.NaN;
  };
  return [
    {
      head: "SNR in dB",
      cell: ({ inputs }) =>
        figure(inputs.reduce((sum, input) => sum + snr(input), 0) / inputs.length, 2),
    },
  ];
}

function span(values: readonly number[]): string {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return least === most ? `${least}` : `${least} … ${most}`;
}

/** Writes the inputs that are pictures and the fits of them, side by side, as `sheet.png`. */
async function writeSheet(
  folder: string,
  { variants, inputs }: FieldComparison,
  fits: readonly FinishedFit[],
): Promise<void> {
  const shown = inputs.filter(({ signal }) => isPicture(signal));
  if (shown.length === 0) return;
  const rows: { readonly name: string; readonly pictures: readonly (Raster | undefined)[] }[] = [];
  for (const { name, signal } of shown) {
    const pictures: (Raster | undefined)[] = [drawPicture(signal)];
    for (const variant of variants) {
      const { picture } =
        fits.find((fit) => fit.input === name && fit.variant === variant.name && fit.seed === 1) ??
        {};
      pictures.push(picture === undefined ? undefined : await readImage(picture));
    }
    rows.push({ name, pictures });
  }
  const columns = ["original", ...variants.map(({ name }) => name)];
  await writeImage(join(folder, "sheet.png"), comparisonSheet(columns, rows));
}
