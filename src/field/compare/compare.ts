import { join } from "node:path";
import { mean } from "../../compare/welch.ts";
import { makeFolder } from "../../data/files/makeFolder.ts";
import {
  type ComparedInput,
  type Contender,
  checkSizes,
  type FieldComparison,
} from "./comparison.ts";
import { type FinishedFit, type FinishOptions, type FitWish, finishFit } from "./finishFit.ts";
import { writeResults } from "./results.ts";
import { type ContenderSummary, summarize } from "./summary.ts";

export interface CompareOptions extends FinishOptions {
  /** Told, in a sentence, what a person may not expect. */
  notice(sentence: string): void;
}

/**
 * Tries every factor for every contender, then fits with the best one and all seeds, in memory. A finished fit is a
 * record in `folder/fits`, so an interrupted comparison goes on where it was. Writes `table.md`, `summary.json`, the mean
 * curves against steps and seconds and, where an input is a picture, `sheet.png`; anew after each seed, for an early look.
 * Throws UserError where records are of other settings, or there is no room for a contender in `parameters`.
 */
export async function compareFields(
  folder: string,
  comparison: FieldComparison,
  { notice, ...options }: CompareOptions,
): Promise<ContenderSummary[]> {
  const { contenders, inputs, factors, seeds, plan, trial = plan } = comparison;
  checkSizes(comparison, notice);
  await makeFolder(join(folder, "fits"));
  const finish = (contender: Contender, input: ComparedInput, wish: FitWish) =>
    finishFit(join(folder, "fits"), comparison, { ...wish, contender, input }, options);

  const chosen: (readonly [Contender, number])[] = [];
  for (const contender of contenders) {
    const tried: { readonly factor: number; readonly psnr: number }[] = [];
    // One factor needs no trial.
    for (const factor of factors.length > 1 ? factors : []) {
      const psnrs: number[] = [];
      for (const input of inputs) {
        const { record } = await finish(contender, input, { factor, seed: 1, plan: trial });
        psnrs.push(record.psnr);
      }
      tried.push({ factor, psnr: mean(psnrs) });
    }
    // A factor with which any fit diverged is out, and where all are, the smallest stands for them.
    const [best] = tried
      .filter(({ psnr }) => !Number.isNaN(psnr))
      .toSorted((a, b) => b.psnr - a.psnr);
    chosen.push([contender, best?.factor ?? Math.min(...factors)]);
  }

  const fits: FinishedFit[] = [];
  let summaries: ContenderSummary[] = [];
  // Contenders take turns, so that a slow hour of the machine strikes all alike.
  for (let seed = 1; seed <= seeds; seed++) {
    for (const input of inputs) {
      for (const [contender, factor] of chosen) {
        fits.push(await finish(contender, input, { factor, seed, plan }));
      }
    }
    summaries = summarize(fits.map(({ record }) => record));
    await writeResults(folder, comparison, fits, summaries);
  }
  return summaries;
}
