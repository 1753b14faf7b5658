/**
 * Fields of one coordinate, at equal real parameters: a sparse expansion against SIREN as published for pictures and for
 * sounds (whose first layer runs a hundred times as fast), FINER and WIRE; on sounds, or on a piecewise-smooth signal. Prints
 * PSNR and SNR, each with the best of its learning rates.
 *
 *   node scripts/soundFields.ts ../shared/data/fsdd/recordings/0_jackson_0.wav piecewise --params 2600 --out compared/sounds
 */
import { basename, extname } from "node:path";
import { defineCommand } from "../src/cli/parser/command.ts";
import { progressByName, runOptions } from "../src/cli/shared/trainingOptions.ts";
import { UserError } from "../src/errors/index.ts";
import {
  type ComparedInput,
  compareFields,
  decibels,
  expansion,
  type FieldVariant,
  finer,
  loadSignal,
  type Signal,
  siren,
  sirenOfSounds,
  wire,
} from "../src/field/index.ts";
import { piecewise } from "./piecewise.ts";
import { runScript } from "./runScript.ts";

const variants: readonly FieldVariant[] = Object.entries({
  expansion: expansion(),
  siren: siren(),
  "siren of sounds": siren(sirenOfSounds),
  finer: finer(),
  wire: wire(),
}).map(([name, family]) => ({ name, family, init: "maxima" }));

/** Multiples of each model's own rate: they were published for layers of 256 units and more, those here have few. */
const factors = [1, 10, 100];

/** The PSNR of silence: by so much a signal's SNR is below its PSNR. */
const ofSilence = ({ values }: Signal) =>
  decibels(values.reduce((sum, x) => sum + x ** 2, 0) / values.length);

const command = defineCommand({
  positionals: { files: { several: "sounds (.wav); or the word piecewise" } },
  options: {
    out: { type: "string", placeholder: "FOLDER", required: true, help: "folder for results" },
    params: { type: "integer", min: 1, default: 2600, help: "real parameters of each" },
    steps: { type: "integer", min: 4, default: 2000, help: "steps of each fit" },
    seeds: { type: "integer", min: 1, default: 1, help: "fits of each" },
    threads: runOptions.threads,
  },
  examples: ["scripts/soundFields.ts word.wav piecewise --out compared/sounds"],
  async run({ files, out, params: parameters, steps, seeds, threads }, io) {
    const inputs: ComparedInput[] = [];
    for (const file of files) {
      const signal = file === "piecewise" ? piecewise(1024) : await loadSignal(file);
      if (signal.size.length > 1)
        throw new UserError(`${file} has ${signal.size.length} axes, not one`);
      inputs.push({ name: basename(file, extname(file)), signal });
    }
    const progress = progressByName(io);
    const plan = { steps };
    const summaries = await compareFields(
      out,
      {
        ...{ variants, inputs, parameters, factors, seeds, plan },
        ...{ trial: { steps: Math.ceil(steps / 4) }, batch: 65_536 },
      },
      {
        ...(threads !== undefined && { threads }),
        ...{ signal: io.signal, notice: io.log, report: progress.report },
      },
    );
    progress.finish();
    for (const { name, rate, inputs: found } of summaries) {
      for (const [i, { input, parameters: count, mean, seconds }] of found.entries()) {
        const snr = mean - ofSilence(inputs[i]!.signal); // as many, in their order
        io.print(
          `${input.padEnd(14)} ${name.padEnd(16)} ${count} parameters  PSNR ${mean.toFixed(2)} dB  SNR ${snr.toFixed(2)} dB  ${seconds.toFixed(1)} s  rate x ${rate}`,
        );
      }
    }
    return { out, models: JSON.parse(JSON.stringify(summaries)) };
  },
});

await runScript("scripts/soundFields.ts", "fields of sounds and signals", command);
