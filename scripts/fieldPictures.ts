/**
 * Draws docs/pictures/fields.png: a scene made of formulas, fields fitted to it, and their parts. One row a model: the scene,
 * the fit, its error, its smooth part, its wavelet part.
 *
 *   node scripts/fieldPictures.ts -o docs/pictures/fields.png
 */
import { defineCommand } from "../src/cli/parser/command.ts";
import { outputOption } from "../src/cli/parser/options.ts";
import { runOptions } from "../src/cli/shared/trainingOptions.ts";
import { writeImage } from "../src/data/index.ts";
import {
  buildField,
  comparisonSheet,
  drawPicture,
  families,
  runTrial,
  type Signal,
  sizeFor,
  viewValues,
  wholeView,
} from "../src/field/index.ts";
import { runScript } from "./runScript.ts";

/** Errors are drawn so much stronger, in gray. */
const exaggeration = 10;

const models = ["expansion", "split", "siren"] as const;

/** A disc and a bar on a sky that grows darker, over water whose waves grow finer; values in −1 … 1. */
function scene(side: number): Signal {
  const at = (x: number, y: number) => {
    const sky = 0.5 - 0.9 * y - 0.3 * x;
    const waves = 0.45 * Math.sin(14 * (1.4 - y) ** 3 * x * 3 + 25 * y) - 0.2;
    const back = y > 0.62 + 0.04 * Math.sin(6 * x) ? waves : sky;
    const disc = (x - 0.3) ** 2 + (y - 0.32) ** 2 < 0.17 ** 2;
    const bar = Math.abs((x - 0.72) * 0.9 + (y - 0.4) * 0.44) < 0.045 && Math.abs(y - 0.42) < 0.3;
    return disc ? 0.85 - 1.5 * (x - 0.2) ** 2 : bar ? -0.75 : back;
  };
  const values = Float32Array.from({ length: side * side }, (_, i) =>
    at(((i % side) + 0.5) / side, (Math.floor(i / side) + 0.5) / side),
  );
  return { size: [side, side], channels: 1, values };
}

const command = defineCommand({
  positionals: {},
  options: {
    output: outputOption("picture to write"),
    side: { type: "integer", min: 16, default: 128, help: "pixels along each side" },
    params: { type: "integer", min: 1, default: 4000, help: "real parameters of each" },
    steps: { type: "integer", min: 1, default: 1000, help: "steps of those that are trained" },
    threads: runOptions.threads,
  },
  examples: ["scripts/fieldPictures.ts -o fields.png"],
  async run({ output, side, params, steps, threads }, io) {
    const signal = scene(side);
    const rows: Parameters<typeof comparisonSheet>[1][number][] = [];
    for (const model of models) {
      const family = families[model];
      const size = sizeFor(family, signal, params);
      const fit = await runTrial({ family, size }, signal, {
        ...{
          plan: { steps },
          peak: family.kind === "trained" ? 5 * family.rate : 0,
          seed: 1,
          init: "maxima",
          batch: 4096,
        },
        ...{ signal: io.signal, ...(threads !== undefined && { threads }) },
      });
      const field = buildField(family, size);
      const view = { view: wholeView(signal.size), samples: signal.size };
      const parts = model === "siren" ? [] : (["smooth", "wavelet"] as const);
      const drawn = [drawPicture({ ...signal, values: fit.values })];
      const error = fit.values.map((value, i) => exaggeration * (value - signal.values[i]!)); // as many
      drawn.push(drawPicture({ ...signal, values: error }));
      for (const part of parts) {
        const values = await viewValues(field, fit.parameters, view, { part });
        drawn.push(drawPicture({ ...signal, values }));
      }
      const missing = Array.from({ length: 4 - drawn.length }, () => undefined);
      rows.push({
        name: `${model}, ${fit.count} parameters, ${fit.psnr.toFixed(1)} dB`,
        pictures: [drawPicture(signal), ...drawn, ...missing],
      });
      io.log(rows.at(-1)?.name ?? "");
    }
    const columns = ["scene", "fit", `${exaggeration} x error`, "smooth part", "wavelet part"];
    await writeImage(output, comparisonSheet(columns, rows));
    return { output };
  },
});

await runScript("scripts/fieldPictures.ts", "pictures of fields and their parts", command);
