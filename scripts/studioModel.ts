/**
 * Trains the small model that the studio draws digits with, on the printed digits of `npm start` (drawn from the repository's own
 * outlines), and writes its weights to `studio/models/digits.safetensors`: float32 as they were trained, with the configuration
 * as metadata. The run stays in `runs/studio-digits`; called again it goes on where it stopped.
 *
 *   node scripts/studioModel.ts --minutes 40
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { defineCommand } from "../src/cli/parser/command.ts";
import { seedOption, threadsOption } from "../src/cli/shared/commonOptions.ts";
import { planOf } from "../src/cli/shared/planOf.ts";
import { readImages } from "../src/cli/shared/readImages.ts";
import { minutesOption, stepsOption, trainingProgress } from "../src/cli/shared/trainingOptions.ts";
import { printedDigits } from "../src/data/digits/printedDigits.ts";
import { writeSafetensors } from "../src/data/formats/safetensorsFile.ts";
import { shareImages } from "../src/data/images/shareImages.ts";
import { sizeOf } from "../src/graph/index.ts";
import { createRun, imageTrainable, openImageRun, stateDefaults } from "../src/image/index.ts";
import { trainRun } from "../src/train/index.ts";
import { runScript } from "./runScript.ts";

const digits = join("data", "digits");
const folder = join("runs", "studio-digits");
const file = fileURLToPath(new URL("../studio/models/digits.safetensors", import.meta.url));

const command = defineCommand({
  about: "Trains the studio's model of digits and writes studio/models/digits.safetensors.",
  options: {
    steps: { ...stepsOption, otherwise: "train by time", help: "steps to train" },
    minutes: { ...minutesOption(0), otherwise: "40", help: "minutes to train" },
    seed: seedOption,
    threads: threadsOption,
  },
  examples: ["node scripts/studioModel.ts --minutes 40"],
  async run({ steps, minutes, seed, threads }, io) {
    const compile = threads === undefined ? {} : { threads };
    const plan = planOf(steps, minutes) ?? { minutes: 40 };
    await printedDigits(digits, { signal: io.signal });
    const training = shareImages(await readImages(digits, "train", { color: "gray" }, io));
    const validation = await readImages(digits, "test", { color: "gray", limit: 500 }, io);
    const config = await createRun(folder, training, {
      model: {
        name: "state",
        options: { ...stateDefaults, width: 128, rows: { shape: 2048, detail: 1536 }, peak: 5e-3 },
      },
      language: { wavelet: "haar", finest: 0.125 },
      fit: "resize",
      seed,
      path: digits,
      plan,
    });
    const progress = trainingProgress(io, plan);
    const model = imageTrainable(config, training, { validation, ...compile });
    const trained = await trainRun(folder, config, model, {
      ...compile,
      signal: io.signal,
      report: progress.report,
    });
    progress.finish();
    const run = await openImageRun(folder);
    const tensors = new Map(
      run.model.layout.parameters.map(({ name, shape, offset }) => [
        name,
        { shape, data: run.parameters.slice(offset, offset + sizeOf(shape)) },
      ]),
    );
    const bits = trained.validation.bitsPerImage ?? Number.NaN;
    await writeSafetensors(file, {
      tensors,
      metadata: {
        config: JSON.stringify(run.config),
        step: `${run.step}`,
        bitsPerImage: bits.toFixed(2),
      },
    });
    io.print(
      `${file}: ${run.step} steps, ${bits.toFixed(1)} bits per digit of typefaces that it has not seen`,
    );
    return { file, step: run.step, bitsPerImage: bits };
  },
});

await runScript("scripts/studioModel.ts", "Trains the studio's model of digits", command);
