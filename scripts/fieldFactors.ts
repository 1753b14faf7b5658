/**
 * Which prescriptions of Roddenberry et al. (2024) pay: {scaling only, wavelets only, split} x {maxima, random} x {isotropic,
 * anisotropic} x {Gabor ω/σ = 4, 1, Cauchy}, at equal real parameters; on a file, or on a piecewise-smooth signal.
 *
 *   node scripts/fieldFactors.ts piecewise --params 500 --out factors/signal
 *   node scripts/fieldFactors.ts ../shared/data/kodak/kodim03.png --crop 128 --params 20000 --out factors/pictures
 */
import { basename, extname, join } from "node:path";
import { defineCommand } from "../src/cli/parser/command.ts";
import { progressByName, runOptions } from "../src/cli/shared/trainingOptions.ts";
import { writeFileAtomically } from "../src/data/index.ts";
import {
  type ComparedInput,
  cauchy,
  centerCrop,
  compareFields,
  type FieldVariant,
  fieldTable,
  gabor,
  loadSignal,
  scalingField,
  splitField,
  variantsOf,
  waveletField,
} from "../src/field/index.ts";
import { effectsTable } from "./factorEffects.ts";
import { piecewise } from "./piecewise.ts";
import { runScript } from "./runScript.ts";

const templates = {
  gabor4: gabor({ omega: 4, sigma: 1 }),
  gabor1: gabor({ omega: 1, sigma: 1 }),
  cauchy: cauchy(),
};
const shapes = { iso: "isotropic", aniso: "anisotropic" } as const;
const models = { wavelet: waveletField, split: splitField };

/** One variant for each combination of factors; the scaling network has none. */
function factorVariants(): FieldVariant[] {
  const combined = Object.entries(models).flatMap(([model, field]) =>
    Object.entries(templates).flatMap(([template, value]) =>
      Object.entries(shapes).flatMap(([short, shape]) =>
        variantsOf(`${model}-${template}-${short}`, field({ template: value, shape }), [
          "maxima",
          "random",
        ]),
      ),
    ),
  );
  return [{ name: "scaling", family: scalingField(), init: "maxima" }, ...combined];
}

const command = defineCommand({
  positionals: {
    files: { several: "pictures or sounds, color made gray; or the word piecewise" },
  },
  options: {
    out: { type: "string", placeholder: "FOLDER", required: true, help: "folder for results" },
    crop: { type: "integer", min: 8, default: 128, help: "pixels along each side of pictures" },
    params: { type: "integer", min: 1, default: 20_000, help: "real parameters of each" },
    steps: { type: "integer", min: 1, default: 200, help: "steps of each fit" },
    seeds: { type: "integer", min: 1, default: 3, help: "fits of each" },
    batch: { type: "integer", min: 1, default: 4096, help: "points of a step" },
    rateFactor: { type: "number", min: 0, default: 5, help: "multiple of the rate of 0.001" },
    threads: runOptions.threads,
  },
  examples: ["scripts/fieldFactors.ts photo.png --out factors"],
  async run({ files, out, crop, params, steps, seeds, batch, rateFactor, threads }, io) {
    const inputs: ComparedInput[] = [];
    for (const file of files) {
      const signal =
        file === "piecewise"
          ? piecewise(1024)
          : await loadSignal(file, { channels: "gray", notice: io.log });
      inputs.push({
        name: basename(file, extname(file)),
        signal: signal.size.length === 1 ? signal : centerCrop(signal, crop),
      });
    }
    const progress = progressByName(io);
    const summaries = await compareFields(
      out,
      {
        ...{
          variants: factorVariants(),
          inputs,
          parameters: params,
          factors: [rateFactor],
          seeds,
          batch,
        },
        plan: { steps },
      },
      {
        ...(threads !== undefined && { threads }),
        ...{ signal: io.signal, notice: io.log, report: progress.report },
      },
    );
    progress.finish();
    io.print(fieldTable(summaries));
    io.print(effectsTable(summaries));
    await writeFileAtomically(join(out, "effects.md"), effectsTable(summaries));
    return { out };
  },
});

await runScript("scripts/fieldFactors.ts", "which prescriptions of wavelet fields pay", command);
