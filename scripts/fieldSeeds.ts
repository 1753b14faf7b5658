/**
 * Whether every family of fields fits every picture whatever the seed: all families at their defaults (parameters, rate,
 * start and batch of `field fit`), several seeds, a table of how many fits diverged and how well the worst and the mean one
 * did. A finished fit is a record in `--out`, so the same command goes on where it was.
 *
 *   node scripts/fieldSeeds.ts ../shared/data/kodak/kodim0{3,5,8}.png --crop 64 --steps 100 --seeds 20 --out seeds
 */
import { mkdir } from "node:fs/promises";
import { basename, extname } from "node:path";
import { command as fieldFit } from "../src/cli/commands/fieldFit.ts";
import { defineCommand } from "../src/cli/parser/command.ts";
import { progressByName, runOptions } from "../src/cli/shared/trainingOptions.ts";
import type { ComparedInput } from "../src/field/compare/comparison.ts";
import { finishFit } from "../src/field/compare/finishFit.ts";
import type { FitRecord } from "../src/field/compare/records.ts";
import { families, familyNames } from "../src/field/families.ts";
import { centerCrop } from "../src/field/signal/crop.ts";
import { loadSignal } from "../src/field/signal/loadSignal.ts";
import { runScript } from "./runScript.ts";

/** How the fits of one family went. */
function summaryOf(model: string, records: readonly FitRecord[]) {
  const psnrs = records.filter(({ diverged }) => !diverged).map(({ psnr }) => psnr);
  return {
    model,
    parameters: records[0]?.parameters ?? 0,
    fits: records.length,
    diverged: records.length - psnrs.length,
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
    params: fieldFit.options.params,
    batch: fieldFit.options.batch,
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
    const contenders = familyNames.map((name) => {
      return { name, family: families[name], init: "maxima" as const };
    });
    const plan = { steps };
    const comparison = { parameters: params, factors: [1], contenders, inputs, seeds, batch, plan };
    const options = { signal: io.signal, report: progress.report, ...(threads && { threads }) };
    const records = new Map<string, FitRecord[]>(familyNames.map((name) => [name, []]));
    for (let seed = 1; seed <= seeds; seed++) {
      for (const input of inputs) {
        for (const contender of contenders) {
          const wish = { contender, input, factor: 1, seed, plan };
          const { record } = await finishFit(out, comparison, wish, options);
          records.get(contender.name)?.push(record);
          if (record.diverged) io.log(`${contender.name}, ${input.name}, seed ${seed}: diverged`);
        }
      }
    }
    progress.finish();
    const models = [...records].map(([model, fits]) => summaryOf(model, fits));
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
