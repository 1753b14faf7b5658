/**
 * Whether every family of fields fits every picture whatever the seed: all families at their defaults (parameters, rate,
 * start and batch of `field fit`), several seeds, a table of how many fits diverged and how well the worst and the mean one
 * did. A finished fit is a record in `--out`, so the same command continues where it was.
 *
 *   node scripts/fieldSeeds.ts ../shared/data/kodak/kodim0{3,5,8}.png --crop 64 --steps 100 --seeds 20 --out seeds
 */
import { mkdir } from "node:fs/promises";
import { basename, extname } from "node:path";
import { command as fieldCompare } from "../src/cli/commands/fieldCompare.ts";
import { defineCommand } from "../src/cli/parser/command.ts";
import { progressByName, runOptions } from "../src/cli/shared/trainingOptions.ts";
import type { Fit } from "../src/compare/index.ts";
import {
  type ComparedInput,
  centerCrop,
  families,
  familyNames,
  finishFit,
  loadSignal,
} from "../src/field/index.ts";
import { runScript } from "./runScript.ts";

/** How the fits of one family went. */
function summaryOf(model: string, all: readonly Fit[]) {
  const psnrs = all.filter(({ diverged }) => !diverged).map(({ value }) => value);
  return {
    model,
    parameters: all[0]?.parameters ?? 0,
    fits: all.length,
    diverged: all.length - psnrs.length,
    least: psnrs.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY),
    mean: psnrs.reduce((a, b) => a + b, 0) / psnrs.length,
  };
}

const command = defineCommand({
  positionals: { files: { several: "pictures to fit" } },
  options: {
    out: { type: "string", placeholder: "FOLDER", required: true, help: "folder for records" },
    crop: { type: "integer", min: 8, help: "pixels along each side; all by default" },
    steps: { type: "integer", min: 1, default: 100, help: "steps of each fit" },
    seeds: { type: "integer", min: 1, default: 20, help: "fits of each family and picture" },
    params: { ...fieldCompare.options.params },
    batch: fieldCompare.options.batch,
    threads: runOptions.threads,
  },
  examples: ["scripts/fieldSeeds.ts photo.png --crop 64 --out seeds"],
  async run({ files, out, crop, steps, seeds, params, batch, threads }, io) {
    const inputs: ComparedInput[] = [];
    for (const file of files) {
      const signal = await loadSignal(file, { notice: io.log });
      const name = basename(file, extname(file));
      inputs.push({ name, signal: crop === undefined ? signal : centerCrop(signal, crop) });
    }
    await mkdir(out, { recursive: true });
    const progress = progressByName(io);
    const variants = familyNames.map((name) => {
      return { name, family: families[name], init: "maxima" as const };
    });
    const plan = { steps };
    const comparison = { parameters: params, factors: [1], variants, inputs, seeds, batch, plan };
    const options = { signal: io.signal, report: progress.report, ...(threads && { threads }) };
    const fits = new Map<string, Fit[]>(familyNames.map((name) => [name, []]));
    for (let seed = 1; seed <= seeds; seed++) {
      for (const input of inputs) {
        for (const variant of variants) {
          const wish = { variant, input, rate: 1, seed, plan, isTrial: false };
          const fit = await finishFit(out, comparison, wish, options);
          fits.get(variant.name)?.push(fit);
          if (fit.diverged) io.log(`${variant.name}, ${input.name}, seed ${seed}: diverged`);
        }
      }
    }
    progress.finish();
    const models = [...fits].map(([model, all]) => summaryOf(model, all));
    io.print("| model | parameters | fits | diverged | least | mean |\n|---|---|---|---|---|---|");
    for (const { model, parameters, fits, diverged, least, mean } of models) {
      io.print(
        `| \`${model}\` | ${parameters} | ${fits} | ${diverged} | ${least.toFixed(2)} dB | ${mean.toFixed(2)} dB |`,
      );
    }
    return { out, models };
  },
});

await runScript("scripts/fieldSeeds.ts", "whether fields diverge, at defaults", command);
